import type { CallContext } from '../call-context.ts'
import type { ContextKeys } from './requirement.ts'

/**
 * The condition keys that every request has, whatever it asks for. The sandbox stands for AWS's own endpoint, so its requests
 * count as encrypted although loopback carries them.
 */
export function requestContext({ caller, now, region, accountId }: CallContext): ContextKeys {
  return {
    'aws:PrincipalArn': caller.principalArn,
    'aws:PrincipalAccount': accountId,
    'aws:PrincipalType': caller.kind === 'user' ? 'User' : 'AssumedRole',
    'aws:PrincipalIsAWSService': 'false',
    'aws:userid': caller.userId,
    ...(caller.kind === 'user' ? { 'aws:username': caller.name } : sessionKeys(caller.startedAt)),
    ...Object.fromEntries(caller.tags.map(({ key, value }) => [`aws:PrincipalTag/${key}`, value])),
    'aws:ResourceAccount': accountId,
    'aws:RequestedRegion': region,
    'aws:CurrentTime': now,
    'aws:EpochTime': String(Math.floor(Date.parse(now) / 1000)),
    'aws:SecureTransport': 'true',
    'aws:SourceIp': '127.0.0.1',
    'aws:ViaAWSService': 'false',
  }
}

function sessionKeys(startedAt: string): ContextKeys {
  return { 'aws:MultiFactorAuthPresent': 'false', 'aws:TokenIssueTime': startedAt }
}
