import type { ActionSet } from './action-set.ts'
import { addTo, emptySet, setOf } from './action-set.ts'
import type { Catalog, CatalogAction } from './catalog.ts'
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
  indexOf(action: string): number | null
  /** Null for an action that the catalog does not know. */
  catalogAction(index: number): CatalogAction | null
  /** The indexes that a pattern of a policy matches, ascending; a pattern without a wildcard gives at most one. */
  matches(pattern: string): readonly number[]
  /** The indexes of a service's actions. */
  ofService(service: string): readonly number[]
  services(): Iterable<string>
}

const WILDCARD = /[*?]/

export const hasWildcard = (pattern: string): boolean => WILDCARD.test(pattern)

export function createUniverse(catalog: Catalog, named: Iterable<string> = []): Universe {
  const names: ActionName[] = catalog.actions.map((action) => action.name)
  const indexes = new Map(names.map((name, index) => [actionKey(name), index]))
  for (const action of named) {
    const key = actionKey(action)
    if (hasWildcard(action) || !action.includes(':') || indexes.has(key)) continue
    indexes.set(key, names.length)
    names.push(action)
  }
  const byService = new Map<string, number[]>()
  for (const [key, index] of indexes) {
    const service = serviceOf(key)
    const listed = byService.get(service)
    if (listed === undefined) byService.set(service, [index])
    else listed.push(index)
  }
  const everything = names.map((_, index) => index)
  const matched = new Map<string, readonly number[]>()

  const ofService = (service: string): readonly number[] => byService.get(service.toLowerCase()) ?? []
  const find = (pattern: string): readonly number[] => {
    if (pattern === '*') return everything
    const expression = patternExpression(pattern)
    return ofService(serviceOf(pattern)).filter((index) => expression.test(names[index] ?? ''))
  }
  return {
    catalog,
    size: names.length,
    names,
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
      const known = matched.get(key)
      if (known !== undefined) return known
      const found = find(key)
      matched.set(key, found)
      return found
    },
  }
}

/** The set of the actions that any of the patterns matches. */
export function patternSet(universe: Universe, patterns: Iterable<string>): ActionSet {
  const set = emptySet(universe.size)
  for (const pattern of patterns) for (const index of universe.matches(pattern)) addTo(set, index)
  return set
}

export const everyAction = (universe: Universe): ActionSet => setOf(universe.size, universe.names.keys())

const patternExpression = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i')
