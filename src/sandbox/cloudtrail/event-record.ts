/** CloudTrail's record of one call: the JSON that `LookupEvents` gives as a text. */
import type { Caller } from '../callers/caller.ts'

export type RecordFacts = {
  readonly id: string
  readonly at: string
  readonly region: string
  readonly accountId: string
  readonly source: string
  readonly name: string
  readonly readOnly: boolean
  readonly identity: object
  readonly sourceIp: string
  readonly userAgent: string
  readonly error: { readonly code: string; readonly message: string } | null
  readonly requestParameters: object | null
  readonly responseElements: object | null
  readonly requestId: string
  /** As records hold them: `{ARN, type, accountId}`. */
  readonly resources?: readonly object[]
}

export function eventRecord(facts: RecordFacts): Readonly<Record<string, unknown>> {
  const { error, resources } = facts
  return {
    eventVersion: '1.11',
    userIdentity: facts.identity,
    eventTime: facts.at,
    eventSource: facts.source,
    eventName: facts.name,
    awsRegion: facts.region,
    sourceIPAddress: facts.sourceIp,
    userAgent: facts.userAgent,
    ...(error === null ? {} : { errorCode: error.code, errorMessage: error.message }),
    requestParameters: facts.requestParameters,
    responseElements: facts.responseElements,
    requestID: facts.requestId,
    eventID: facts.id,
    readOnly: facts.readOnly,
    ...(resources === undefined ? {} : { resources }),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: facts.accountId,
    eventCategory: 'Management',
  }
}

export type SessionFacts = {
  readonly arn: string
  readonly roleArn: string
  readonly roleId: string
  readonly roleName: string
  readonly sessionName: string
  readonly accessKeyId: string
  readonly startedAt: string
}

export function sessionIdentity(session: SessionFacts, accountId: string): object {
  return {
    type: 'AssumedRole',
    principalId: `${session.roleId}:${session.sessionName}`,
    arn: session.arn,
    accountId,
    accessKeyId: session.accessKeyId,
    sessionContext: {
      sessionIssuer: { type: 'Role', principalId: session.roleId, arn: session.roleArn, accountId, userName: session.roleName },
      attributes: { creationDate: session.startedAt, mfaAuthenticated: 'false' },
    },
  }
}

export function callerIdentity(caller: Caller, accountId: string): object {
  if (caller.kind === 'user')
    return {
      type: 'IAMUser',
      principalId: caller.userId,
      arn: caller.arn,
      accountId,
      accessKeyId: caller.accessKeyId,
      userName: caller.name,
    }
  const { arn, principalArn, principalId, role, sessionName, accessKeyId, startedAt } = caller
  return sessionIdentity(
    { arn, roleArn: principalArn, roleId: principalId, roleName: role.name, sessionName, accessKeyId, startedAt },
    accountId,
  )
}
