import type { QueryOperations } from '../protocol/query.ts'
import { element, members } from '../protocol/xml.ts'
import { type PolicyUser, usersOfPolicy } from '../state/attachment-table.ts'
import { managedPolicyAsked } from './lookup.ts'
import { pageEnd, pageOf, pageRequest } from './paging.ts'
import * as rules from './rules.ts'

/** Who has a managed policy. */
export const policyEntityOperations: QueryOperations = {
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
