import type { CallContext } from '../call-context.ts'
import { deniedCode, deniedMessage, trailName } from '../cloudtrail/event-names.ts'
import { eventRecord, sessionIdentity } from '../cloudtrail/event-record.ts'
import { entityArn } from '../iam/shapes.ts'
import { uuidFrom } from '../state/ids.ts'
import type { StoredTrailEvent } from '../state/trail-event-table.ts'
import { type Call, refusalAt } from './calls.ts'
import { SESSION_MS, sessionKey, sessionName, sessionStart, workloadArn } from './workload.ts'

/** A call of a workload as event history shows it. */
export function callEvent(call: Call, context: CallContext): StoredTrailEvent {
  return call.habit.opensSession ? openingEvent(call, context) : workloadEvent(call, context)
}

function workloadEvent({ habit, at, id }: Call, context: CallContext): StoredTrailEvent {
  const { role, action, region } = habit
  const { source, name } = trailName(action)
  const message = refusalAt(habit, at)
  const error = message === null ? null : { code: deniedCode(action), message: deniedMessage(action, message) }
  const roleArn = entityArn(context, 'role', role.path, role.name)
  const accessKeyId = sessionKey(role, at)
  const startedAt = iso(sessionStart(at))
  const session = { arn: workloadArn(role, context), roleArn, roleId: role.id, roleName: role.name, sessionName: sessionName(role) }
  const readOnly = isReading(action, context)
  const record = eventRecord({
    ...placed(id, at, region, context),
    source,
    name,
    readOnly,
    identity: sessionIdentity({ ...session, accessKeyId, startedAt }, context.accountId),
    sourceIp: '10.0.12.34',
    userAgent: 'aws-sdk-java/2.29.0 Linux/5.10',
    error,
    requestParameters: null,
    responseElements: null,
  })
  return {
    ...{ id, at: iso(at), region, source, name, readOnly, roleArn },
    username: sessionName(role),
    accessKey: accessKeyId,
    error: error?.code ?? null,
    resources: [],
    record: JSON.stringify(record),
  }
}

/** The service that runs the workload takes the role. */
function openingEvent({ habit: { role, region }, at, id }: Call, context: CallContext): StoredTrailEvent {
  const roleArn = entityArn(context, 'role', role.path, role.name)
  const service = /"([a-z0-9.-]+\.amazonaws\.com)"/.exec(role.trust)?.[1] ?? 'sts.amazonaws.com'
  const record = eventRecord({
    ...placed(id, at, region, context),
    source: 'sts.amazonaws.com',
    name: 'AssumeRole',
    readOnly: true,
    identity: { type: 'AWSService', invokedBy: service },
    sourceIp: service,
    userAgent: service,
    error: null,
    requestParameters: { roleArn, roleSessionName: sessionName(role) },
    responseElements: {
      credentials: { accessKeyId: sessionKey(role, at), sessionToken: '***', expiration: iso(at + SESSION_MS) },
      assumedRoleUser: { assumedRoleId: `${role.id}:${sessionName(role)}`, arn: workloadArn(role, context) },
    },
    resources: [{ accountId: context.accountId, type: 'AWS::IAM::Role', ARN: roleArn }],
  })
  return {
    ...{ id, at: iso(at), region, source: 'sts.amazonaws.com', name: 'AssumeRole', readOnly: true, error: null },
    username: null,
    accessKey: null,
    roleArn: null,
    resources: [
      { type: 'AWS::IAM::Role', name: roleArn },
      { type: 'AWS::STS::AssumedRole', name: workloadArn(role, context) },
      { type: 'AWS::IAM::AccessKey', name: sessionKey(role, at) },
    ],
    record: JSON.stringify(record),
  }
}

function placed(id: string, at: number, region: string, { accountId }: CallContext) {
  return { id, at: iso(at), region, accountId, requestId: uuidFrom(`request ${id}`) }
}

/** IAM counts the opening of a session as writing, CloudTrail as reading. */
const OPENS_SESSION = /^sts:(AssumeRole|GetFederationToken|GetSessionToken)/

export function isReading(action: string, context: CallContext): boolean {
  if (OPENS_SESSION.test(action)) return true
  const { universe } = context.grants()
  const level = universe.catalogAction(universe.indexOf(action) ?? -1)?.level
  return level === 'Read' || level === 'List'
}

function iso(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}
