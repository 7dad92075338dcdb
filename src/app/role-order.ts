import { parseFilter } from './role-filter.ts'
import type { RoleRow } from './views.ts'

export const sortIds = ['risk', 'name', 'unused', 'last-used'] as const
export type SortId = (typeof sortIds)[number]

const byName = (a: RoleRow, b: RoleRow): number => (a.roleName < b.roleName ? -1 : a.roleName > b.roleName ? 1 : 0)

/** Never used sorts as longest ago. */
const orders: Readonly<Record<SortId, (a: RoleRow, b: RoleRow) => number>> = {
  risk: (a, b) => b.riskScore - a.riskScore || byName(a, b),
  name: byName,
  unused: (a, b) => b.unusedPercent - a.unusedPercent || b.unusedActions - a.unusedActions || byName(a, b),
  'last-used': (a, b) => {
    const left = a.lastUsed ?? ''
    const right = b.lastUsed ?? ''
    return left < right ? -1 : left > right ? 1 : byName(a, b)
  },
}

export function nextSort(sort: SortId): SortId {
  return sortIds[(sortIds.indexOf(sort) + 1) % sortIds.length] ?? 'risk'
}

export function orderRoles(
  roles: readonly RoleRow[],
  options: { readonly sort: SortId; readonly filter: string; readonly now?: number },
): readonly RoleRow[] {
  return filterRoles(roles, options.filter, options.now ?? Date.now()).toSorted(orders[options.sort])
}

/** The roles that the filter shows, in the order in which they stand. */
export function filterRoles(roles: readonly RoleRow[], filter: string, now: number): readonly RoleRow[] {
  if (filter.trim() === '') return roles
  const { matches } = parseFilter(filter)
  return roles.filter((row) => matches(row, now))
}
