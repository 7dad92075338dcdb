import type { Arn } from '../policy/names.ts'
import type { AttachedPolicy, InlinePolicy, PolicyVersionText, Tag } from './account.ts'

/** A managed policy as far as a role's change can touch it. */
export type ManagedPolicyState = {
  readonly name: string
  readonly arn: Arn
  readonly defaultVersionId: string
  readonly attachmentCount: number
  readonly boundaryUseCount: number
  readonly versions: readonly PolicyVersionText[]
  readonly tags: readonly Tag[]
}

/**
 * The exact permission state of one role: what a snapshot keeps and what a rollback compares with.
 * Policies of AWS carry their default version only; customer managed policies carry every version.
 */
export type RoleState = {
  readonly roleName: string
  readonly arn: Arn
  readonly roleId: string
  readonly path: string
  readonly description: string | null
  readonly trust: string
  readonly boundary: Arn | null
  readonly tags: readonly Tag[]
  readonly inline: readonly InlinePolicy[]
  readonly attached: readonly AttachedPolicy[]
  readonly managed: readonly ManagedPolicyState[]
}
