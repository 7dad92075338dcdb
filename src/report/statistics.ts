import type { Account } from '../account/account.ts'
import { isAwsManaged } from '../account/role-policies.ts'
import { customerManaged } from './findings/customer-policies.ts'

export type Level = 'low' | 'medium' | 'medium-high' | 'high' | 'critical'

export const statisticIds = [
  'users',
  'roles',
  'customerManagedPolicies',
  'awsManagedAttachments',
  'overPermissiveRoles',
  'zombiePermissions',
] as const
export type StatisticId = (typeof statisticIds)[number]

export type Statistic = { readonly count: number; readonly level: Level }
export type Statistics = Readonly<Record<StatisticId, Statistic>>

/**
 * From which count on a figure has a level, in ascending order; below the first it is low. Principals and policies count for
 * how much there is to watch over, findings for how much is wrong.
 */
const LEVELS: Readonly<Record<StatisticId, readonly (readonly [from: number, level: Level])[]>> = {
  users: [
    [10, 'medium'],
    [100, 'high'],
  ],
  roles: [
    [25, 'medium'],
    [100, 'high'],
  ],
  customerManagedPolicies: [
    [10, 'medium'],
    [100, 'high'],
  ],
  awsManagedAttachments: [
    [100, 'medium'],
    [500, 'high'],
  ],
  overPermissiveRoles: [
    [1, 'medium'],
    [5, 'high'],
    [50, 'critical'],
  ],
  zombiePermissions: [
    [1, 'medium'],
    [20, 'medium-high'],
    [50, 'high'],
    [200, 'critical'],
  ],
}

const levelOf = (id: StatisticId, count: number): Level => LEVELS[id].findLast(([from]) => count >= from)?.[1] ?? 'low'

export function readStatistics(account: Account, found: Readonly<Record<'overPermissiveRoles' | 'zombiePermissions', number>>): Statistics {
  const principals = [...account.users, ...account.groups, ...account.roles]
  const statistic = (id: StatisticId, count: number): Statistic => ({ count, level: levelOf(id, count) })
  return {
    users: statistic('users', account.users.length),
    roles: statistic('roles', account.roles.length),
    customerManagedPolicies: statistic('customerManagedPolicies', customerManaged(account).length),
    awsManagedAttachments: statistic(
      'awsManagedAttachments',
      principals.flatMap(({ attached }) => attached).filter(({ arn }) => isAwsManaged(arn)).length,
    ),
    overPermissiveRoles: statistic('overPermissiveRoles', found.overPermissiveRoles),
    zombiePermissions: statistic('zombiePermissions', found.zombiePermissions),
  }
}
