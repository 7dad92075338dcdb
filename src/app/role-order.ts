import type { Arn } from '../policy/names.ts'
import type { RoleRow } from './views.ts'

export const sortIds = ['risk', 'name', 'unused', 'last-used', 'gain'] as const
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
  // Before gains are known all rows have none, and the order is that of risk.
  gain: (a, b) => (b.gain ?? 0) - (a.gain ?? 0) || b.riskScore - a.riskScore,
}

export function nextSort(sort: SortId): SortId {
  return sortIds[(sortIds.indexOf(sort) + 1) % sortIds.length] ?? 'risk'
}

export const sortRoles = (roles: readonly RoleRow[], sort: SortId): readonly RoleRow[] => roles.toSorted(byName).toSorted(orders[sort])

export const withGains = (roles: readonly RoleRow[], gains: ReadonlyMap<Arn, number>): readonly RoleRow[] =>
  roles.map((row) => ({ ...row, gain: gains.get(row.arn) ?? 0 }))
