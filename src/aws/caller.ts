import { parseArn } from '../account/parse-arn.ts'
import type { Caller } from '../ports/aws.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import type { AwsClients } from './clients.ts'
import { callAws } from './failure.ts'

const operation = 'GetCallerIdentity'

/**
 * Who is asking. The ARN of a session names its role without the path, and names are reused: `roleId` is the part of the
 * user id before the session's name (`AROA…:session`), else what GetRole says.
 */
export async function readCaller(clients: AwsClients, readRoleId: (roleName: string) => Promise<string | null>): Promise<Caller> {
  const client = await clients.sts()
  const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts')
  const identity = await callAws(operation, 'read', () => client.send(new GetCallerIdentityCommand({})))
  const arn = identity.Arn ?? ''
  const parts = parseArn(arn)
  const accountId = identity.Account ?? parts?.accountId ?? arn.split(':')[4]
  if (!accountId) throw new AwsFailure({ kind: 'unavailable', code: '', operation, message: `${operation}: the answer names no account` })

  const roleName = arn.split(':')[2] === 'sts' && parts?.kind === 'assumed-role' ? (parts.path.split('/')[1] ?? null) : null
  const fromUserId = /^(AROA\w+):/.exec(identity.UserId ?? '')?.[1] ?? null
  return {
    arn,
    accountId,
    partition: arn.split(':')[1] || 'aws',
    roleName,
    roleId: roleName === null ? null : (fromUserId ?? (await readRoleId(roleName))),
    isRoot: arn.endsWith(':root'),
  }
}
