import type { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import type { Service, ServiceCall } from '../protocol/service.ts'
import { nextCount } from '../state/meta.ts'
import { insertTrailEvent, type TrailResource } from '../state/trail-event-table.ts'
import { eventId } from './event-id.ts'
import { callerIdentity, eventRecord } from './event-record.ts'

type Recorded = {
  readonly service: Service
  readonly call: ServiceCall
  readonly requestId: string
  /** The body of the answer; null where the call was refused. */
  readonly answer: string | null
  readonly error: AwsError | null
}

const READING = /^(Get|List|Describe|Lookup|Simulate|Validate|Check|Assume)/
/** Parameters that name a resource, and how CloudTrail calls such resources. */
const resourceTypes: Readonly<Record<string, string>> = {
  RoleName: 'AWS::IAM::Role',
  RoleArn: 'AWS::IAM::Role',
  UserName: 'AWS::IAM::User',
  GroupName: 'AWS::IAM::Group',
  PolicyName: 'AWS::IAM::Policy',
  PolicyArn: 'AWS::IAM::Policy',
  InstanceProfileName: 'AWS::IAM::InstanceProfile',
}

/**
 * Whether event history keeps a call. Reads that were allowed are left out, unlike on AWS: a scan makes thousands, and each
 * would be a write to the file.
 */
export function isRecorded({ call, error }: Pick<Recorded, 'call' | 'error'>): boolean {
  return error?.code === 'AccessDenied' || call.effect === 'write' || call.operation === 'AssumeRole'
}

export function recordCall({ service, call, requestId, answer, error }: Recorded, context: CallContext): void {
  const { caller, now, accountId } = context
  const region = service.id === 'iam' || service.id === 'organizations' ? 'us-east-1' : context.region
  const id = eventId(now, `${requestId} ${nextCount(context.database)}`)
  const readOnly = READING.test(call.operation)
  const resources: TrailResource[] = Object.entries(resourceTypes).flatMap(([parameter, type]) => {
    const name = call.params[parameter]
    return typeof name === 'string' ? [{ type, name }] : []
  })
  const roleArns = resources.filter(({ name }) => name.startsWith('arn:') && name.includes(':role/'))
  const record = eventRecord({
    id,
    at: now,
    region,
    accountId,
    source: service.eventSource,
    name: call.operation,
    readOnly,
    identity: callerIdentity(caller, accountId),
    sourceIp: '127.0.0.1',
    userAgent: 'aws-sdk',
    error: error === null ? null : { code: service.codeOf(error), message: error.message },
    requestParameters: error?.code === 'AccessDenied' ? null : trailParameters(call.params),
    responseElements: responseElements(answer, readOnly && call.operation !== 'AssumeRole'),
    requestId,
    ...(roleArns.length > 0 ? { resources: roleArns.map(({ name, type }) => ({ accountId, type, ARN: name })) } : {}),
  })
  insertTrailEvent(context.database, {
    id,
    at: now,
    region,
    source: service.eventSource,
    name: call.operation,
    username: caller.kind === 'user' ? caller.name : caller.sessionName,
    accessKey: caller.accessKeyId,
    readOnly,
    roleArn: caller.kind === 'session' ? caller.principalArn : null,
    error: error === null ? null : service.codeOf(error),
    resources: withCreatedKey(resources, call, answer),
    record: JSON.stringify(record),
  })
}

/** `PolicyDocument` → `policyDocument`; lists of the query protocol are left out. */
function trailParameters(params: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(params)
      .filter(([name]) => !name.includes('.') && !/password/i.test(name))
      .map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
  )
}

/** Of an answer only the new access key and its session are kept: they lead from one event to the next. */
function responseElements(answer: string | null, isRead: boolean): object | null {
  if (answer === null || isRead) return null
  const [, accessKeyId] = /<AccessKeyId>(\w+)<\/AccessKeyId>/.exec(answer) ?? []
  const [, expiration] = /<Expiration>([^<]+)<\/Expiration>/.exec(answer) ?? []
  if (accessKeyId === undefined) return null
  return expiration === undefined ? { accessKey: { accessKeyId } } : { credentials: { accessKeyId, expiration } }
}

function withCreatedKey(resources: readonly TrailResource[], call: ServiceCall, answer: string | null): readonly TrailResource[] {
  const [, key] = call.operation === 'CreateAccessKey' ? (/<AccessKeyId>(\w+)</.exec(answer ?? '') ?? []) : []
  return key === undefined ? resources : [...resources, { type: 'AWS::IAM::AccessKey', name: key }]
}
