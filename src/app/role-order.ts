import type { RoleRow } from './views.ts'

export const sortIds = ['risk', 'name', 'unused', 'last-used'] as const
export type SortId = (typeof sortIds)[number]

type Compare = (a: RoleRow, b: RoleRow) => number

const byName: Compare = (a, b) => (a.roleName < b.roleName ? -1 : a.roleName > b.roleName ? 1 : 0)

/** Over roles that stand by name: sorting is stable, so the name decides where these do not. Never used sorts as longest ago. */
const orders: Readonly<Record<SortId, Compare>> = {
  risk: (a, b) => b.riskScore - a.riskScore,
  name: () => 0,
  unused: (a, b) => b.unusedPercent - a.unusedPercent || b.unusedActions - a.unusedActions,
  'last-used': (a, b) => {
    const left = a.lastUsed ?? ''
    const right = b.lastUsed ?? ''
    return left < right ? -1 : left > right ? 1 : 0
  },
}

export function nextSort(sort: SortId): SortId {
  return sortIds[(sortIds.indexOf(sort) + 1) % sortIds.length] ?? 'risk'
}

export const sortRoles = (roles: readonly RoleRow[], sort: SortId): readonly RoleRow[] => roles.toSorted(byName).toSorted(orders[sort])
