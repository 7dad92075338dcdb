import { randomBytes } from 'node:crypto'
import { evaluateRequest, requestContext } from '../../policy/evaluate/index.ts'
import { requestContext as everyRequest } from '../authorisation/request-context.ts'
import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import { sessionArn } from '../callers/caller.ts'
import { callerLayers } from '../callers/principal-policies.ts'
import { entityArn } from '../iam/shapes.ts'
import { daysBefore } from '../observation/role-observation.ts'
import type { QueryOperation } from '../protocol/query.ts'
import type { QueryParams } from '../protocol/query-params.ts'
import { element, wrap } from '../protocol/xml.ts'
import { entityId } from '../state/ids.ts'
import { nextCount } from '../state/meta.ts'
import { findRole, type StoredRole } from '../state/role-table.ts'
import { insertSession } from '../state/session-table.ts'
import { sessionPoliciesAsked } from './session-policies.ts'
import { trustOf } from './trust.ts'

const ACTION = 'sts:AssumeRole'
const DEFAULT_SECONDS = 3_600
/** A session that opens another one may not make it longer. */
const CHAINED_SECONDS = 3_600
/** Sessions are remembered for so long after their end. */
const KEPT_DAYS = 90

export const assumeRole: QueryOperation = {
  effect: 'job',
  run(params, context) {
    const arn = params.required('RoleArn', { min: 20, max: 2048 })
    const name = params.required('RoleSessionName', { min: 2, max: 64, pattern: /^[\w+=,.@-]*$/ })
    const seconds = params.integer('DurationSeconds', { min: 900, max: 43_200 }) ?? DEFAULT_SECONDS
    const policies = sessionPoliciesAsked(params, context)
    const role = trustingRole(arn, name, params, context)
    const most = context.caller.kind === 'session' ? Math.min(CHAINED_SECONDS, role.maxSession) : role.maxSession
    if (seconds > most)
      throw new AwsError(
        'ValidationError',
        400,
        context.caller.kind === 'session'
          ? 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining'
          : 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      )
    const expiresAt = daysBefore(context.now, -seconds / 86_400)
    const accessKey = entityId('ASIA', `${role.id} ${name} ${context.now} ${nextCount(context.database)}`)
    const token = randomBytes(96).toString('base64')
    const session = { accessKey, token, roleId: role.id, name, policies, tags: params.tags(), createdAt: context.now, expiresAt }
    insertSession(context.database, session, daysBefore(context.now, KEPT_DAYS))
    return credentials(session) + assumedRole(role, name, context) + (policies.length > 0 ? element('PackedPolicySize', 6) : '')
  },
}

/** The role, where its trust policy and the caller's own policies let the caller in; else AWS's denial, which tells no more. */
function trustingRole(arn: string, sessionName: string, params: QueryParams, context: CallContext): StoredRole {
  const role = findRole(context.database, arn.slice(arn.lastIndexOf('/') + 1))
  const denied = (reason: string) =>
    new AwsError('AccessDenied', 403, `User: ${context.caller.arn} is not authorized to perform: ${ACTION} on resource: ${arn}${reason}`)
  if (role === null || entityArn(context, 'role', role.path, role.name) !== arn) throw denied('')
  const keys = { ...everyRequest(context), ...assumptionKeys(sessionName, params) }
  const request = { principal: context.caller.arn, action: ACTION, resource: arn, context: requestContext(Object.entries(keys)) }
  const trust = trustOf(role.trust, request, context)
  if (trust === 'denied') throw denied(' with an explicit deny in the role trust policy')
  if (trust === 'not-trusted') throw denied(` because no role trust policy allows the ${ACTION} action`)
  const own = evaluateRequest(callerLayers(context.caller, context), request)
  if (own.decision === 'explicitDeny') throw denied(' with an explicit deny in an identity-based policy')
  if (own.decision === 'implicitDeny' && trust === 'trusted-through-account')
    throw denied(` because no identity-based policy allows the ${ACTION} action`)
  return role
}

function assumptionKeys(sessionName: string, params: QueryParams): Readonly<Record<string, string | readonly string[]>> {
  const externalId = params.optional('ExternalId', { min: 2, max: 1224 })
  const sourceIdentity = params.optional('SourceIdentity', { min: 2, max: 64 })
  const tags = params.tags()
  return {
    'sts:RoleSessionName': sessionName,
    ...(externalId === null ? {} : { 'sts:ExternalId': externalId }),
    ...(sourceIdentity === null ? {} : { 'sts:SourceIdentity': sourceIdentity }),
    ...(tags.length === 0 ? {} : { 'aws:TagKeys': tags.map(({ key }) => key) }),
    ...Object.fromEntries(tags.map(({ key, value }) => [`aws:RequestTag/${key}`, value])),
    // A serial number stands for a second factor: its code is not checked, like signatures.
    ...(params.optional('SerialNumber') === null ? {} : { 'aws:MultiFactorAuthPresent': 'true', 'aws:MultiFactorAuthAge': '0' }),
  }
}

function credentials({ accessKey, token, expiresAt }: { accessKey: string; token: string; expiresAt: string }): string {
  const secret = randomBytes(30).toString('base64')
  return wrap(
    'Credentials',
    element('AccessKeyId', accessKey) +
      element('SecretAccessKey', secret) +
      element('SessionToken', token) +
      element('Expiration', expiresAt),
  )
}

function assumedRole(role: StoredRole, session: string, context: CallContext): string {
  return wrap(
    'AssumedRoleUser',
    element('AssumedRoleId', `${role.id}:${session}`) + element('Arn', sessionArn(context, role.name, session)),
  )
}
