import { invalid } from '../protocol/json-params.ts'

const FILTER_KEYS = ['id', 'resource', 'resourceType', 'resourceOwnerAccount', 'status', 'findingType', 'error'] as const
const MOST_VALUES = 20

/** One condition on an attribute; all that are given must hold. */
export type Criterion = {
  readonly key: string
  readonly eq: readonly string[] | null
  readonly neq: readonly string[] | null
  readonly contains: readonly string[] | null
  readonly exists: boolean | null
}

/** Reads the `filter` of a request, or refuses it as AWS does. */
export function readFilter(filter: unknown): readonly Criterion[] {
  if (filter === undefined || filter === null) return []
  if (typeof filter !== 'object') throw invalid('filter must be a map')
  return Object.entries(filter).map(([key, criterion]) => {
    if (!FILTER_KEYS.some((known) => known === key)) throw invalid(`Invalid filter key: ${key}`)
    const tests = new Map<string, unknown>(typeof criterion === 'object' && criterion !== null ? Object.entries(criterion) : [])
    const exists = tests.get('exists')
    return {
      key,
      eq: values(tests.get('eq')),
      neq: values(tests.get('neq')),
      contains: values(tests.get('contains')),
      exists: typeof exists === 'boolean' ? exists : null,
    }
  })
}

export function matchesFilter(summary: Readonly<Record<string, unknown>>, filter: readonly Criterion[]): boolean {
  return filter.every(({ key, eq, neq, contains, exists }) => {
    const value = typeof summary[key] === 'string' ? summary[key] : null
    if (exists !== null && exists !== (value !== null)) return false
    if (eq !== null && !eq.some((wanted) => wanted === value)) return false
    if (neq?.some((unwanted) => unwanted === value)) return false
    return contains === null || contains.some((part) => value?.includes(part) === true)
  })
}

function values(list: unknown): readonly string[] | null {
  if (list === undefined || list === null) return null
  if (!Array.isArray(list) || list.length === 0 || list.length > MOST_VALUES) throw invalid(`A criterion takes 1 to ${MOST_VALUES} values`)
  return list.map(String)
}
