/**
 * The age of grants. Age belongs to the grant, not to the document: a managed policy's grant is as old as the oldest
 * version, back from the default one without a gap, that gives it. A newer version without it says that it may have been
 * switched off since, so its date counts too. Attachments and inline documents carry no date in the API, so they count from
 * the role's creation and are `undated`. What this program wrote keeps the age of what it replaced.
 *
 *   v3 (default, young) s3:Get* s3:Put*   v2 (old) s3:Get*   v1 s3:*   →   s3:Get* is old, s3:Put* is young
 */
import type { ManagedPolicy, PolicyVersionText, Role } from '../account/account.ts'
import { defaultVersion, isAwsManaged, isOwnPolicy, newestOf, type PolicyReader, type RolePolicy } from '../account/role-policies.ts'
import type { RoleState } from '../account/role-state.ts'
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

/**
 * @param original the role before this program first changed it; what was young there is not older for having been rewritten
 */
export function grantAges(
  universe: Universe,
  role: Role,
  policies: readonly RolePolicy[],
  read: PolicyReader,
  window: Window,
  original: RoleState | null = null,
): GrantAges {
  const isOld = (since: Iso | null): boolean => since !== null && daysBetween(since, window.now) >= window.minAgeDays
  const dating = { universe, read, isOld, roleIsOld: isOld(role.createDate) }
  const inherited = original === null ? null : youngGrants(dating, originalGrants(original), null)
  return { young: youngGrants(dating, policies.map(grantsOf), inherited), undated: policies.map(({ name }) => name) }
}

type Dating = { readonly universe: Universe; readonly read: PolicyReader; isOld(since: Iso | null): boolean; readonly roleIsOld: boolean }

type Versions = Pick<ManagedPolicy, 'arn' | 'versions' | 'defaultVersionId' | 'createDate' | 'updateDate'>

/** A policy as far as its age goes. */
type Grants = { readonly text: string; readonly versions: Versions | null }

const grantsOf = ({ text, managed }: Pick<RolePolicy, 'text' | 'managed'>): Grants => ({ text, versions: managed })

function originalGrants({ inline, attached, managed }: RoleState): Grants[] {
  const documents = attached.flatMap(({ arn }) => {
    const policy = managed.find((candidate) => candidate.arn === arn)
    const versions = policy === undefined ? null : { ...policy, createDate: null, updateDate: null }
    return versions === null ? [] : [{ text: defaultVersion(versions)?.text ?? '', versions }]
  })
  return [...inline.map(({ text }) => ({ text, versions: null })), ...documents]
}

/** What no policy has given long enough. `inherited`: what was young before a change of ours wrote it anew. */
function youngGrants(dating: Dating, policies: readonly Grants[], inherited: ActionSet | null): ActionSet {
  let granted = emptySet(dating.universe.size)
  let old = emptySet(dating.universe.size)
  for (const { text, versions } of policies) {
    const given = actionsOf(dating, text)
    granted = union(granted, given)
    if (!dating.roleIsOld) continue
    const dated = versions === null || isAwsManaged(versions.arn) ? given : oldInVersions(dating, versions, given)
    const isRewritten = versions === null || isOwnPolicy(versions.arn)
    old = union(old, isRewritten && inherited !== null ? difference(dated, inherited) : dated)
  }
  return difference(granted, old)
}

/** Walks back from the default version: a grant is old as soon as one version in the unbroken row is. */
function oldInVersions(dating: Dating, managed: Versions, given: ActionSet): ActionSet {
  const newestFirst = [...managed.versions].sort((a, b) => versionNumber(b) - versionNumber(a))
  const inForce = defaultVersion(managed)
  const current = inForce === null ? 0 : newestFirst.indexOf(inForce)
  let unbroken = given
  for (const later of newestFirst.slice(0, current))
    if (!isOldVersion(dating, managed, later)) unbroken = intersection(unbroken, actionsOf(dating, later.text))
  let old = emptySet(dating.universe.size)
  for (const version of newestFirst.slice(current)) {
    unbroken = intersection(unbroken, actionsOf(dating, version.text))
    if (isOldVersion(dating, managed, version)) old = union(old, unbroken)
    if (isEmptySet(difference(unbroken, old))) break
  }
  return old
}

/** A document that nobody can read gives nothing that is known. */
function actionsOf({ universe, read }: Dating, text: string): ActionSet {
  const parsed = read(text)
  return allowedActions(universe, parsed.ok ? [parsed.document] : [])
}

/** The first version of a policy of ours is what we wrote in place of older grants; later versions may be anybody's. */
function isOldVersion({ isOld }: Dating, { arn, createDate, updateDate }: Versions, version: PolicyVersionText): boolean {
  if (isOwnPolicy(arn) && versionNumber(version) === 1) return true
  return isOld(version.createDate ?? newestOf([createDate, updateDate]))
}

const versionNumber = ({ versionId }: PolicyVersionText): number => Number.parseInt(versionId.replace(/^v/, ''), 10) || 0
