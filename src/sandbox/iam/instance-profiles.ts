import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import type { QueryOperations } from '../protocol/query.ts'
import type { QueryParams } from '../protocol/query-params.ts'
import { members, wrap } from '../protocol/xml.ts'
import { entityId } from '../state/ids.ts'
import {
  deleteInstanceProfile,
  findInstanceProfile,
  insertInstanceProfile,
  instanceProfilesAfter,
  instanceProfilesOf,
  type StoredInstanceProfile,
  setProfileRole,
} from '../state/instance-profile-table.ts'
import { nextCount } from '../state/meta.ts'
import { roleWithId } from '../state/role-table.ts'
import { limitExceeded, noSuchEntity, roleAsked } from './lookup.ts'
import { cutPage, pageEnd, pageOf, pageRequest } from './paging.ts'
import { deleteConflict } from './policies.ts'
import * as rules from './rules.ts'
import { profileCore, roleHead } from './shapes.ts'

/** Instance profiles: what hands a role to EC2. */
export const instanceProfileOperations: QueryOperations = {
  ListInstanceProfiles: {
    effect: 'read',
    run(params, context) {
      const pathPrefix = params.optional('PathPrefix', rules.pathPrefix)
      const page = pageRequest(params, `ListInstanceProfiles ${pathPrefix}`)
      const rows = instanceProfilesAfter(context.database, { after: page.after, limit: page.limit + 1, pathPrefix })
      const { shown, next } = cutPage(rows, page.limit, (profile) => profile.name.toLowerCase())
      return members('InstanceProfiles', shown, (profile) => whole(profile, context)) + pageEnd(next, page.question)
    },
  },

  ListInstanceProfilesForRole: {
    effect: 'read',
    run(params, context) {
      const role = roleAsked(params, context)
      const page = pageRequest(params, `ListInstanceProfilesForRole ${role.id}`)
      const { shown, next } = pageOf(instanceProfilesOf(context.database, role.id), page, (profile) => profile.name.toLowerCase())
      return members('InstanceProfiles', shown, (profile) => whole(profile, context)) + pageEnd(next, page.question)
    },
  },

  GetInstanceProfile: {
    effect: 'read',
    run(params, context) {
      return wrap('InstanceProfile', whole(profileAsked(params, context), context))
    },
  },

  CreateInstanceProfile: {
    effect: 'write',
    run(params, context) {
      const name = params.required('InstanceProfileName', rules.profileName)
      const path = params.optional('Path', rules.path) ?? '/'
      if (findInstanceProfile(context.database, name) !== null)
        throw new AwsError('EntityAlreadyExists', 409, `Instance Profile ${name} already exists.`)
      const id = entityId('AIPA', `${context.accountId}/${name}/${nextCount(context.database)}`)
      const profile = { id, name, path, createDate: context.now, roleId: null }
      insertInstanceProfile(context.database, profile)
      return wrap('InstanceProfile', whole(profile, context))
    },
  },

  DeleteInstanceProfile: {
    effect: 'write',
    run(params, context) {
      const profile = profileAsked(params, context)
      if (profile.roleId !== null) throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.')
      deleteInstanceProfile(context.database, profile.id)
      return null
    },
  },

  AddRoleToInstanceProfile: {
    effect: 'write',
    run(params, context) {
      const profile = profileAsked(params, context)
      const role = roleAsked(params, context)
      if (profile.roleId !== null) throw limitExceeded('Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1')
      setProfileRole(context.database, profile.id, role.id)
      return null
    },
  },

  RemoveRoleFromInstanceProfile: {
    effect: 'write',
    run(params, context) {
      const profile = profileAsked(params, context)
      const role = roleAsked(params, context)
      if (profile.roleId !== role.id) throw noSuchEntity(`The role with name ${role.name} is not in the instance profile.`)
      setProfileRole(context.database, profile.id, null)
      return null
    },
  },
}

function profileAsked(params: QueryParams, { database }: CallContext): StoredInstanceProfile {
  const name = params.required('InstanceProfileName', rules.profileName)
  const profile = findInstanceProfile(database, name)
  if (profile === null) throw noSuchEntity(`Instance Profile ${name} cannot be found.`)
  return profile
}

function whole(profile: StoredInstanceProfile, context: CallContext): string {
  const role = profile.roleId === null ? null : roleWithId(context.database, profile.roleId)
  return profileCore(profile, context) + members('Roles', role === null ? [] : [role], (one) => roleHead(one, context))
}
