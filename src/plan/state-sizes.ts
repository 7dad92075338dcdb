import { isAwsManaged } from '../account/role-policies.ts'
import type { RoleState } from '../account/role-state.ts'
import { policySize } from '../policy/size.ts'
import type { PlanSizes } from './plan.ts'
import { defaultText } from './role-state-policies.ts'
import type { ShapeLimits } from './shape.ts'

/** What a role's own policies need of their quotas. Policies of AWS count against none of the account's. */
export function stateSizes(state: RoleState, limits: ShapeLimits): PlanSizes {
  const inline = inlineSize(state)
  const managed = state.attached.flatMap(({ name, arn }) => {
    const policy = state.managed.find((candidate) => candidate.arn === arn)
    if (policy === undefined || isAwsManaged(arn)) return []
    return [{ name, size: policySize(defaultText(policy)), limit: limits.managedPolicySize }]
  })
  const limitOk = inline <= limits.inlineSumPerRole && managed.every(({ size, limit }) => size <= limit)
  return { inline, inlineLimit: limits.inlineSumPerRole, managed, limitOk }
}

export const inlineSize = ({ inline }: RoleState): number => inline.reduce((sum, { text }) => sum + policySize(text), 0)
