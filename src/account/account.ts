import type { PolicyDocument } from '../policy/document.ts'
import type { Arn, Iso } from '../policy/names.ts'

export type Tag = { readonly key: string; readonly value: string }

/** A policy that stands in a role, user or group itself. `text` is the decoded document, byte for byte. */
export type InlinePolicy = { readonly name: string; readonly text: string }

export type AttachedPolicy = { readonly name: string; readonly arn: Arn }

export type PolicyVersionText = {
  readonly versionId: string
  readonly isDefault: boolean
  readonly createDate: Iso | null
  readonly text: string
}

/** A customer managed or AWS managed policy with the versions that the account's answer carries. */
export type ManagedPolicy = {
  readonly name: string
  readonly arn: Arn
  readonly policyId: string | null
  readonly path: string
  readonly defaultVersionId: string | null
  /** Attachments over all principals; null where the source does not say. */
  readonly attachmentCount: number | null
  readonly boundaryUseCount: number | null
  readonly createDate: Iso | null
  readonly updateDate: Iso | null
  readonly versions: readonly PolicyVersionText[]
}

/** Names of principals share one space an account: a role is known by ARN *and* RoleId, since names are reused. */
export type Role = {
  readonly roleName: string
  readonly arn: Arn
  readonly roleId: string
  readonly path: string
  readonly createDate: Iso | null
  readonly description: string | null
  /** The trust policy's text, decoded; null where the source carries none. */
  readonly trust: string | null
  readonly inline: readonly InlinePolicy[]
  readonly attached: readonly AttachedPolicy[]
  readonly boundary: Arn | null
  readonly tags: readonly Tag[]
  readonly lastUsed: Iso | null
  readonly instanceProfiles: readonly Arn[]
}

export type User = {
  readonly userName: string
  readonly arn: Arn
  readonly userId: string
  readonly path: string
  readonly createDate: Iso | null
  readonly inline: readonly InlinePolicy[]
  readonly attached: readonly AttachedPolicy[]
  readonly groups: readonly string[]
  readonly boundary: Arn | null
  readonly tags: readonly Tag[]
}

export type Group = {
  readonly groupName: string
  readonly arn: Arn
  readonly path: string
  readonly inline: readonly InlinePolicy[]
  readonly attached: readonly AttachedPolicy[]
}

/** Something in the source that could not be read: it flags its principal and never stops the scan. */
export type AccountProblem = { readonly arn: Arn | null; readonly place: string; readonly message: string }

/** Everything `GetAccountAuthorizationDetails` tells, parsed. */
export type Account = {
  /** Twelve digits; null where no ARN of the source names one. */
  readonly accountId: string | null
  readonly partition: string
  readonly roles: readonly Role[]
  readonly users: readonly User[]
  readonly groups: readonly Group[]
  readonly policies: ReadonlyMap<Arn, ManagedPolicy>
  readonly problems: readonly AccountProblem[]
  /** What documents say that the source gave as objects, by the inline policy or the version that carries the document. */
  readonly documents?: ReadonlyMap<object, PolicyDocument>
}
