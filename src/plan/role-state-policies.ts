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

export const defaultText = (policy: ManagedPolicyState): string =>
  policy.versions.find(({ versionId }) => versionId === policy.defaultVersionId)?.text ?? ''

/** All identity policies of a role's state, inline ones first. */
export function statePolicies(state: RoleState, read: PolicyReader): readonly StatePolicy[] {
  const inline = state.inline.map(
    ({ name, text }): StatePolicy => ({ name, kind: 'inline', arn: null, text, parsed: read(text), managed: null }),
  )
  const attached = state.attached.map(({ name, arn }): StatePolicy => {
    const managed = state.managed.find((policy) => policy.arn === arn) ?? null
    const text = managed === null ? '' : defaultText(managed)
    return { name, kind: isAwsManaged(arn) ? 'aws-managed' : 'managed', arn, text, parsed: read(text), managed }
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
