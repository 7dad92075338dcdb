/**
 * What an operation does to a role's state. It is pure: plans, proofs and tests play changes through before AWS sees any.
 */
import type { ManagedPolicyState, RoleState } from '../account/role-state.ts'
import { type Arn, unreachable } from '../policy/names.ts'
import type { Operation } from './operation.ts'

/** The state after the operation. An operation whose target is missing changes nothing. */
export function applyOperation(state: RoleState, operation: Operation): RoleState {
  switch (operation.kind) {
    case 'PutRolePolicy':
      return { ...state, inline: putInline(state, operation.policyName, operation.after) }
    case 'DeleteRolePolicy':
      return { ...state, inline: state.inline.filter(({ name }) => !sameName(name, operation.policyName)) }
    case 'AttachRolePolicy':
      if (state.attached.some(({ arn }) => arn === operation.policyArn)) return state
      return attachmentsMoved(
        { ...state, attached: [...state.attached, { name: operation.policyName, arn: operation.policyArn }] },
        operation.policyArn,
        1,
      )
    case 'DetachRolePolicy':
      if (!state.attached.some(({ arn }) => arn === operation.policyArn)) return state
      return attachmentsMoved(
        { ...state, attached: state.attached.filter(({ arn }) => arn !== operation.policyArn) },
        operation.policyArn,
        -1,
      )
    case 'UpdateAssumeRolePolicy':
      return { ...state, trust: operation.after }
    case 'CreatePolicy': {
      const { policyName: name, policyArn: arn, document, tags } = operation
      const version = { versionId: 'v1', isDefault: true, createDate: null, text: document }
      const created = { name, arn, defaultVersionId: 'v1', attachmentCount: 0, boundaryUseCount: 0, versions: [version], tags }
      return { ...state, managed: [...state.managed.filter((policy) => policy.arn !== arn), created] }
    }
    case 'DeletePolicy':
      return { ...state, managed: state.managed.filter(({ arn }) => arn !== operation.policyArn) }
    case 'CreatePolicyVersion':
      return mapManaged(state, operation.policyArn, (policy) => addVersion(policy, operation.newText))
    case 'SetDefaultPolicyVersion':
      return mapManaged(state, operation.policyArn, (policy) => setDefault(policy, operation.oldVersionId))
    case 'DeletePolicyVersion':
      return mapManaged(state, operation.policyArn, (policy) => ({
        ...policy,
        versions: policy.versions.filter(
          ({ versionId, isDefault, text }) => isDefault || text !== operation.newText || operation.theirs?.includes(versionId) === true,
        ),
      }))
    default:
      return unreachable(operation)
  }
}

export const applyOperations = (state: RoleState, operations: readonly Operation[]): RoleState => operations.reduce(applyOperation, state)

/** IAM compares names without case: writing another spelling replaces the document and keeps the old spelling. */
export const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** The text of an inline policy; null when there is none of this name. */
export const inlineText = (state: RoleState, policyName: string): string | null =>
  state.inline.find(({ name }) => sameName(name, policyName))?.text ?? null

function putInline(state: RoleState, policyName: string, text: string): RoleState['inline'] {
  const known = state.inline.some(({ name }) => sameName(name, policyName))
  if (!known) return [...state.inline, { name: policyName, text }]
  return state.inline.map((policy) => (sameName(policy.name, policyName) ? { ...policy, text } : policy))
}

const mapManaged = (state: RoleState, arn: Arn, change: (policy: ManagedPolicyState) => ManagedPolicyState): RoleState => ({
  ...state,
  managed: state.managed.map((policy) => (policy.arn === arn ? change(policy) : policy)),
})

const attachmentsMoved = (state: RoleState, arn: Arn, by: number): RoleState =>
  mapManaged(state, arn, (policy) => ({ ...policy, attachmentCount: policy.attachmentCount + by }))

function addVersion(policy: ManagedPolicyState, text: string): ManagedPolicyState {
  const newest = Math.max(0, ...policy.versions.map(({ versionId }) => Number.parseInt(versionId.slice(1), 10) || 0))
  const versionId = `v${newest + 1}`
  return setDefault({ ...policy, versions: [...policy.versions, { versionId, isDefault: false, createDate: null, text }] }, versionId)
}

const setDefault = (policy: ManagedPolicyState, id: string): ManagedPolicyState => ({
  ...policy,
  defaultVersionId: id,
  versions: policy.versions.map((version) => ({ ...version, isDefault: version.versionId === id })),
})
