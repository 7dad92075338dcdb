import type { Account, ManagedPolicy, Role } from './account.ts'
import { defaultVersion } from './role-policies.ts'
import type { ManagedPolicyState, RoleState } from './role-state.ts'

/** A role's permission state as far as a scan tells it. Policies that the scan lacks are absent from `managed`. */
export function stateOfRole(account: Account, role: Role): RoleState {
  const managed = role.attached.flatMap(({ arn }) => {
    const policy = account.policies.get(arn)
    return policy === undefined ? [] : [stateOfPolicy(policy)]
  })
  const { roleName, arn, roleId, path, description, trust, boundary, tags, inline, attached } = role
  return { roleName, arn, roleId, path, description, trust: trust ?? '', boundary, tags, inline, attached, managed }
}

function stateOfPolicy(policy: ManagedPolicy): ManagedPolicyState {
  return {
    name: policy.name,
    arn: policy.arn,
    defaultVersionId: defaultVersion(policy)?.versionId ?? policy.defaultVersionId ?? 'v1',
    attachmentCount: policy.attachmentCount ?? Number.POSITIVE_INFINITY,
    boundaryUseCount: policy.boundaryUseCount ?? Number.POSITIVE_INFINITY,
    versions: policy.versions,
    tags: [],
  }
}
