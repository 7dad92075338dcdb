import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import type { QueryOperations } from '../protocol/query.ts'
import { members, wrap } from '../protocol/xml.ts'
import { attachedArns } from '../state/attachment-table.ts'
import { entityId } from '../state/ids.ts'
import { inlinePoliciesOf } from '../state/inline-policy-table.ts'
import { nextCount } from '../state/meta.ts'
import {
  addMembership,
  countGroups,
  deleteGroup,
  findGroup,
  groupsOfUser,
  insertGroup,
  removeMembership,
  renameGroup,
  type StoredGroup,
  usersOfGroup,
} from '../state/user-table.ts'
import { groupAsked, limitExceeded, noSuchEntity, userAsked } from './lookup.ts'
import { pageEnd, pageOf, pageRequest } from './paging.ts'
import { deleteConflict } from './policies.ts'
import { quotas } from './quotas.ts'
import * as rules from './rules.ts'
import { groupCore, userCore } from './shapes.ts'

/** Groups and who is in them. */
export const groupOperations: QueryOperations = {
  GetGroup: {
    effect: 'read',
    run(params, context) {
      const group = groupAsked(params, context)
      const page = pageRequest(params, `GetGroup ${group.id}`)
      const { shown, next } = pageOf(usersOfGroup(context.database, group.id), page, (user) => user.name.toLowerCase())
      return (
        wrap('Group', groupCore(group, context)) + members('Users', shown, (user) => userCore(user, context)) + pageEnd(next, page.question)
      )
    },
  },

  ListGroupsForUser: {
    effect: 'read',
    run(params, context) {
      const user = userAsked(params, context)
      const page = pageRequest(params, `ListGroupsForUser ${user.id}`)
      const { shown, next } = pageOf(groupsOfUser(context.database, user.id), page, (group) => group.name.toLowerCase())
      return members('Groups', shown, (group) => groupCore(group, context)) + pageEnd(next, page.question)
    },
  },

  CreateGroup: {
    effect: 'write',
    run(params, context) {
      const name = params.required('GroupName', rules.groupName)
      const path = params.optional('Path', rules.path) ?? '/'
      refuseTaken(name, context)
      if (countGroups(context.database) >= quotas.GroupsQuota)
        throw limitExceeded(`Cannot exceed quota for GroupsPerAccount: ${quotas.GroupsQuota}`)
      const id = entityId('AGPA', `${context.accountId}/${name}/${nextCount(context.database)}`)
      const group: StoredGroup = { id, name, path, createDate: context.now }
      insertGroup(context.database, group)
      return wrap('Group', groupCore(group, context))
    },
  },

  UpdateGroup: {
    effect: 'write',
    run(params, context) {
      const group = groupAsked(params, context)
      const name = params.optional('NewGroupName', rules.groupName) ?? group.name
      const path = params.optional('NewPath', rules.path) ?? group.path
      if (name.toLowerCase() !== group.name.toLowerCase()) refuseTaken(name, context)
      renameGroup(context.database, group.id, { name, path })
      return null
    },
  },

  DeleteGroup: {
    effect: 'write',
    run(params, context) {
      const { id } = groupAsked(params, context)
      if (usersOfGroup(context.database, id).length > 0) throw deleteConflict('Cannot delete entity, must remove users from group first.')
      if (attachedArns(context.database, id).length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.')
      if (inlinePoliciesOf(context.database, id).length > 0) throw deleteConflict('Cannot delete entity, must delete policies first.')
      deleteGroup(context.database, id)
      return null
    },
  },

  AddUserToGroup: {
    effect: 'write',
    run(params, context) {
      const group = groupAsked(params, context)
      const user = userAsked(params, context)
      if (groupsOfUser(context.database, user.id).length >= quotas.GroupsPerUserQuota)
        throw limitExceeded(`Cannot exceed quota for GroupsPerUser: ${quotas.GroupsPerUserQuota}`)
      addMembership(context.database, user.id, group.id)
      return null
    },
  },

  RemoveUserFromGroup: {
    effect: 'write',
    run(params, context) {
      const group = groupAsked(params, context)
      const user = userAsked(params, context)
      if (!groupsOfUser(context.database, user.id).some(({ id }) => id === group.id))
        throw noSuchEntity(`User ${user.name} is not in group ${group.name}.`)
      removeMembership(context.database, user.id, group.id)
      return null
    },
  },
}

function refuseTaken(name: string, { database }: CallContext): void {
  if (findGroup(database, name) !== null) throw new AwsError('EntityAlreadyExists', 409, `Group with name ${name} already exists.`)
}
