import type { ContextKeys } from '../authorisation/requirement.ts'
import type { CallContext } from '../call-context.ts'
import { sessionArn } from '../callers/caller.ts'
import { entityArn } from '../iam/shapes.ts'
import { entityId, uuidFrom } from '../state/ids.ts'
import type { StoredRole } from '../state/role-table.ts'

type Ground = Pick<CallContext, 'accountId' | 'partition'>

/** What runs as a role: its session's name, as the service that took the role would call it. */
export function sessionName(role: StoredRole): string {
  const service = /"([a-z0-9-]+)\.amazonaws\.com"/.exec(role.trust)?.[1] ?? ''
  if (service === 'ec2') return `i-0${uuidFrom(role.id).replaceAll('-', '').slice(0, 16)}`
  return service === 'lambda' ? role.name.replace(/-role$/, '') : role.name
}

export function workloadArn(role: StoredRole, ground: Ground): string {
  return sessionArn(ground, role.name, sessionName(role))
}

/** Sessions last half a day: each has an access key of its own, which tells its half day and its role. */
export const SESSION_MS = 43_200_000

export function sessionStart(at: number): number {
  return Math.floor(at / SESSION_MS) * SESSION_MS
}

const DIGITS = '234567ABCDEFGHIJKLMNOPQRSTUVWXYZ'

export function sessionKey(role: Pick<StoredRole, 'id'>, at: number): string {
  const place = Math.floor(at / SESSION_MS)
  const written = [...place.toString(32).padStart(4, '0')].map((digit) => DIGITS.charAt(Number.parseInt(digit, 32))).join('')
  return `ASIA${written}${entityId('ASIA', role.id).slice(4, 16)}`
}

/** What a role's workload shows policies of itself. */
export function workloadKeys(role: StoredRole, region: string, ground: Ground & { readonly now: string }): ContextKeys {
  return {
    'aws:PrincipalArn': entityArn(ground, 'role', role.path, role.name),
    'aws:PrincipalAccount': ground.accountId,
    'aws:PrincipalType': 'AssumedRole',
    'aws:userid': `${role.id}:${sessionName(role)}`,
    ...Object.fromEntries(role.tags.map(({ key, value }) => [`aws:PrincipalTag/${key}`, value])),
    'aws:RequestedRegion': region,
    'aws:ResourceAccount': ground.accountId,
    'aws:CurrentTime': ground.now,
    'aws:EpochTime': String(Math.floor(Date.parse(ground.now) / 1000)),
    'aws:SecureTransport': 'true',
    'aws:SourceIp': '10.0.12.34',
    'aws:ViaAWSService': 'false',
    'aws:MultiFactorAuthPresent': 'false',
  }
}
