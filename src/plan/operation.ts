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
  | {
      readonly kind: 'CreatePolicy'
      readonly policyName: string
      readonly path: string
      readonly policyArn: Arn
      readonly document: string
      readonly description: string
      readonly tags: readonly Tag[]
    }
  | { readonly kind: 'DeletePolicy'; readonly policyName: string; readonly policyArn: Arn; readonly document: string }
  | {
      readonly kind: 'CreatePolicyVersion'
      readonly policyArn: Arn
      readonly beforeVersionId: string
      readonly before: string
      readonly after: string
    }
  | {
      readonly kind: 'SetDefaultPolicyVersion'
      readonly policyArn: Arn
      readonly versionId: string
      /** The default's text before and after the call. */
      readonly before: string
      readonly after: string
    }
  | { readonly kind: 'DeletePolicyVersion'; readonly policyArn: Arn; readonly document: string }

export type OperationKind = Operation['kind']
