import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import type { QueryOperations } from '../protocol/query.ts'
import { wrap } from '../protocol/xml.ts'
import { attachedArns } from '../state/attachment-table.ts'
import { accessKeysOf, loginProfileOf, mfaDevicesOf } from '../state/credential-table.ts'
import { entityId } from '../state/ids.ts'
import { inlinePoliciesOf } from '../state/inline-policy-table.ts'
import { nextCount } from '../state/meta.ts'
import { forgetPrincipal } from '../state/role-table.ts'
import {
  countUsers,
  deleteUser,
  findUser,
  groupsOfUser,
  insertUser,
  renameUser,
  type StoredUser,
  setUserBoundary,
} from '../state/user-table.ts'
import { attachablePolicyAsked, limitExceeded, noSuchEntity, userAsked } from './lookup.ts'
import { deleteConflict } from './policies.ts'
import { quotas } from './quotas.ts'
import * as rules from './rules.ts'
import { boundaryElement, entityArn, tagList, userCore } from './shapes.ts'
import { tagsAsked } from './tags.ts'

/** Users made, renamed, bounded and deleted. */
export const userChangeOperations: QueryOperations = {
  CreateUser: {
    effect: 'write',
    run(params, context) {
      const { database, now } = context
      const name = params.required('UserName', rules.userName)
      const path = params.optional('Path', rules.path) ?? '/'
      const boundary = params.optional('PermissionsBoundary', rules.policyArn)
      const tags = tagsAsked(params)
      if (boundary !== null) attachablePolicyAsked(params, context, 'PermissionsBoundary')
      refuseTaken(name, context)
      if (countUsers(database) >= quotas.UsersQuota) throw limitExceeded(`Cannot exceed quota for UsersPerAccount: ${quotas.UsersQuota}`)
      const id = entityId('AIDA', `${context.accountId}/${name}/${nextCount(database)}`)
      const user: StoredUser = { id, name, path, createDate: now, boundary, tags, passwordLastUsed: null }
      insertUser(database, user)
      return wrap('User', userCore(user, context) + boundaryElement(boundary) + (tags.length > 0 ? tagList(tags) : ''))
    },
  },

  UpdateUser: {
    effect: 'write',
    run(params, context) {
      const user = userAsked(params, context)
      const name = params.optional('NewUserName', rules.userName) ?? user.name
      const path = params.optional('NewPath', rules.path) ?? user.path
      if (name.toLowerCase() !== user.name.toLowerCase()) refuseTaken(name, context)
      renameUser(context.database, user.id, { name, path })
      return null
    },
  },

  DeleteUser: {
    effect: 'write',
    run(params, context) {
      const { database } = context
      const user = userAsked(params, context)
      for (const [holds, sentence] of conflicts) if (holds(user.id, context)) throw deleteConflict(sentence)
      deleteUser(database, user.id)
      forgetPrincipal(database, entityArn(context, 'user', user.path, user.name), user.id)
      return null
    },
  },

  PutUserPermissionsBoundary: {
    effect: 'write',
    run(params, context) {
      const policy = attachablePolicyAsked(params, context, 'PermissionsBoundary')
      setUserBoundary(context.database, userAsked(params, context).id, policy.arn)
      return null
    },
  },

  DeleteUserPermissionsBoundary: {
    effect: 'write',
    run(params, context) {
      const user = userAsked(params, context)
      if (user.boundary === null) throw noSuchEntity(`User ${user.name} has no permissions boundary.`)
      setUserBoundary(context.database, user.id, null)
      return null
    },
  },
}

type Conflict = readonly [holds: (userId: string, context: CallContext) => boolean, sentence: string]

/** What must be gone before a user can be deleted, in the order in which IAM looks. */
const conflicts: readonly Conflict[] = [
  [(id, { database }) => groupsOfUser(database, id).length > 0, 'Cannot delete entity, must remove users from group first.'],
  [(id, { database }) => attachedArns(database, id).length > 0, 'Cannot delete entity, must detach all policies first.'],
  [(id, { database }) => inlinePoliciesOf(database, id).length > 0, 'Cannot delete entity, must delete policies first.'],
  [(id, { database }) => accessKeysOf(database, id).length > 0, 'Cannot delete entity, must delete access keys first.'],
  [(id, { database }) => mfaDevicesOf(database, id).length > 0, 'Cannot delete entity, must delete MFA device first.'],
  [(id, { database }) => loginProfileOf(database, id) !== null, 'Cannot delete entity, must delete login profile first.'],
]

function refuseTaken(name: string, { database }: CallContext): void {
  if (findUser(database, name) !== null) throw new AwsError('EntityAlreadyExists', 409, `User with name ${name} already exists.`)
}
