import { policySize } from '../../policy/size.ts'
import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import { newestUse, usesAt } from '../observation/usage.ts'
import type { QueryOperations } from '../protocol/query.ts'
import { members, wrap } from '../protocol/xml.ts'
import { attachedArns } from '../state/attachment-table.ts'
import { entityId } from '../state/ids.ts'
import { inlinePoliciesOf } from '../state/inline-policy-table.ts'
import { instanceProfilesOf } from '../state/instance-profile-table.ts'
import { nextCount } from '../state/meta.ts'
import {
  countRoles,
  deleteRole,
  findRole,
  forgetPrincipal,
  insertRole,
  rolesAfter,
  type StoredRole,
  setTrust,
  updateRole,
} from '../state/role-table.ts'
import { usageOf } from '../state/usage-table.ts'
import { attachablePolicyAsked, limitExceeded, roleAsked, roleToChange, roleToDescribe } from './lookup.ts'
import { cutPage, pageEnd, pageRequest } from './paging.ts'
import { deleteConflict } from './policies.ts'
import { quotas } from './quotas.ts'
import * as rules from './rules.ts'
import { boundaryElement, entityArn, roleCore, roleLastUsed, tagList } from './shapes.ts'
import { tagsAsked } from './tags.ts'
import { checkTrustDocument } from './trust-document.ts'

/** Roles as a whole, and who may take them. */
export const roleOperations: QueryOperations = {
  ListRoles: {
    effect: 'read',
    run(params, context) {
      const pathPrefix = params.optional('PathPrefix', rules.pathPrefix)
      const page = pageRequest(params, `ListRoles ${pathPrefix}`)
      const rows = rolesAfter(context.database, { after: page.after, limit: page.limit + 1, pathPrefix })
      const { shown, next } = cutPage(rows, page.limit, (role) => role.name.toLowerCase())
      return members('Roles', shown, (role) => roleCore(role, context)) + pageEnd(next, page.question)
    },
  },

  GetRole: {
    effect: 'read',
    run(params, context) {
      const role = roleAsked(params, context)
      const last = newestUse(usesAt(usageOf(context.database, role.id), context.now))
      const tags = role.tags.length > 0 ? tagList(role.tags) : ''
      return wrap('Role', roleCore(role, context) + boundaryElement(role.boundary) + tags + roleLastUsed(last))
    },
  },

  CreateRole: {
    effect: 'write',
    run(params, context) {
      const { database, now } = context
      const name = params.required('RoleName', rules.roleName)
      const path = params.optional('Path', rules.path) ?? '/'
      const trust = params.required('AssumeRolePolicyDocument', rules.policyDocument)
      const description = params.optional('Description', rules.roleDescription)
      const maxSession = params.integer('MaxSessionDuration', { min: 3600, max: 43_200 }) ?? 3600
      const boundary = params.optional('PermissionsBoundary', rules.policyArn)
      const tags = tagsAsked(params)
      if (/^\/aws-(service-role|reserved)\//.test(path))
        throw new AwsError('AccessDenied', 403, `Not authorized to create a role with path ${path}`)
      checkTrust(trust, context)
      if (boundary !== null) attachablePolicyAsked(params, context, 'PermissionsBoundary')
      if (findRole(database, name) !== null) throw new AwsError('EntityAlreadyExists', 409, `Role with name ${name} already exists.`)
      if (countRoles(database) >= quotas.RolesQuota) throw limitExceeded(`Cannot exceed quota for RolesPerAccount: ${quotas.RolesQuota}`)
      const role: StoredRole = {
        id: entityId('AROA', `${context.accountId}/${name}/${nextCount(database)}`),
        name,
        path,
        createDate: now,
        trust,
        description: description === '' ? null : description,
        maxSession,
        boundary,
        tags,
      }
      insertRole(database, role)
      return wrap('Role', roleCore(role, context) + boundaryElement(boundary) + (role.tags.length > 0 ? tagList(role.tags) : ''))
    },
  },

  DeleteRole: {
    effect: 'write',
    run(params, context) {
      const role = roleToChange(params, context)
      if (attachedArns(context.database, role.id).length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.')
      if (inlinePoliciesOf(context.database, role.id).length > 0) throw deleteConflict('Cannot delete entity, must delete policies first.')
      if (instanceProfilesOf(context.database, role.id).length > 0)
        throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.')
      deleteRole(context.database, role.id)
      forgetPrincipal(context.database, entityArn(context, 'role', role.path, role.name), role.id)
      return null
    },
  },

  UpdateRole: {
    effect: 'write',
    run(params, context) {
      const maxSession = params.integer('MaxSessionDuration', { min: 3600, max: 43_200 })
      const description = params.optional('Description', rules.roleDescription)
      const role = maxSession === null ? roleToDescribe(params, context) : roleToChange(params, context)
      updateRole(context.database, role.id, { description, maxSession })
      return ''
    },
  },

  UpdateRoleDescription: {
    effect: 'write',
    run(params, context) {
      const description = params.required('Description', rules.roleDescription)
      const role = roleToDescribe(params, context)
      updateRole(context.database, role.id, { description, maxSession: null })
      return wrap('Role', roleCore({ ...role, description }, context))
    },
  },

  UpdateAssumeRolePolicy: {
    effect: 'write',
    run(params, context) {
      const trust = params.required('PolicyDocument', rules.policyDocument)
      const role = roleToChange(params, context)
      checkTrust(trust, context)
      setTrust(context.database, role.id, trust)
      return null
    },
  },
}

function checkTrust(document: string, context: CallContext): void {
  checkTrustDocument(document, context)
  if (policySize(document) > quotas.AssumeRolePolicySizeQuota)
    throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${quotas.AssumeRolePolicySizeQuota}`)
}
