import type { PolicyVersionText } from '../account/account.ts'
import { isAwsManaged, type PolicyKind, type PolicyReader } from '../account/role-policies.ts'
import type { ManagedPolicyState, RoleState } from '../account/role-state.ts'
import type { ParsedPolicy, PolicyDocument } from '../policy/document.ts'
import type { Arn } from '../policy/names.ts'
import type { PlannedPolicy } from './plan.ts'

/** One identity policy as it stands in a role's state. */
export type StatePolicy = {
  readonly name: string
  readonly kind: PolicyKind
  readonly arn: Arn | null
  readonly text: string
  readonly parsed: ParsedPolicy
  readonly managed: ManagedPolicyState | null
}

const defaultVersionOf = ({ versions, defaultVersionId }: ManagedPolicyState): PolicyVersionText | undefined =>
  versions.find(({ versionId }) => versionId === defaultVersionId)

export const defaultText = (policy: ManagedPolicyState): string => defaultVersionOf(policy)?.text ?? ''

/** All identity policies of a role's state, inline ones first. */
export function statePolicies(state: RoleState, read: PolicyReader): readonly StatePolicy[] {
  const inline = state.inline.map(
    (policy): StatePolicy => ({ name: policy.name, kind: 'inline', arn: null, text: policy.text, parsed: read(policy), managed: null }),
  )
  const attached = state.attached.map(({ name, arn }): StatePolicy => {
    const managed = state.managed.find((policy) => policy.arn === arn) ?? null
    const version = managed === null ? undefined : defaultVersionOf(managed)
    const text = version?.text ?? ''
    return { name, kind: isAwsManaged(arn) ? 'aws-managed' : 'managed', arn, text, parsed: read(version ?? text), managed }
  })
  return [...inline, ...attached]
}

export const stateDocuments = (state: RoleState, read: PolicyReader): PolicyDocument[] =>
  statePolicies(state, read).flatMap(({ parsed }) => (parsed.ok ? [parsed.document] : []))

export function plannedPolicies(state: RoleState, read: PolicyReader): PlannedPolicy[] {
  return statePolicies(state, read).map(({ name, kind, arn, text, parsed }) => ({
    name,
    kind,
    ...(arn === null ? {} : { arn }),
    document: parsed.ok ? JSON.parse(text) : null,
    text,
  }))
}
