/**
 * What can be claimed about the permissions of a role at two points: nothing came, nothing went that was not announced. Each
 * claim answers with the first counterexample, one line for people, or null.
 */
import type { ActionSet } from '../policy/action-set.ts'
import { difference, hasIndex, indexesOf, intersects, isEmptySet } from '../policy/action-set.ts'
import { clauseCovers } from '../policy/clause-globs.ts'
import {
  type Atom,
  conditionCovers,
  covers,
  type PlacedDocument,
  type PlacedStatement,
  type Placer,
  uncovered,
  withActions,
  withResources,
} from '../policy/cover.ts'
import { globsMeet, parseGlob } from '../policy/glob.ts'
import { statementActions } from '../policy/grants.ts'
import { hasWildcard, type Universe } from '../policy/universe.ts'
import type { StatePolicy } from './role-state-policies.ts'

/** The permissions of a role at one point: what its policies say, and the ones that nobody can read. */
export type Side = { readonly documents: readonly PlacedDocument[]; readonly unreadable: ReadonlySet<string> }

export function sideOfPolicies(policies: readonly StatePolicy[], place: Placer): Side {
  return {
    documents: policies.flatMap(({ parsed }) => (parsed.ok ? [place(parsed.document)] : [])),
    unreadable: new Set(policies.flatMap(({ name, arn, text, parsed }) => (parsed.ok ? [] : [`${arn ?? name.toLowerCase()}\n${text}`]))),
  }
}

const allowsOf = ({ documents }: Side): PlacedStatement[] => documents.flatMap(({ allows }) => allows)
const deniesOf = ({ documents }: Side): PlacedStatement[] => documents.flatMap(({ denies }) => denies)

/** The side without the documents that stand on the other one too: what these say is there. */
const changedIn = ({ documents, unreadable }: Side, other: Side): Side => ({
  documents: documents.filter((document) => !other.documents.includes(document)),
  unreadable,
})

const standsIn = ({ documents }: Side, { key }: PlacedStatement): boolean => documents.some(({ keys }) => keys.has(key))

const ofScope = ({ documents }: Side, { scope }: PlacedStatement): PlacedStatement[] =>
  documents.flatMap(({ byScope }) => byScope.get(scope) ?? [])

/** A rewrite keeps resources and conditions, so the witness is nearly always a statement that has the same ones. */
const likelyFirst = (side: Side, placed: PlacedStatement): PlacedStatement[] => [
  ...ofScope(side, placed),
  ...allowsOf(side).filter(({ scope }) => scope !== placed.scope),
]

/** An atom of `after` that no statement of `before` covers. */
export function newAccess(after: Side, before: Side): string | null {
  for (const placed of allowsOf(changedIn(after, before))) {
    if (standsIn(before, placed) || ofScope(before, placed).some((outer) => covers(outer, placed))) continue
    const open = uncovered(placed, likelyFirst(before, placed))
    if (open !== undefined) return `new access: ${describe(open)}`
  }
  return null
}

/** Denies limit what others allow, so none may go and none may change. New ones of the same text are copies in a moved policy. */
export function changedDeny(before: Side, after: Side): string | null {
  const gone = deniesOf(changedIn(before, after)).find((deny) => !standsIn(after, deny))
  return gone === undefined ? null : `a Deny statement would go: ${gone.statement.actions.patterns.join(', ')}`
}

/** Nothing is known about a policy that does not parse, so none may go and none may come. */
export function changedUnreadable(before: Side, after: Side): string | null {
  const nameOf = (policy: string): string => policy.slice(0, policy.indexOf('\n'))
  const gone = [...before.unreadable].find((policy) => !after.unreadable.has(policy))
  if (gone !== undefined) return `${nameOf(gone)} does not parse and would change`
  const fresh = [...after.unreadable].find((policy) => !before.unreadable.has(policy))
  return fresh === undefined ? null : `${nameOf(fresh)} does not parse and would be added`
}

export type Announced = { readonly universe: Universe; readonly removed: ActionSet }

/** An action that was allowed on a resource, is not in `removed`, and would not be allowed there any more. */
export function lostAccess(announced: Announced, before: Side, after: Side): string | null {
  for (const placed of allowsOf(changedIn(before, after))) {
    if (standsIn(after, placed)) continue
    const open = openPart(announced, placed, ofScope(after, placed))
    if (open === null) continue
    const weaker = likelyFirst(after, placed).filter(({ tests }) => conditionCovers(tests, placed.tests))
    const lost = lostNames(announced, open, weaker) ?? lostPattern(announced, open, weaker)
    if (lost !== null) return lost
  }
  const fresh = deniesOf(changedIn(after, before)).find((deny) => !standsIn(before, deny))
  return fresh === undefined ? null : `a new Deny statement: ${fresh.statement.actions.patterns.join(', ')}`
}

/** The statement for the patterns that are not announced whole and that no statement of its scope has word for word; null when there are none. */
function openPart(
  { universe, removed }: Announced,
  placed: PlacedStatement,
  sameScope: readonly PlacedStatement[],
): PlacedStatement | null {
  const { kind, patterns } = placed.statement.actions
  if (kind === 'NotAction') return placed
  const listing = sameScope.filter(({ actions }) => !actions.complement)
  const open = patterns.filter((pattern, at) => {
    const key = placed.actions.patterns[at]?.glob.key ?? ''
    if (listing.some(({ actions }) => actions.keys.has(key))) return false
    const matched = universe.matches(pattern)
    return matched.length === 0 || matched.some((index) => !hasIndex(removed, index))
  })
  return open.length === 0 ? null : withActions(placed, open)
}

/** What Deny patterns take that is not announced: an action by name, or what an untouched wildcard grants besides. */
export function lostToPatterns({ universe, removed }: Announced, before: Side, patterns: readonly string[]): string | null {
  const untouched = allowsOf(before)
    .flatMap(({ statement }) => (statement.actions.kind === 'Action' ? statement.actions.patterns : []))
    .filter((pattern) => isUntouched({ universe, removed }, pattern))
    .map((pattern) => parseGlob(pattern, { foldCase: true }))
  for (const pattern of patterns) {
    const denied = universe.matches(pattern)
    const wrong = denied.find((index) => !hasIndex(removed, index))
    if (wrong !== undefined) return `denied: ${universe.names[wrong]} by ${pattern}`
    const glob = parseGlob(pattern, { foldCase: true })
    if (denied.length === 0 || untouched.some((kept) => globsMeet(kept, glob))) return `denied: more than is announced by ${pattern}`
  }
  return null
}

/** A wildcard of which nothing that is known goes. */
const isUntouched = ({ universe, removed }: Announced, pattern: string): boolean =>
  hasWildcard(pattern) && !universe.matches(pattern).some((index) => hasIndex(removed, index))

/** By name, for each resource: statements of the other side may share the work. */
function lostNames({ universe, removed }: Announced, placed: PlacedStatement, offered: readonly PlacedStatement[]): string | null {
  const kept = difference(statementActions(universe, placed.statement), removed)
  for (const part of withResources(placed)) {
    let missing = kept
    for (const candidate of offered) {
      if (isEmptySet(missing)) break
      const still = statementActions(universe, candidate.statement)
      if (intersects(still, missing) && clauseCovers(candidate.resources, part.resources)) missing = difference(missing, still)
    }
    const [first] = indexesOf(missing)
    if (first !== undefined) return `lost: ${universe.names[first]} on ${part.statement.resources.patterns.join(', ')}`
  }
  return null
}

/** A wildcard that matches nothing removed grants what nobody has catalogued, too: all that it matches must stay. */
function lostPattern(announced: Announced, placed: PlacedStatement, offered: readonly PlacedStatement[]): string | null {
  const { kind, patterns } = placed.statement.actions
  const untouched = kind === 'Action' ? patterns.filter((pattern) => isUntouched(announced, pattern)) : []
  if (untouched.length === 0) return null
  const open = uncovered(withActions(placed, untouched), offered)
  return open === undefined ? null : `lost: ${describe(open)}`
}

function describe({ statement }: Atom): string {
  const { actions, resources, condition } = statement
  const given = condition === null ? '' : ` if ${JSON.stringify(condition)}`
  return `${actions.kind} ${actions.patterns.join(', ')} on ${resources.kind} ${resources.patterns.join(', ')}${given}`
}
