import type { Account, ManagedPolicy, Role } from './account.ts'
import { defaultVersion } from './role-policies.ts'
import type { ManagedPolicyState, RoleState } from './role-state.ts'

/** A role's permission state as far as a scan tells it. Policies that the scan lacks are absent from `managed`. */
export function stateOfRole(account: Account, role: Role): RoleState {
  const managed = role.attached.flatMap(({ arn }) => {
    const policy = account.policies.get(arn)
    return policy === undefined ? [] : [stateOfPolicy(account, policy)]
  })
  const { roleName, arn, roleId, path, description, trust, boundary, tags, inline, attached } = role
  return { roleName, arn, roleId, path, description, trust: trust ?? '', boundary, tags, inline, attached, managed }
}

function stateOfPolicy({ roles, users, groups }: Account, policy: ManagedPolicy): ManagedPolicyState {
  const { name, arn, versions } = policy
  const holders = [...roles, ...users, ...groups].filter(({ attached }) => attached.some((attachment) => attachment.arn === arn))
  const bounded = [...roles, ...users].filter(({ boundary }) => boundary === arn)
  return {
    name,
    arn,
    defaultVersionId: defaultVersion(policy)?.versionId ?? policy.defaultVersionId ?? 'v1',
    attachmentCount: Math.max(policy.attachmentCount ?? 0, holders.length),
    boundaryUseCount: Math.max(policy.boundaryUseCount ?? 0, bounded.length),
    versions,
    tags: [],
  }
}
