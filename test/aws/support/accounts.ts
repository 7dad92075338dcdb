import type { Account, Role } from '../../../src/account/account.ts'

const accountId = '111122223333'
export const roleArn = (name: string): string => `arn:aws:iam::${accountId}:role/${name}`

/** An account of roles without policies. */
export function accountWith(...names: readonly string[]): Account {
  return { accountId, partition: 'aws', roles: names.map(bareRole), users: [], groups: [], policies: new Map(), problems: [] }
}

function bareRole(roleName: string): Role {
  return {
    roleName,
    arn: roleArn(roleName),
    roleId: `AROA${roleName.toUpperCase()}`,
    path: '/',
    createDate: null,
    description: null,
    trust: null,
    inline: [],
    attached: [],
    boundary: null,
    tags: [],
    lastUsed: null,
    instanceProfiles: [],
  }
}
