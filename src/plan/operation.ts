import type { Tag } from '../account/account.ts'
import type { Arn } from '../policy/names.ts'

/**
 * One AWS write. Its kind is the IAM API's name; what it carries is enough to check its precondition, to do it, to read it
 * back and to undo it. Documents are texts, byte for byte.
 */
export type Operation =
  | { readonly kind: 'PutRolePolicy'; readonly policyName: string; readonly before: string | null; readonly after: string }
  | { readonly kind: 'DeleteRolePolicy'; readonly policyName: string; readonly before: string }
  | { readonly kind: 'AttachRolePolicy'; readonly policyName: string; readonly policyArn: Arn }
  | { readonly kind: 'DetachRolePolicy'; readonly policyName: string; readonly policyArn: Arn }
  | { readonly kind: 'UpdateAssumeRolePolicy'; readonly before: string; readonly after: string }
  | (OwnPolicy & { readonly kind: 'CreatePolicy' })
  | (OwnPolicy & { readonly kind: 'DeletePolicy' })
  | (VersionSwitch & { readonly kind: 'CreatePolicyVersion' })
  | (VersionSwitch & { readonly kind: 'SetDefaultPolicyVersion' })
  | (VersionSwitch & { readonly kind: 'DeletePolicyVersion' })

/** A customer managed policy that the program makes for one role. */
export type OwnPolicy = {
  readonly policyName: string
  readonly path: string
  readonly policyArn: Arn
  readonly document: string
  readonly description: string
  readonly tags: readonly Tag[]
}

/**
 * A new default version of a policy (`CreatePolicyVersion`), the switch back to the old one (`SetDefaultPolicyVersion`) and
 * the removal of the new one (`DeletePolicyVersion`): all three speak of the same pair. The new version is known by its text,
 * since AWS numbers it, and by not having been there before.
 */
export type VersionSwitch = {
  readonly policyArn: Arn
  readonly oldVersionId: string
  readonly oldText: string
  readonly newText: string
  /** Ids of versions that were there before the change: never ours, whatever they say. */
  readonly theirs?: readonly string[] | undefined
  /** The default version of somebody else that a rollback takes away because the admin said so. */
  readonly over?: { readonly versionId: string; readonly text: string } | undefined
}

export type OperationKind = Operation['kind']

/** What an operation acts on: the name of a policy of the role, the ARN of a policy that gets a version, or the trust policy. */
export function operationTarget(operation: Operation): string {
  if ('policyName' in operation) return operation.policyName
  return 'policyArn' in operation ? operation.policyArn : 'trust policy'
}

/** Whether an operation writes to the role itself, not to a managed policy. */
export const touchesRole = ({ kind }: Operation): boolean => kind.endsWith('RolePolicy')
