import type { ActionSet } from './action-set.ts'
import { addTo, difference, emptySet, setOf } from './action-set.ts'
import type { Catalog, CatalogAction } from './catalog.ts'
import type { ActionClause } from './document.ts'
import { matchesPattern } from './match-pattern.ts'
import type { ActionName } from './names.ts'
import { actionKey, serviceOf } from './names.ts'

/**
 * The catalog's actions plus every action that a policy of the account or a piece of evidence names. An action has one
 * index; sets of actions are bits over the indexes. Actions outside the catalog come last and are never dropped.
 */
export type Universe = {
  readonly catalog: Catalog
  readonly size: number
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
  const indexes = new Map(keys.map((key, index) => [key, index]))
  for (const action of named) {
    const key = actionKey(action)
    if (indexes.has(key) || !PLAIN_NAME.test(action)) continue
    indexes.set(key, names.length)
    names.push(action)
    keys.push(key)
  }
  const serviceAt = keys.map(serviceOf)
  const byService = indexesByService(keys, serviceAt)
  const everything = names.map((_, index) => index)
  const matched = new Map<string, readonly number[]>()
  const clauses = new WeakMap<ActionClause, ActionSet>()

  const ofService = (service: string): readonly number[] => byService.get(service.toLowerCase()) ?? []
  const find = (pattern: string): readonly number[] =>
    pattern === '*'
      ? everything
      : ofService(serviceOf(pattern))
          .filter((index) => matchesPattern(pattern, keys[index] ?? ''))
          .sort((a, b) => a - b)
  const universe: Universe = {
    catalog,
    size: names.length,
    names,
    keys,
    serviceAt,
    indexOf: (action) => indexes.get(actionKey(action)) ?? null,
    catalogAction: (index) => catalog.actions[index] ?? null,
    ofService,
    services: () => byService.keys(),
    matches(pattern) {
      const key = actionKey(pattern)
      if (!hasWildcard(key)) {
        const index = indexes.get(key)
        return index === undefined ? [] : [index]
      }
      const known = matched.get(key) ?? find(key)
      matched.set(key, known)
      return known
    },
    actionsOf(clause) {
      const known = clauses.get(clause) ?? clauseActions(universe, clause)
      clauses.set(clause, known)
      return known
    },
  }
  return universe
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

function clauseActions(universe: Universe, { kind, patterns }: ActionClause): ActionSet {
  const listed = patternSet(universe, patterns)
  return kind === 'Action' ? listed : difference(everyAction(universe), listed)
}

/** The set of the actions that any of the patterns matches. */
export function patternSet(universe: Universe, patterns: Iterable<string>): ActionSet {
  const set = emptySet(universe.size)
  for (const pattern of patterns) for (const index of universe.matches(pattern)) addTo(set, index)
  return set
}

export const everyAction = (universe: Universe): ActionSet => setOf(universe.size, universe.names.keys())
