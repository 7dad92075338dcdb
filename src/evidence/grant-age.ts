/**
 * The age of grants. Age belongs to the grant, not to the document: a managed policy's grant is as old as the oldest
 * version, back from the default one without a gap, that gives it. A newer version without it says that it may have been
 * switched off since, so its date counts too. Attachments and inline documents carry no date in the API: event history dates
 * them, in the same way version by version. Where it does not, they count from the role's creation and are `undated`. What
 * this program wrote keeps the age of what it replaced.
 *
 *   v3 (default, young) s3:Get* s3:Put*   v2 (old) s3:Get*   v1 s3:*   →   s3:Get* is old, s3:Put* is young
 */
import type { ManagedPolicy, PolicyVersionText, Role } from '../account/account.ts'
import { defaultVersion, isAwsManaged, isOwnPolicy, newestOf, type PolicyReader, type RolePolicy } from '../account/role-policies.ts'
import type { RoleState } from '../account/role-state.ts'
import type { ActionSet } from '../policy/action-set.ts'
import { difference, emptySet, intersection, isEmptySet, union } from '../policy/action-set.ts'
import type { ParsedPolicy } from '../policy/document.ts'
import { allowedActions } from '../policy/grants.ts'
import type { Arn, Iso } from '../policy/names.ts'
import { sameDocument } from '../policy/same-document.ts'
import type { Universe } from '../policy/universe.ts'
import { attachedSince, type GrantHistory, inlineEdits, noHistory, switchesOf } from './grant-history.ts'
import { daysBetween, type Window } from './reading.ts'

export type GrantAges = {
  /** Actions that no grant has given for as long as `minAge`. */
  readonly young: ActionSet
  /** Names of the policies whose grants have no date of their own. */
  readonly undated: readonly string[]
}

export type GrantPast = {
  /** The role before this program first changed it: what was young there is not older for having been rewritten. */
  readonly original: RoleState | null
  /** Edits by others than this program. */
  readonly history: GrantHistory
}

export const grantAges = (
  universe: Universe,
  role: Role,
  policies: readonly RolePolicy[],
  read: PolicyReader,
  window: Window,
  past: GrantPast = { original: null, history: noHistory },
): GrantAges => createAging(universe, read, window)(role, policies, past)

/** Dates the grants of one role after the other. The versions of a managed policy are dated once for all its roles. */
export function createAging(
  universe: Universe,
  read: PolicyReader,
  window: Window,
): (role: Role, policies: readonly RolePolicy[], past: GrantPast) => GrantAges {
  const isOld = (since: Iso | null): boolean => since !== null && daysBetween(since, window.now) >= window.minAgeDays
  const dated = new WeakMap<Versions, { readonly history: GrantHistory; readonly split: SplitGrants }>()
  return (role, policies, { original, history }) => {
    const dating: Dating = {
      universe,
      read,
      isOld,
      role,
      history,
      splitByVersions(versions, parsed) {
        const known = dated.get(versions)
        if (known?.history === history) return known.split
        const split = splitByVersions(dating, versions, actionsOf(dating, parsed))
        dated.set(versions, { history, split })
        return split
      },
    }
    const inherited = original === null ? null : sortGrants(dating, originalGrants(dating, original), null).young
    const { young, undated } = sortGrants(dating, policies.map(grantsOf), inherited)
    return { young, undated }
  }
}

type Dating = {
  readonly universe: Universe
  readonly read: PolicyReader
  isOld(since: Iso | null): boolean
  readonly role: Role
  readonly history: GrantHistory
  /** By the dates of a policy's versions alone, wherever it is attached. */
  splitByVersions(versions: Versions, parsed: ParsedPolicy): SplitGrants
}

/** What one policy gives: what of it is not old enough, and what is. The latter is seldom asked for. */
type SplitGrants = { readonly young: ActionSet; old(): ActionSet }

type Versions = Pick<ManagedPolicy, 'arn' | 'versions' | 'defaultVersionId' | 'createDate' | 'updateDate'>

/** A policy as far as its age goes. */
type Grants = {
  readonly name: string
  readonly parsed: ParsedPolicy
  readonly versions: Versions | null
  /** What has the text: hardly ever asked for. */
  readonly carrier: { readonly text: string }
}

const grantsOf = (policy: RolePolicy): Grants => ({
  name: policy.name,
  parsed: policy.parsed,
  versions: policy.managed,
  carrier: policy,
})

function originalGrants({ read }: Dating, { inline, attached, managed }: RoleState): Grants[] {
  const grantsIn = (name: string, text: string, versions: Versions | null): Grants => ({
    name,
    parsed: read(text),
    versions,
    carrier: { text },
  })
  const documents = attached.flatMap(({ name, arn }) => {
    const policy = managed.find((candidate) => candidate.arn === arn)
    const versions = policy === undefined ? null : { ...policy, createDate: null, updateDate: null }
    return versions === null ? [] : [grantsIn(name, defaultVersion(versions)?.text ?? '', versions)]
  })
  return [...inline.map(({ name, text }) => grantsIn(name, text, null)), ...documents]
}

/** What no policy has given long enough. `inherited`: what was young before a change of ours wrote it anew. */
function sortGrants(dating: Dating, policies: readonly Grants[], inherited: ActionSet | null): GrantAges {
  const { universe, role, isOld } = dating
  const roleIsOld = isOld(role.createDate)
  const splits: SplitGrants[] = []
  const undated: string[] = []
  for (const policy of policies) {
    const { versions } = policy
    const { old, isDated } = versions === null ? oldInHistory(dating, policy) : oldByAttachment(dating, versions.arn)
    if (!isDated) undated.push(policy.name)
    splits.push(roleIsOld ? splitGrants(dating, policy, { standing: old, inherited }) : allYoung(dating, policy))
  }
  let young = universe.nothing
  for (const split of splits) if (split.young !== universe.nothing) young = union(young, split.young)
  // Of most roles nothing is young, and then nobody needs to know what else is old.
  if (!isEmptySet(young)) for (const { old } of splits) young = difference(young, old())
  return { young, undated }
}

const allYoung = (dating: Dating, { parsed }: Grants): SplitGrants => ({
  young: actionsOf(dating, parsed),
  old: () => dating.universe.nothing,
})

type Placement = { readonly standing: Placed['old']; readonly inherited: ActionSet | null }

function splitGrants(dating: Dating, { parsed, versions }: Grants, { standing, inherited }: Placement): SplitGrants {
  const given = (): ActionSet => actionsOf(dating, parsed)
  const byVersions = (): SplitGrants =>
    versions === null || isAwsManaged(versions.arn)
      ? { young: dating.universe.nothing, old: given }
      : dating.splitByVersions(versions, parsed)
  const isRewritten = versions === null || isOwnPolicy(versions.arn)
  const before = isRewritten ? inherited : null
  if (standing === 'all' && before === null) return byVersions()
  const placed = standing === 'all' ? byVersions().old() : intersection(byVersions().old(), standing)
  const old = before === null ? placed : difference(placed, before)
  return { young: difference(given(), old), old: () => old }
}

/** What has stood where it stands for long enough, and whether event history says so or the role's creation must do. */
type Placed = { readonly old: ActionSet | 'all'; readonly isDated: boolean }

function oldByAttachment({ universe, isOld, role, history }: Dating, arn: Arn): Placed {
  const since = isOwnPolicy(arn) ? null : attachedSince(history, role, arn)
  if (since !== null) return { old: isOld(since) ? 'all' : universe.nothing, isDated: true }
  return { old: 'all', isDated: isOld(history.wholeSince) }
}

/** Walks back over the documents that an inline policy had, from the one that it has. */
function oldInHistory(dating: Dating, policy: Grants): Placed {
  const { universe, isOld, role, history } = dating
  const edits = inlineEdits(history, role, policy.name)
  const [newest] = edits
  if (newest === undefined) return { old: 'all', isDated: isOld(history.wholeSince) }
  const isWritten = newest.kind === 'PutRolePolicy' && (newest.text === null || sameDocument(newest.text, policy.carrier.text))
  // A sample may lack what was written since; then only a young edit that it names says something.
  if (!isWritten && history.wholeSince === null && isOld(newest.at)) return { old: 'all', isDated: false }
  let unbroken = actionsOf(dating, policy.parsed)
  let old = emptySet(universe.size)
  for (const edit of edits) {
    if (edit.kind === 'DeleteRolePolicy') break
    if (edit.text === null && edit !== newest) break
    if (edit.text !== null) unbroken = intersection(unbroken, actionsOf(dating, dating.read(edit.text)))
    if (isOld(edit.at)) old = union(old, unbroken)
  }
  return { old, isDated: true }
}

function splitByVersions(dating: Dating, versions: Versions, given: ActionSet): SplitGrants {
  const old = oldInVersions(dating, versions, given)
  const young = difference(given, old)
  return { young: isEmptySet(young) ? dating.universe.nothing : young, old: () => old }
}

/** Walks back from the default version: a grant is old as soon as one version in the unbroken row is. */
function oldInVersions(dating: Dating, managed: Versions, given: ActionSet): ActionSet {
  const newestFirst = [...managed.versions].sort((a, b) => versionNumber(b) - versionNumber(a))
  const inForce = defaultVersion(managed)
  const current = inForce === null ? 0 : newestFirst.indexOf(inForce)
  const before = inForceBefore(dating, managed, inForce)
  let unbroken = before === null ? given : intersection(given, before)
  for (const later of newestFirst.slice(0, current))
    if (!isOldVersion(dating, managed, later)) unbroken = intersection(unbroken, actionsOf(dating, dating.read(later)))
  let old = emptySet(dating.universe.size)
  for (const version of newestFirst.slice(current)) {
    unbroken = intersection(unbroken, actionsOf(dating, dating.read(version)))
    if (isOldVersion(dating, managed, version)) old = union(old, unbroken)
    if (isEmptySet(difference(unbroken, old))) break
  }
  return old
}

/**
 * What the policy gave before an older version was switched on lately; null where none was. Which one was in force before is
 * told by history, else it may have been any other version, and one that was deleted may have given nothing.
 */
function inForceBefore(dating: Dating, { arn, versions }: Versions, inForce: PolicyVersionText | null): ActionSet | null {
  const [newest, before] = switchesOf(dating.history, arn)
  if (inForce === null || newest?.versionId !== inForce.versionId || dating.isOld(newest.at) || isBirth(newest.at, inForce)) return null
  const known = versions.find(({ versionId }) => versionId === before?.versionId)
  if (known !== undefined) return actionsOf(dating, dating.read(known))
  const others = versions.filter((version) => version !== inForce)
  const isWhole = others.length > 0 && Math.max(...versions.map(versionNumber)) === versions.length
  return isWhole ? others.map((version) => actionsOf(dating, dating.read(version))).reduce(intersection) : emptySet(dating.universe.size)
}

/** A version that was made as the default has the date of its making. */
const isBirth = (at: Iso, { createDate }: PolicyVersionText): boolean =>
  createDate !== null && Date.parse(at) - Date.parse(createDate) < 60_000

/** A document that nobody can read gives nothing that is known. */
function actionsOf({ universe }: Dating, parsed: ParsedPolicy): ActionSet {
  return allowedActions(universe, parsed.ok ? [parsed.document] : [])
}

/** The first version of a policy of ours is what we wrote in place of older grants; later versions may be anybody's. */
function isOldVersion({ isOld }: Dating, { arn, createDate, updateDate }: Versions, version: PolicyVersionText): boolean {
  if (isOwnPolicy(arn) && versionNumber(version) === 1) return true
  return isOld(version.createDate ?? newestOf([createDate, updateDate]))
}

const versionNumber = ({ versionId }: PolicyVersionText): number => Number.parseInt(versionId.replace(/^v/, ''), 10) || 0
