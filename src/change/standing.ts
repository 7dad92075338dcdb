/**
 * Where one operation stands in the live account: still to do, done, or neither, because somebody else was there. Every
 * decision to write, to skip or to stop is made from this, so a crash or a lost answer needs no guess.
 */
import type { AttachedPolicy, InlinePolicy } from '../account/account.ts'
import type { ManagedPolicyState } from '../account/role-state.ts'
import type { Operation, VersionSwitch } from '../plan/operation.ts'
import { defaultText } from '../plan/role-state-policies.ts'
import { unreachable } from '../policy/names.ts'
import { sameDocument } from '../policy/same-document.ts'

export type Standing = 'before' | 'after' | 'other'

/** What was read for the operation: only the part that its kind speaks of. */
export type Seen =
  | { readonly kind: 'inline'; readonly policy: InlinePolicy | null }
  | { readonly kind: 'attached'; readonly policies: readonly AttachedPolicy[] }
  | { readonly kind: 'managed'; readonly policy: ManagedPolicyState | null }
  | { readonly kind: 'trust'; readonly text: string | null }

/** What must be read to know an operation's standing. */
export type Sight =
  | { readonly kind: 'inline'; readonly policyName: string }
  | { readonly kind: 'attached' }
  | { readonly kind: 'managed'; readonly policyArn: string }
  | { readonly kind: 'trust' }

export function sightFor(operation: Operation): Sight {
  switch (operation.kind) {
    case 'PutRolePolicy':
    case 'DeleteRolePolicy':
      return { kind: 'inline', policyName: operation.policyName }
    case 'AttachRolePolicy':
    case 'DetachRolePolicy':
      return { kind: 'attached' }
    case 'UpdateAssumeRolePolicy':
      return { kind: 'trust' }
    default:
      return { kind: 'managed', policyArn: operation.policyArn }
  }
}

export function standingOf(operation: Operation, seen: Seen): Standing {
  switch (seen.kind) {
    case 'inline':
      return inlineStanding(operation, seen.policy?.text ?? null)
    case 'attached':
      return attachmentStanding(operation, seen.policies)
    case 'managed':
      return managedStanding(operation, seen.policy)
    case 'trust':
      return trustStanding(operation, seen.text)
    default:
      return unreachable(seen)
  }
}

function inlineStanding(operation: Operation, text: string | null): Standing {
  if (operation.kind !== 'PutRolePolicy' && operation.kind !== 'DeleteRolePolicy') return 'other'
  const after = operation.kind === 'PutRolePolicy' ? operation.after : null
  if (sameDocument(text, after)) return 'after'
  return sameDocument(text, operation.before) ? 'before' : 'other'
}

function trustStanding(operation: Operation, text: string | null): Standing {
  if (operation.kind !== 'UpdateAssumeRolePolicy' || text === null) return 'other'
  if (sameDocument(text, operation.after)) return 'after'
  return sameDocument(text, operation.before) ? 'before' : 'other'
}

function attachmentStanding(operation: Operation, policies: readonly AttachedPolicy[]): Standing {
  if (operation.kind !== 'AttachRolePolicy' && operation.kind !== 'DetachRolePolicy') return 'other'
  const attached = policies.some(({ arn }) => arn === operation.policyArn)
  return attached === (operation.kind === 'AttachRolePolicy') ? 'after' : 'before'
}

function managedStanding(operation: Operation, policy: ManagedPolicyState | null): Standing {
  switch (operation.kind) {
    case 'CreatePolicy':
      if (policy === null) return 'before'
      return sameDocument(defaultText(policy), operation.document) ? 'after' : 'other'
    case 'DeletePolicy':
      if (policy === null) return 'after'
      return sameDocument(defaultText(policy), operation.document) && !isInUse(policy) ? 'before' : 'other'
    case 'CreatePolicyVersion':
      if (policy === null) return 'other'
      if (isOurDefault(policy, operation)) return 'after'
      return sameDocument(defaultText(policy), operation.oldText) && isOurRolesAlone(policy) ? 'before' : 'other'
    case 'SetDefaultPolicyVersion':
      if (policy === null) return 'other'
      if (policy.defaultVersionId === operation.oldVersionId || isOldAnew(policy, operation)) return 'after'
      if (policy.defaultVersionId === operation.over?.versionId) return 'before'
      return sameDocument(defaultText(policy), operation.newText) ? 'before' : 'other'
    case 'DeletePolicyVersion':
      if (policy === null) return 'after'
      if (isOurDefault(policy, operation) && !sameDocument(operation.oldText, operation.newText)) return 'other'
      return spareVersion(policy, operation) === null ? 'after' : 'before'
    default:
      return 'other'
  }
}

/** IAM deletes no policy that is attached or a boundary. */
export const isInUse = ({ attachmentCount, boundaryUseCount }: ManagedPolicyState): boolean => attachmentCount > 0 || boundaryUseCount > 0

/** A new default version changes the rights of everybody who has the policy. */
const isOurRolesAlone = ({ attachmentCount, boundaryUseCount }: ManagedPolicyState): boolean =>
  attachmentCount <= 1 && boundaryUseCount === 0

type OurText = Pick<VersionSwitch, 'newText' | 'theirs'>

const isOurDefault = (policy: ManagedPolicyState, { newText, theirs = [] }: OurText): boolean =>
  sameDocument(defaultText(policy), newText) && !theirs.includes(policy.defaultVersionId)

/** The id of our version where it is not the default. */
export const spareVersion = (policy: ManagedPolicyState, { newText, theirs = [] }: OurText): string | null =>
  policy.versions.find(({ versionId, isDefault, text }) => !isDefault && !theirs.includes(versionId) && sameDocument(text, newText))
    ?.versionId ?? null

export const hasVersion = ({ versions }: ManagedPolicyState, id: string): boolean => versions.some(({ versionId }) => versionId === id)

/** Somebody deleted the old version: its text came back under another number. */
const isOldAnew = (policy: ManagedPolicyState, { oldVersionId, oldText }: VersionSwitch): boolean =>
  !hasVersion(policy, oldVersionId) && sameDocument(defaultText(policy), oldText)
