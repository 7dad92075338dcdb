/**
 * What event history tells of the edits of roles' policies. The API gives inline documents and attachments no date, so their
 * age comes from here: from the event that wrote them, or, where history is whole since some day and knows of none, from
 * before that day. History that is a mere sample (saved events) dates only what it names.
 */
import type { Arn, Iso } from '../policy/names.ts'

type InlineEdit = { readonly roleName: string; readonly policyName: string; readonly at: Iso }
type Attachment = { readonly roleName: string; readonly policyArn: Arn; readonly at: Iso }

export type GrantEdit =
  /** `text` null: the event leaves the document out. */
  | (InlineEdit & { readonly kind: 'PutRolePolicy'; readonly text: string | null })
  | (InlineEdit & { readonly kind: 'DeleteRolePolicy' })
  | (Attachment & { readonly kind: 'AttachRolePolicy' })
  | (Attachment & { readonly kind: 'DetachRolePolicy' })
  /** A version came into force: it was made the default, or born as such. */
  | { readonly kind: 'SetDefaultPolicyVersion'; readonly policyArn: Arn; readonly versionId: string; readonly at: Iso }

export type GrantEditKind = GrantEdit['kind']

export type GrantHistory = {
  /** Every edit since then is in it; null where it is a sample. */
  readonly wholeSince: Iso | null
  /** Newest first. */
  readonly edits: readonly GrantEdit[]
}

export const noHistory: GrantHistory = { wholeSince: null, edits: [] }

type Holder = { readonly roleName: string; readonly createDate: Iso | null }

/** Names of roles and policies do not tell upper from lower case; a role of the same name before this one was another. */
const isOn = ({ roleName, createDate }: Holder, edit: { readonly roleName: string; readonly at: Iso }): boolean =>
  edit.roleName.toLowerCase() === roleName.toLowerCase() && (createDate === null || edit.at >= createDate)

/** Edits of one inline policy, newest first. */
export function inlineEdits({ edits }: GrantHistory, role: Holder, policyName: string) {
  const name = policyName.toLowerCase()
  return edits.flatMap((edit) =>
    (edit.kind === 'PutRolePolicy' || edit.kind === 'DeleteRolePolicy') && isOn(role, edit) && edit.policyName.toLowerCase() === name
      ? [edit]
      : [],
  )
}

/** Since when the policy has been attached without a break, as far as history tells; null where it tells nothing. */
export function attachedSince({ edits }: GrantHistory, role: Holder, policyArn: Arn): Iso | null {
  let since: Iso | null = null
  for (const edit of edits) {
    if ((edit.kind !== 'AttachRolePolicy' && edit.kind !== 'DetachRolePolicy') || edit.policyArn !== policyArn || !isOn(role, edit))
      continue
    if (edit.kind === 'DetachRolePolicy') return since
    since = edit.at
  }
  return since
}

/** The versions that came into force, newest first. */
export function switchesOf({ edits }: GrantHistory, policyArn: Arn) {
  return edits.flatMap((edit) => (edit.kind === 'SetDefaultPolicyVersion' && edit.policyArn === policyArn ? [edit] : []))
}

export const newestFirst = (edits: readonly GrantEdit[]): readonly GrantEdit[] =>
  edits.toSorted((a, b) => (a.at > b.at ? -1 : a.at < b.at ? 1 : 0))
