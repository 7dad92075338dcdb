import type { CallContext } from '../call-context.ts'
import type { QueryParams } from '../protocol/query-params.ts'
import { groupAsked, roleAsked, roleToChange, userAsked } from './lookup.ts'
import { quotas } from './quotas.ts'

/** Who can have policies, inline and attached. The operations are called after the kind: `PutRolePolicy`, `AttachGroupPolicy`, … */
export type PolicyOwnerKind = {
  readonly label: 'Role' | 'User' | 'Group'
  /** Characters of all inline policies together. */
  readonly inlineQuota: number
  readonly attachedQuota: number
  look(params: QueryParams, context: CallContext): PolicyOwner
  change(params: QueryParams, context: CallContext): PolicyOwner
}

type PolicyOwner = { readonly id: string; readonly name: string }

export const policyOwnerKinds: readonly PolicyOwnerKind[] = [
  {
    label: 'Role',
    inlineQuota: quotas.RolePolicySizeQuota,
    attachedQuota: quotas.AttachedPoliciesPerRoleQuota,
    look: roleAsked,
    change: roleToChange,
  },
  {
    label: 'User',
    inlineQuota: quotas.UserPolicySizeQuota,
    attachedQuota: quotas.AttachedPoliciesPerUserQuota,
    look: userAsked,
    change: userAsked,
  },
  {
    label: 'Group',
    inlineQuota: quotas.GroupPolicySizeQuota,
    attachedQuota: quotas.AttachedPoliciesPerGroupQuota,
    look: groupAsked,
    change: groupAsked,
  },
]
