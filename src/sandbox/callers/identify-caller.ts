import { AwsError } from '../aws-error.ts'
import { type ArnOwner, entityArn } from '../iam/shapes.ts'
import { findAccessKey } from '../state/credential-table.ts'
import type { Database } from '../state/database.ts'
import { entityId } from '../state/ids.ts'
import { roleWithId } from '../state/role-table.ts'
import { findSession } from '../state/session-table.ts'
import { findUser, userWithId } from '../state/user-table.ts'
import { type Caller, sessionArn } from './caller.ts'

/** What a request proves of its sender. Signatures are not verified: this account is on loopback and holds no secrets. */
export type Credentials = { readonly accessKeyId: string; readonly sessionToken: string | null }

type Ground = ArnOwner & { readonly database: Database; readonly now: string }

/** Who signs with a key that is not one of the account's. */
export const ADMINISTRATOR = 'demo-admin'

/** Throws what AWS answers to credentials that it does not take (any more). */
export function identifyCaller({ accessKeyId, sessionToken }: Credentials, ground: Ground): Caller {
  return sessionCaller(accessKeyId, sessionToken, ground) ?? keyCaller(accessKeyId, ground) ?? administrator(accessKeyId, ground)
}

function sessionCaller(accessKeyId: string, token: string | null, ground: Ground): Caller | null {
  const session = findSession(ground.database, accessKeyId)
  if (session === null) return null
  const role = roleWithId(ground.database, session.roleId)
  if (role === null || session.token !== token) throw invalidToken()
  if (session.expiresAt <= ground.now) throw new AwsError('ExpiredToken', 403, 'The security token included in the request is expired')
  return {
    kind: 'session',
    arn: sessionArn(ground, role.name, session.name),
    userId: `${role.id}:${session.name}`,
    accessKeyId,
    principalArn: entityArn(ground, 'role', role.path, role.name),
    principalId: role.id,
    tags: [...role.tags.filter(({ key }) => !session.tags.some((tag) => tag.key === key)), ...session.tags],
    role,
    sessionName: session.name,
    sessionPolicies: session.policies,
    startedAt: session.createdAt,
  }
}

function keyCaller(accessKeyId: string, ground: Ground): Caller | null {
  const key = findAccessKey(ground.database, accessKeyId)
  if (key === null) return null
  const user = userWithId(ground.database, key.userId)
  if (user === null || key.status !== 'Active') throw invalidToken()
  const arn = entityArn(ground, 'user', user.path, user.name)
  const who = { arn, userId: user.id, accessKeyId, principalArn: arn, principalId: user.id, tags: user.tags }
  return { ...who, kind: 'user', name: user.name, boundary: user.boundary, isStored: true }
}

function administrator(accessKeyId: string, ground: Ground): Caller {
  const user = findUser(ground.database, ADMINISTRATOR)
  const id = user?.id ?? entityId('AIDA', `${ground.accountId}/${ADMINISTRATOR}`)
  const arn = entityArn(ground, 'user', user?.path ?? '/', ADMINISTRATOR)
  return {
    kind: 'user',
    arn,
    userId: id,
    accessKeyId,
    principalArn: arn,
    principalId: id,
    tags: user?.tags ?? [],
    name: ADMINISTRATOR,
    boundary: user?.boundary ?? null,
    isStored: user !== null,
  }
}

function invalidToken(): AwsError {
  return new AwsError('InvalidClientTokenId', 403, 'The security token included in the request is invalid')
}
