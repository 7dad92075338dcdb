/**
 * How far a role's grant of an action reaches: 1 on every resource without a condition, less where a resource or a
 * condition limits it, 0 where it is not granted. Narrowing a grant never raises its reach.
 */
import type { ActionSet } from '../policy/action-set.ts'
import { addAll, hasIndex, union } from '../policy/action-set.ts'
import type { PolicyDocument, ResourceClause, Statement } from '../policy/document.ts'
import { type Glob, globContains, parseGlob } from '../policy/glob.ts'
import { deniedOutright, withoutDenied } from '../policy/grants.ts'
import type { ActionName } from '../policy/names.ts'
import { rememberRecent } from '../policy/recent.ts'
import { addActions, type Universe } from '../policy/universe.ts'

const SCOPED = 0.5
const CONDITIONAL = 0.7

export type Reach = (action: string) => number

/** What all statements of one reach allow together. */
type ReachedActions = { readonly actions: ActionSet; readonly reach: number }

/** What documents grant, by how far it reaches. */
export type ReachedGrants = {
  /** Widest first, so that the first that has an action gives its reach. There are four reaches, however many the statements. */
  readonly allows: readonly ReachedActions[]
  readonly denied: ActionSet
}

export const reachedGrants = (universe: Universe, documents: readonly PolicyDocument[]): ReachedGrants =>
  reachedTogether(universe, { documents, known: [], emptySet: universe.emptySet })

type Together = {
  readonly documents: readonly PolicyDocument[]
  /** What further documents grant. */
  readonly known: readonly ReachedGrants[]
  emptySet(): ActionSet
}

function reachedTogether(universe: Universe, { documents, known, emptySet }: Together): ReachedGrants {
  const byReach = new Map<number, ActionSet>()
  const setAt = (reach: number): ActionSet => {
    const set = byReach.get(reach) ?? emptySet()
    byReach.set(reach, set)
    return set
  }
  let denied = deniedOutright(universe, documents)
  for (const { statements } of documents)
    for (const statement of statements)
      if (statement.effect === 'Allow') addActions(universe, setAt(statementReach(statement)), statement.actions)
  for (const other of known) {
    for (const { actions, reach } of other.allows) addAll(setAt(reach), actions)
    if (other.denied !== universe.nothing) denied = union(denied, other.denied)
  }
  const allows = Array.from(byReach, ([reach, actions]) => ({ reach, actions })).sort((one, other) => other.reach - one.reach)
  return { allows, denied }
}

/** Documents of one role alone, and such as others have too. */
export type RoleDocuments = { readonly own: readonly PolicyDocument[]; readonly shared: readonly PolicyDocument[] }

/**
 * Finds what the documents of one role after the other grant. What a shared document grants is found once. The sets that it gives
 * are its own: they hold until it is asked again.
 */
export function createGrantReader(universe: Universe): (documents: RoleDocuments) => ReachedGrants {
  const grantedBy = rememberRecent(RECENT_DOCUMENTS, (document: PolicyDocument) => reachedGrants(universe, [document]))
  const sets: ActionSet[] = []
  return ({ own, shared }) => {
    let taken = 0
    const emptySet = (): ActionSet => {
      const set = sets[taken]?.fill(0) ?? universe.emptySet()
      sets[taken++] = set
      return set
    }
    return reachedTogether(universe, { documents: own, known: shared.map(grantedBy), emptySet })
  }
}

const RECENT_DOCUMENTS = 1_024

/** The same as `grantedActions` of the documents. */
export function grantedWithin(universe: Universe, { allows, denied }: ReachedGrants): ActionSet {
  const allowed = universe.emptySet()
  for (const { actions } of allows) addAll(allowed, actions)
  return withoutDenied(universe, allowed, denied)
}

export const reachOf = (universe: Universe, documents: readonly PolicyDocument[], boundary: PolicyDocument | null): Reach =>
  reachIn(universe, reachedGrants(universe, documents), boundary === null ? null : reachedGrants(universe, [boundary]))

export function reachIn(universe: Universe, grants: ReachedGrants, boundary: ReachedGrants | null): Reach {
  return (action) => {
    const index = universe.indexOf(action)
    return index === null ? 0 : reachAt(index, grants, boundary)
  }
}

/** The reach of these actions only, apart from the sets that tell it: those may change afterwards. */
export function createReachKeeper(
  universe: Universe,
  actions: readonly ActionName[],
): (grants: ReachedGrants, boundary: ReachedGrants | null) => Reach {
  const indexes = actions.map(universe.indexOf)
  const places = new Map(actions.map((action, place) => [action, place]))
  return (grants, boundary) => {
    const kept = indexes.map((index) => (index === null ? 0 : reachAt(index, grants, boundary)))
    return (action) => {
      const reach = kept[places.get(action) ?? -1]
      if (reach === undefined) throw new Error(`the reach of ${action} is not kept`)
      return reach
    }
  }
}

function reachAt(index: number, { allows, denied }: ReachedGrants, boundary: ReachedGrants | null): number {
  if (hasIndex(denied, index)) return 0
  const reach = within(allows, index)
  if (boundary === null || reach === 0) return reach
  return hasIndex(boundary.denied, index) ? 0 : Math.min(reach, within(boundary.allows, index))
}

function within(allows: readonly ReachedActions[], index: number): number {
  for (const { actions, reach } of allows) if (hasIndex(actions, index)) return reach
  return 0
}

const statementReach = ({ resources, condition }: Statement): number =>
  (reachesEverything(resources) ? 1 : SCOPED) * (condition === null ? 1 : CONDITIONAL)

/** A complement, or a pattern that leaves the name of the resource open. */
const reachesEverything = ({ kind, patterns }: ResourceClause): boolean => kind === 'NotResource' || patterns.some(leavesNameOpen)

/** The types that ARNs put before names. Where a service has none, as S3, the name stands alone. */
const TYPES =
  'accesspoint alias cluster db device function group instance instance-profile job key log-group model parameter policy project repository role rule secret service snapshot stack stateMachine table task task-definition user volume workgroup'

const TYPED = TYPES.split(' ').flatMap((type) => [`${type}/`, `${type}:`])
const OPEN_NAMES: readonly Glob[] = ['', ...TYPED].map((type) => parseGlob(`${type}*`))
/** A pattern contains one of them only if it begins as they do; hardly any does. */
const OPEN_BEGINNINGS: ReadonlySet<string> = new Set(TYPED.flatMap((type) => Array.from(type, (_, end) => type.slice(0, end)).concat(type)))

/**
 * Such as `*`, `arn:aws:s3:::*` and `arn:aws:dynamodb:eu-west-1:123456789012:table/*`. A pattern that contains one that leaves
 * the name open does so too, so that narrowing never raises the reach.
 */
function leavesNameOpen(pattern: string): boolean {
  if (!pattern.endsWith('*')) return false
  const name = resourceName(pattern)
  if (name === null || name === '*') return true
  const plain = name.search(/[*?]/)
  return (
    plain <= LONGEST_BEGINNING &&
    OPEN_BEGINNINGS.has(name.slice(0, plain)) &&
    OPEN_NAMES.some((open) => globContains(parseGlob(name), open))
  )
}

const LONGEST_BEGINNING = Math.max(...TYPED.map(({ length }) => length))

const ARN_COLONS = 5

/** What follows the fifth colon; null where a pattern has fewer. */
function resourceName(pattern: string): string | null {
  let at = -1
  for (let colon = 0; colon < ARN_COLONS; colon++) {
    at = pattern.indexOf(':', at + 1)
    if (at < 0) return null
  }
  return pattern.slice(at + 1)
}
