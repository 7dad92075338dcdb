/**
 * Shorter ways to write a list of kept actions. Names that share a beginning which no avoided action shares can be written
 * as one pattern:
 *
 *   keep GetObject, GetObjectAcl, GetObjectTagging; remove PutObject   →   s3:GetObject*
 *
 * The beginnings come from a trie over kept and avoided names: a branch without an avoided name is one group, written with
 * the longest beginning that its names share, so that it reaches no further than it must. Single names can be cut short too.
 */
import type { ActionSet } from './action-set.ts'
import { hasIndex, indexesOf } from './action-set.ts'
import type { ActionClause } from './document.ts'
import { globContains, globsMeet, parseGlob } from './glob.ts'
import type { ActionName } from './names.ts'
import { serviceOf } from './names.ts'
import { rememberRecent } from './recent.ts'
import type { Universe } from './universe.ts'

/** Names that may be written as `wildcard` instead; `saving` in characters of compact JSON. */
export type PatternGroup = { readonly wildcard: string; readonly names: readonly ActionName[]; readonly saving: number }

export type Grouping = {
  /** Actions that must stay. */
  readonly kept: ActionSet
  /** Other actions, which no pattern may match. */
  readonly avoided: ActionSet
  /** What a pattern must be contained in, or whether it may stand. */
  readonly allows: ActionClause | ((pattern: string) => boolean)
}

/** A pattern in quotes with its comma. */
export const writtenLength = (pattern: string): number => pattern.length + 3

/** Disjoint groups over the kept names, each saving something. */
export function patternGroups(universe: Universe, { kept, avoided, allows }: Grouping): PatternGroup[] {
  const isAllowed = typeof allows === 'function' ? allows : containedIn(allows)
  return servicesIn(universe, kept).flatMap((service) =>
    groupsOfService(universe, service, { choice: choiceOf(universe, service, kept, avoided), isAllowed }),
  )
}

export type PatternGrouper = (grouping: Grouping) => PatternGroup[]

/**
 * The same, remembering services: the attempts at a wide role, and wide roles among each other, differ in few of them. What
 * decides stands in the key: each action of the service, and the patterns that may speak of it. Each answer has groups of its own,
 * since what is chosen for one statement is not chosen for another.
 */
export function createPatternGrouper(universe: Universe): PatternGrouper {
  const recent = rememberRecent(RECENT_SERVICES, (key: string) => {
    const [service = '', choice = '', kind, ...patterns] = key.split(' ')
    const isAllowed = containedIn({ kind: kind === 'NotAction' ? kind : 'Action', patterns })
    return groupsOfService(universe, service, { choice, isAllowed })
  })
  return (grouping) => {
    const { kept, avoided, allows } = grouping
    if (typeof allows === 'function') return patternGroups(universe, grouping)
    const byService = Map.groupBy(allows.patterns, serviceOf)
    const everywhere = byService.get('*') ?? []
    return servicesIn(universe, kept).flatMap((service) => {
      const patterns = [...everywhere, ...(byService.get(service) ?? [])]
      const key = [service, choiceOf(universe, service, kept, avoided), allows.kind, ...patterns].join(' ')
      return recent(key).map((group) => ({ ...group }))
    })
  }
}

/** Whether a new pattern lies inside what the clause grants. */
function containedIn({ kind, patterns }: ActionClause): (pattern: string) => boolean {
  if (kind === 'Action' && patterns.includes('*')) return () => true
  const globs = patterns.map((pattern) => parseGlob(pattern, { foldCase: true }))
  return (pattern) => {
    const glob = parseGlob(pattern, { foldCase: true })
    return kind === 'Action' ? globs.some((outer) => globContains(outer, glob)) : !globs.some((outer) => globsMeet(outer, glob))
  }
}

const RECENT_SERVICES = 4_000

/** In the order of their first kept action. */
function servicesIn({ serviceAt }: Universe, kept: ActionSet): readonly string[] {
  const services = new Set<string>()
  let last = ''
  for (const index of indexesOf(kept)) {
    const service = serviceAt[index] ?? ''
    if (service !== last) services.add(service)
    last = service
  }
  return [...services]
}

/** What happens to each action of a service, a character each: a `k`ept one, an `a`voided one, or none of both. */
const choiceOf = (universe: Universe, service: string, kept: ActionSet, avoided: ActionSet): string =>
  String.fromCharCode(
    ...universe.ofService(service).map((index) => (hasIndex(kept, index) ? KEPT : hasIndex(avoided, index) ? AVOIDED : OTHER)),
  )

const KEPT = 0x6b
const AVOIDED = 0x61
const OTHER = 0x2d

function groupsOfService(
  universe: Universe,
  service: string,
  { choice, isAllowed }: { readonly choice: string; readonly isAllowed: (pattern: string) => boolean },
): PatternGroup[] {
  const groups: PatternGroup[] = []
  const indexes = universe.ofService(service)
  const leaving = indexes.filter((_, at) => choice.charCodeAt(at) === AVOIDED).map((index) => universe.keys[index] ?? '')
  const names = indexes
    .filter((_, at) => choice.charCodeAt(at) === KEPT)
    .map((index): Name => ({ name: universe.names[index] ?? '', key: universe.keys[index] ?? '' }))
  collectGroups({ names, from: 0, to: names.length, beginning: 0 }, { leaving, isAllowed, into: groups })
  return groups
}

/** A name as it is written and as it compares. */
type Name = { readonly name: ActionName; readonly key: string }
/** Names are sorted by key, so a branch of the trie is a run of them; all of it shares `beginning` characters. */
type Branch = { readonly names: readonly Name[]; readonly from: number; readonly to: number; readonly beginning: number }
type Collecting = { readonly leaving: readonly string[]; readonly isAllowed: (pattern: string) => boolean; readonly into: PatternGroup[] }

/** The branch as one group, or what groups there are in the branches where its names part. */
function collectGroups(branch: Branch, collecting: Collecting): void {
  const { names, from, to } = branch
  const first = names[from]
  const last = names[to - 1]
  if (first === undefined || last === undefined) return
  if (to - from === 1) {
    shorten(first, branch.beginning, collecting)
    return
  }
  const length = sharedPrefixLength(first.key, last.key)
  const wildcard = `${first.name.slice(0, length)}*`
  if (mayStand(wildcard, collecting)) {
    const together = names.slice(from, to).map(({ name }) => name)
    const saving = together.reduce((sum, name) => sum + writtenLength(name), -writtenLength(wildcard))
    if (saving > 0) {
      collecting.into.push({ wildcard, names: together, saving })
      return
    }
  }
  for (let start = from; start < to; ) {
    const end = endOfRun(names, start, { to, at: length })
    collectGroups({ names, from: start, to: end, beginning: length + 1 }, collecting)
    start = end
  }
}

/** Patterns begin with a whole service prefix, match nothing that leaves, and reach no further than before. */
function mayStand(wildcard: string, { leaving, isAllowed }: Collecting): boolean {
  return wildcard.includes(':') && !someStartsWith(leaving, wildcard.slice(0, -1).toLowerCase()) && isAllowed(wildcard)
}

/** A single long name, cut where no avoided name begins the same: the last resort, and only where it saves something. */
function shorten({ name }: Name, beginning: number, collecting: Collecting): void {
  const shortest = Math.max(beginning, name.indexOf(':') + 2)
  for (let length = shortest; length < name.length - WORTHWHILE; length++) {
    const wildcard = `${name.slice(0, length)}*`
    if (someStartsWith(collecting.leaving, wildcard.slice(0, -1).toLowerCase())) continue
    if (collecting.isAllowed(wildcard)) collecting.into.push({ wildcard, names: [name], saving: name.length - wildcard.length })
    return
  }
}

const WORTHWHILE = 4

/** Where the names stop to have the same character at `at`; a name that ends there is a run of its own. */
function endOfRun(names: readonly Name[], start: number, { to, at }: { readonly to: number; readonly at: number }): number {
  const character = names[start]?.key[at]
  let end = start + 1
  while (end < to && names[end]?.key[at] === character) end++
  return end
}

function sharedPrefixLength(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return length
}

/** Binary search in sorted keys. */
function someStartsWith(keys: readonly string[], prefix: string): boolean {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((keys[middle] ?? '') < prefix) low = middle + 1
    else high = middle
  }
  return keys[low]?.startsWith(prefix) ?? false
}
