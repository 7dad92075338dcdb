/**
 * The age of grants. Age belongs to the grant, not to the document: a managed policy's grant is as old as the oldest
 * version, back from the default one without a gap, that gives it. Attachments and inline documents carry no date in the
 * API, so they count from the role's creation and are `undated`. What this program wrote keeps the age of what it replaced.
 */
import type { ManagedPolicy, Role } from '../account/account.ts'
import { isAwsManaged, isOwnPolicy, newestOf, type PolicyReader, type RolePolicy } from '../account/role-policies.ts'
import type { ActionSet } from '../policy/action-set.ts'
import { difference, emptySet, intersection, isEmptySet, union } from '../policy/action-set.ts'
import { allowedActions } from '../policy/grants.ts'
import type { Iso } from '../policy/names.ts'
import type { Universe } from '../policy/universe.ts'
import { daysBetween, type Window } from './reading.ts'

export type GrantAges = {
  /** Actions that no grant has given for as long as `minAge`. */
  readonly young: ActionSet
  /** Names of the policies whose grants have no date of their own. */
  readonly undated: readonly string[]
}

export function grantAges(universe: Universe, role: Role, policies: readonly RolePolicy[], read: PolicyReader, window: Window): GrantAges {
  let granted = emptySet(universe.size)
  let old = emptySet(universe.size)
  for (const policy of policies) {
    if (!policy.parsed.ok) continue
    const given = allowedActions(universe, [policy.parsed.document])
    granted = union(granted, given)
    old = union(old, oldGrants(universe, role, policy, given, read, window))
  }
  return { young: difference(granted, old), undated: policies.map(({ name }) => name) }
}

const isOld = (since: Iso | null, window: Window): boolean => since !== null && daysBetween(since, window.now) >= window.minAgeDays

function oldGrants(universe: Universe, role: Role, policy: RolePolicy, given: ActionSet, read: PolicyReader, window: Window): ActionSet {
  const nothing = emptySet(universe.size)
  if (!isOld(role.createDate, window)) return nothing
  const { managed, arn } = policy
  if (managed === null || arn === null || isAwsManaged(arn) || isOwnPolicy(arn)) return given
  return oldInVersions(universe, managed, given, read, window)
}

/** Walks back from the default version: a grant is old as soon as one version in the unbroken row is. */
function oldInVersions(universe: Universe, managed: ManagedPolicy, given: ActionSet, read: PolicyReader, window: Window): ActionSet {
  const newestFirst = [...managed.versions].sort((a, b) => versionNumber(b.versionId) - versionNumber(a.versionId))
  const start = newestFirst.findIndex(({ isDefault }) => isDefault)
  let unbroken = given
  let old = emptySet(universe.size)
  for (const version of newestFirst.slice(Math.max(start, 0))) {
    const parsed = read(version.text)
    if (!parsed.ok) break
    unbroken = intersection(unbroken, allowedActions(universe, [parsed.document]))
    if (isOld(version.createDate ?? newestOf([managed.createDate, managed.updateDate]), window)) old = union(old, unbroken)
    if (isEmptySet(difference(unbroken, old))) break
  }
  return old
}

const versionNumber = (versionId: string): number => Number.parseInt(versionId.replace(/^v/, ''), 10) || 0
