import { AwsError } from '../aws-error.ts'
import type { QueryOperations } from '../protocol/query.ts'
import { element, members } from '../protocol/xml.ts'
import { attach, attachedArns, detach, type PolicyUser, usersOfPolicy } from '../state/attachment-table.ts'
import { attachablePolicyAsked, limitExceeded, managedPolicyAsked, noSuchEntity, roleAsked, roleToChange } from './lookup.ts'
import { pageEnd, pageOf, pageRequest } from './paging.ts'
import { quotas } from './quotas.ts'
import * as rules from './rules.ts'
import { attachedPolicy } from './shapes.ts'

/** Managed policies on roles, and who has a managed policy. */
export const attachmentOperations: QueryOperations = {
  ListAttachedRolePolicies: {
    effect: 'read',
    run(params, context) {
      const role = roleAsked(params, context)
      const prefix = params.optional('PathPrefix', rules.pathPrefix) ?? '/'
      const page = pageRequest(params, `ListAttachedRolePolicies ${role.id} ${prefix}`)
      const arns = attachedArns(context.database, role.id).filter((arn) =>
        arn.slice(arn.indexOf(':policy') + ':policy'.length).startsWith(prefix),
      )
      const { shown, next } = pageOf([...arns].sort(), page, (arn) => arn)
      return members('AttachedPolicies', shown, attachedPolicy) + pageEnd(next, page.question)
    },
  },

  AttachRolePolicy: {
    effect: 'write',
    run(params, context) {
      const policy = attachablePolicyAsked(params, context)
      const role = roleToChange(params, context)
      if (policy.path.startsWith('/aws-service-role/'))
        throw new AwsError('PolicyNotAttachable', 400, 'Cannot attach a Service Role Policy to a Customer Role.')
      const attached = attachedArns(context.database, role.id)
      if (attached.includes(policy.arn)) return null
      if (attached.length >= quotas.AttachedPoliciesPerRoleQuota)
        throw limitExceeded(`Cannot exceed quota for PoliciesPerRole: ${quotas.AttachedPoliciesPerRoleQuota}`)
      attach(context.database, role.id, policy.arn)
      return null
    },
  },

  DetachRolePolicy: {
    effect: 'write',
    run(params, context) {
      const arn = params.required('PolicyArn', rules.policyArn)
      const role = roleToChange(params, context)
      if (!detach(context.database, role.id, arn)) throw noSuchEntity(`Policy ${arn} was not found.`)
      return null
    },
  },

  ListEntitiesForPolicy: {
    effect: 'read',
    run(params, context) {
      const policy = managedPolicyAsked(params, context)
      const entity = params.optional('EntityFilter', { oneOf: ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'] })
      const usage = params.optional('PolicyUsageFilter', rules.usageFilter)
      const prefix = params.optional('PathPrefix', rules.pathPrefix) ?? '/'
      const page = pageRequest(params, `ListEntitiesForPolicy ${policy.arn} ${entity} ${usage} ${prefix}`)
      const found = [
        ...(usage === 'PermissionsBoundary' ? [] : usersOfPolicy(context.database, policy.arn, 'attached')),
        ...(usage === 'PermissionsPolicy' ? [] : usersOfPolicy(context.database, policy.arn, 'boundary')),
      ]
      const wanted = [...new Map(found.map((user) => [user.id, user])).values()]
        .filter((user) => (entity === null || entity.toLowerCase() === user.kind) && user.path.startsWith(prefix))
        .sort((a, b) => (positionOf(a) < positionOf(b) ? -1 : 1))
      const { shown, next } = pageOf(wanted, page, positionOf)
      const list = (name: string, kind: PolicyUser['kind'], label: string) =>
        members(
          name,
          shown.filter((user) => user.kind === kind),
          (user) => element(`${label}Name`, user.name) + element(`${label}Id`, user.id),
        )
      return (
        list('PolicyGroups', 'group', 'Group') +
        list('PolicyUsers', 'user', 'User') +
        list('PolicyRoles', 'role', 'Role') +
        pageEnd(next, page.question)
      )
    },
  },
}

function positionOf(user: PolicyUser): string {
  return `${user.kind} ${user.name.toLowerCase()}`
}
