import type { Arn } from '../policy/names.ts'
import type { Account, ManagedPolicy, Role } from './account.ts'
import { defaultVersion } from './role-policies.ts'
import type { ManagedPolicyState, RoleState } from './role-state.ts'

/**
 * Gives a role's permission state as far as a scan tells it. Policies that the scan lacks are absent from `managed`. Who has
 * a policy is counted once for the account.
 */
export function createStateReader({ roles, users, groups, policies }: Account): (role: Role) => RoleState {
  const holders = countOf([...roles, ...users, ...groups].flatMap(({ attached }) => [...new Set(attached.map(({ arn }) => arn))]))
  const bounded = countOf([...roles, ...users].flatMap(({ boundary }) => boundary ?? []))
  const states = new Map<Arn, ManagedPolicyState>()
  for (const policy of policies.values()) {
    const { arn, attachmentCount, boundaryUseCount } = policy
    states.set(arn, {
      ...stateOfPolicy(policy),
      attachmentCount: Math.max(attachmentCount ?? 0, holders.get(arn) ?? 0),
      boundaryUseCount: Math.max(boundaryUseCount ?? 0, bounded.get(arn) ?? 0),
    })
  }
  return ({ roleName, arn, roleId, path, description, trust, boundary, tags, inline, attached }) => {
    const managed = attached.flatMap((policy) => states.get(policy.arn) ?? [])
    return { roleName, arn, roleId, path, description, trust: trust ?? '', boundary, tags, inline, attached, managed }
  }
}

const stateOfPolicy = (policy: ManagedPolicy): Pick<ManagedPolicyState, 'name' | 'arn' | 'defaultVersionId' | 'versions' | 'tags'> => ({
  name: policy.name,
  arn: policy.arn,
  defaultVersionId: defaultVersion(policy)?.versionId ?? policy.defaultVersionId ?? 'v1',
  versions: policy.versions,
  tags: [],
})

function countOf(arns: readonly Arn[]): ReadonlyMap<Arn, number> {
  const counts = new Map<Arn, number>()
  for (const arn of arns) counts.set(arn, (counts.get(arn) ?? 0) + 1)
  return counts
}
