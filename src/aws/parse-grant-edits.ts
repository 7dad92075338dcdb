import { type GrantEdit, type GrantEditKind, newestFirst } from '../evidence/grant-history.ts'
import type { Iso } from '../policy/names.ts'
import type { CloudTrailEvent } from './parse-cloudtrail.ts'

/** The events that tell when a grant came to be, or ceased. */
export const grantEventNames = [
  'PutRolePolicy',
  'DeleteRolePolicy',
  'AttachRolePolicy',
  'DetachRolePolicy',
  'SetDefaultPolicyVersion',
  'CreatePolicyVersion',
] as const

/** Edits of roles' policies that were carried out, newest first. */
export function parseGrantEdits(events: readonly CloudTrailEvent[]): readonly GrantEdit[] {
  return newestFirst(events.flatMap((event) => editOf(event) ?? []))
}

function editOf({
  eventName,
  eventSource,
  eventTime: at,
  errorCode,
  requestParameters,
  responseElements,
}: CloudTrailEvent): GrantEdit | null {
  if (!at || errorCode || (eventSource && eventSource !== 'iam.amazonaws.com')) return null
  const name = (key: string): string => textOf(requestParameters?.[key])
  if (eventName === 'CreatePolicyVersion') {
    if (requestParameters?.setAsDefault !== true && name('setAsDefault') !== 'true') return null
    return versionEdit(name('policyArn'), textOf(Object(responseElements?.policyVersion).versionId), at)
  }
  if (eventName === 'SetDefaultPolicyVersion') return versionEdit(name('policyArn'), name('versionId'), at)
  const kind = grantEventNames.find((known) => known === eventName)
  return kind === undefined ? null : roleEdit(kind, name, at)
}

const versionEdit = (policyArn: string, versionId: string, at: Iso): GrantEdit | null =>
  policyArn === '' || versionId === '' ? null : { kind: 'SetDefaultPolicyVersion', policyArn, versionId, at }

function roleEdit(kind: string, name: (key: string) => string, at: Iso): GrantEdit | null {
  const [roleName, policyName, policyArn] = [name('roleName'), name('policyName'), name('policyArn')]
  if (roleName === '') return null
  const is = (wanted: GrantEditKind, target: string): boolean => kind === wanted && target !== ''
  if (is('PutRolePolicy', policyName)) return { kind: 'PutRolePolicy', roleName, policyName, text: name('policyDocument') || null, at }
  if (is('DeleteRolePolicy', policyName)) return { kind: 'DeleteRolePolicy', roleName, policyName, at }
  if (is('AttachRolePolicy', policyArn)) return { kind: 'AttachRolePolicy', roleName, policyArn, at }
  if (is('DetachRolePolicy', policyArn)) return { kind: 'DetachRolePolicy', roleName, policyArn, at }
  return null
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
