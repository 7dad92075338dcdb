import type { ActionSet } from './action-set.ts'
import { addAll, addTo, createSetMaker, difference, emptySet, setOf } from './action-set.ts'
import type { Catalog, CatalogAction } from './catalog.ts'
import type { ActionClause } from './document.ts'
import { matchesPattern } from './match-pattern.ts'
import type { ActionName } from './names.ts'
import { actionKey, serviceOf } from './names.ts'
import { rememberRecent } from './recent.ts'

/**
 * The catalog's actions plus every action that a policy of the account or a piece of evidence names. An action has one
 * index; sets of actions are bits over the indexes. Actions outside the catalog come last and are never dropped.
 */
export type Universe = {
  readonly catalog: Catalog
  readonly size: number
  /** The empty set, one for all: what nobody denies, what nobody needs. Not to be built upon. */
  readonly nothing: ActionSet
  /** A new empty set, to be built upon. */
  emptySet(): ActionSet
  /** Index → name. */
  readonly names: readonly ActionName[]
  /** Index → `actionKey` of the name. */
  readonly keys: readonly string[]
  /** Index → service prefix, lower case. */
  readonly serviceAt: readonly string[]
  indexOf(action: string): number | null
  /** Null for an action that the catalog does not know. */
  catalogAction(index: number): CatalogAction | null
  /** The indexes that a pattern of a policy matches, ascending; a pattern without a wildcard gives at most one. */
  matches(pattern: string): readonly number[]
  /** The actions that an element of a statement speaks of: its patterns, or all but its patterns. */
  actionsOf(clause: ActionClause): ActionSet
  /** The actions of the catalog that may need this one besides. */
  dependentsOf(action: ActionName): ActionSet
  /** The indexes of a service's actions, in the order of their keys. */
  ofService(service: string): readonly number[]
  services(): Iterable<string>
}

const WILDCARD = /[*?]/

export const hasWildcard = (pattern: string): boolean => WILDCARD.test(pattern)

/** What a policy can name. Sources may say other things, which no pattern would match as they do in IAM. */
const PLAIN_NAME = /^[A-Za-z0-9-]+:[A-Za-z0-9_-]+$/

export function createUniverse(catalog: Catalog, named: Iterable<string> = []): Universe {
  const names: ActionName[] = catalog.actions.map((action) => action.name)
  const keys = names.map(actionKey)
  // Keys first; then other spellings, as somebody asks for them: putting a name in lower case costs more than looking it up.
  const indexes = new Map(keys.map((key, index) => [key, index]))
  const find = (action: string): number | undefined => {
    const known = indexes.get(action)
    if (known !== undefined) return known
    const index = indexes.get(actionKey(action))
    if (index !== undefined) indexes.set(action, index)
    return index
  }
  for (const action of named) {
    if (find(action) !== undefined || !PLAIN_NAME.test(action)) continue
    const key = actionKey(action)
    indexes.set(key, names.length)
    names.push(action)
    keys.push(key)
  }
  const serviceAt = servicesOf(keys)
  const byService = indexesByService(keys, serviceAt)
  const matched = new Map<string, readonly number[]>()

  const ofService = (service: string): readonly number[] => byService.get(service) ?? byService.get(service.toLowerCase()) ?? []
  const findMatches = (pattern: string): readonly number[] => {
    const key = actionKey(pattern)
    if (key === '*') return [...keys.keys()]
    if (hasWildcard(key))
      return ofService(serviceOf(key))
        .filter((index) => matchesPattern(key, keys[index] ?? ''))
        .sort((a, b) => a - b)
    const index = find(key)
    return index === undefined ? [] : [index]
  }
  const universe: Universe = {
    catalog,
    size: names.length,
    nothing: emptySet(names.length),
    emptySet: createSetMaker(names.length),
    names,
    keys,
    serviceAt,
    indexOf: (action) => find(action) ?? null,
    catalogAction: (index) => catalog.actions[index] ?? null,
    ofService,
    services: () => byService.keys(),
    matches(pattern) {
      const known = matched.get(pattern)
      if (known !== undefined) return known
      const found = findMatches(pattern)
      matched.set(pattern, found)
      return found
    },
    dependentsOf: rememberRecent(RECENT_CLAUSES, (action: ActionName) =>
      setOf(
        names.length,
        [...catalog.actions.keys()].filter((index) => catalog.actions[index]?.dependsOn.includes(action)),
      ),
    ),
    actionsOf: rememberRecent(RECENT_CLAUSES, (clause: ActionClause) => clauseActions(universe, clause)),
  }
  return universe
}

/** A set is some kilobytes, and a large account has a hundred thousand statements. */
const RECENT_CLAUSES = 4_000

/** Names of a service stand together, so its name is cut out once. */
function servicesOf(keys: readonly string[]): string[] {
  let prefix = ''
  let service = ''
  return keys.map((key) => {
    if (prefix === '' || !key.startsWith(prefix)) {
      service = serviceOf(key)
      prefix = `${service}:`
    }
    return service
  })
}

function indexesByService(keys: readonly string[], serviceAt: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const byService = new Map<string, number[]>()
  for (const [index, service] of serviceAt.entries()) {
    const listed = byService.get(service)
    if (listed === undefined) byService.set(service, [index])
    else listed.push(index)
  }
  for (const listed of byService.values()) listed.sort((a, b) => ((keys[a] ?? '') < (keys[b] ?? '') ? -1 : 1))
  return byService
}

function clauseActions(universe: Universe, clause: ActionClause): ActionSet {
  const set = emptySet(universe.size)
  addActions(universe, set, clause)
  return set
}

/** Adds what an element of a statement speaks of to a set that is being built. */
export function addActions(universe: Universe, set: ActionSet, { kind, patterns }: ActionClause): void {
  if (kind === 'NotAction') addAll(set, difference(everyAction(universe), patternSet(universe, patterns)))
  else for (const pattern of patterns) for (const index of universe.matches(pattern)) addTo(set, index)
}

/** The set of the actions that any of the patterns matches. */
export function patternSet(universe: Universe, patterns: Iterable<string>): ActionSet {
  const set = emptySet(universe.size)
  for (const pattern of patterns) for (const index of universe.matches(pattern)) addTo(set, index)
  return set
}

/** Every bit but those that the last word has too many. */
export function everyAction({ size }: Universe): ActionSet {
  const set = emptySet(size).fill(0xffffffff)
  const last = set.length - 1
  if (size % 32 !== 0) set[last] = (1 << (size % 32)) - 1
  return set
}
