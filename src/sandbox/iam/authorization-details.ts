/**
 * GetAccountAuthorizationDetails: one walk through users, roles, groups and policies. `MaxItems` is one budget for the
 * whole walk, so the first pages of a large account hold no policy at all, and a marker names the section it stopped in:
 *
 *   MaxItems 100 in an account of 47 users and 128 roles → 47 users + 53 roles, marker "roles after <the 53rd>"
 */
import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import type { NewestUse } from '../observation/newest-uses.ts'
import type { QueryOperations } from '../protocol/query.ts'
import { documentElement, element, members, wrap } from '../protocol/xml.ts'
import { attachedArnsByOwner, policyArnsInUse } from '../state/attachment-table.ts'
import { inlinePoliciesByOwner, type StoredInlinePolicy } from '../state/inline-policy-table.ts'
import { instanceProfilesByRole, type StoredInstanceProfile } from '../state/instance-profile-table.ts'
import { storedPoliciesAfter } from '../state/policy-table.ts'
import { rolesAfter, type StoredRole } from '../state/role-table.ts'
import { groupNamesByUser, groupsAfter, type StoredGroup, type StoredUser, usersAfter } from '../state/user-table.ts'
import { type ManagedPolicyRecord, versionsOfPolicy } from './lookup.ts'
import { pageEnd, pageRequest } from './paging.ts'
import {
  attachedPolicy,
  boundaryElement,
  groupCore,
  policyCore,
  profileCore,
  roleHead,
  roleLastUsed,
  tagList,
  userCore,
  versionCore,
} from './shapes.ts'

type FilterName = 'User' | 'Role' | 'Group' | 'LocalManagedPolicy' | 'AWSManagedPolicy'

/** One part of the walk: reads rows after a key and writes them. `key` ascends. */
type Section = {
  readonly filter: FilterName
  readonly list: 'UserDetailList' | 'RoleDetailList' | 'GroupDetailList' | 'Policies'
  read(context: CallContext, after: string, limit: number): readonly Row[]
}
type Row = { readonly key: string; write(): string }

const sections: readonly Section[] = [
  {
    filter: 'User',
    list: 'UserDetailList',
    read(context, after, limit) {
      const users = usersAfter(context.database, { after, limit })
      const groups = groupNamesByUser(
        context.database,
        users.map(({ id }) => id),
      )
      const facts: UserFacts = { ...policiesOf(users, context), groups }
      return users.map((user) => ({ key: user.name.toLowerCase(), write: () => userDetail(user, facts, context) }))
    },
  },
  {
    filter: 'Role',
    list: 'RoleDetailList',
    read(context, after, limit) {
      const roles = rolesAfter(context.database, { after, limit })
      const ids = roles.map(({ id }) => id)
      const facts: RoleFacts = {
        ...policiesOf(roles, context),
        profiles: instanceProfilesByRole(context.database, ids),
        newest: context.newestUses(context.database, context.now),
      }
      return roles.map((role) => ({ key: role.name.toLowerCase(), write: () => roleDetail(role, facts, context) }))
    },
  },
  {
    filter: 'Group',
    list: 'GroupDetailList',
    read(context, after, limit) {
      const groups = groupsAfter(context.database, { after, limit })
      const policies = policiesOf(groups, context)
      return groups.map((group) => ({ key: group.name.toLowerCase(), write: () => groupDetail(group, policies, context) }))
    },
  },
  {
    filter: 'LocalManagedPolicy',
    list: 'Policies',
    read: (context, after, limit) =>
      storedPoliciesAfter(context.database, after, limit).map((policy) => ({
        key: policy.name.toLowerCase(),
        write: () => policyDetail({ ...policy, isAws: false }, context),
      })),
  },
  {
    filter: 'AWSManagedPolicy',
    list: 'Policies',
    read(context, after, limit) {
      const inUse = policyArnsInUse(context.database)
      return context.awsManaged.list
        .filter((policy) => inUse.has(policy.arn) && policy.arn > after)
        .sort((a, b) => (a.arn < b.arn ? -1 : 1))
        .slice(0, limit)
        .map((policy) => ({ key: policy.arn, write: () => policyDetail({ ...policy, isAws: true }, context) }))
    },
  },
]

export const authorizationDetailOperations: QueryOperations = {
  GetAccountAuthorizationDetails: {
    effect: 'read',
    run(params, context) {
      const filter = params.list('Filter')
      const unknown = filter.find((name) => !sections.some((section) => section.filter === name))
      if (unknown !== undefined) throw unknownFilter(unknown)
      const page = pageRequest(params, `GetAccountAuthorizationDetails ${[...filter].sort().join(',')}`)
      const chosen = sections.filter((section) => filter.length === 0 || filter.includes(section.filter))
      const { lists, next } = walk(chosen, page, context)
      const detail = (list: Section['list']) => wrap(list, lists.get(list) ?? '')
      return (
        detail('UserDetailList') + detail('GroupDetailList') + detail('RoleDetailList') + detail('Policies') + pageEnd(next, page.question)
      )
    },
  },
}

function walk(chosen: readonly Section[], page: { after: string; limit: number }, context: CallContext) {
  const lists = new Map<Section['list'], string>()
  const [startName, startKey] = splitPosition(page.after)
  let left = page.limit
  let last: string | null = null
  let started = startName === ''
  for (const section of chosen) {
    const here = section.filter === startName
    if (!started && !here) continue
    started = true
    const rows = section.read(context, here ? startKey : '', left + 1)
    const shown = rows.slice(0, left)
    let list = lists.get(section.list) ?? ''
    for (const row of shown) list += wrap('member', row.write())
    lists.set(section.list, list)
    left -= shown.length
    last = shown.length > 0 ? `${section.filter} ${shown.at(-1)?.key}` : last
    if (rows.length > shown.length) return { lists, next: last ?? `${section.filter} ` }
  }
  return { lists, next: null }
}

function splitPosition(position: string): readonly [string, string] {
  const space = position.indexOf(' ')
  return space < 0 ? ['', ''] : [position.slice(0, space), position.slice(space + 1)]
}

function unknownFilter(name: string): AwsError {
  const known = sections.map((section) => section.filter).join(', ')
  const demand = `Member must satisfy constraint: [Member must satisfy enum value set: [${known}]]`
  return new AwsError(
    'ValidationError',
    400,
    `1 validation error detected: Value '[${name}]' at 'filter' failed to satisfy constraint: ${demand}`,
  )
}

/** What a page of principals has, read for all of them at once. */
type Policies = {
  readonly inline: ReadonlyMap<string, readonly StoredInlinePolicy[]>
  readonly attached: ReadonlyMap<string, readonly string[]>
}
type UserFacts = Policies & { readonly groups: ReadonlyMap<string, readonly string[]> }
type RoleFacts = Policies & {
  readonly profiles: ReadonlyMap<string, readonly StoredInstanceProfile[]>
  newest(owner: string): NewestUse | null
}

function policiesOf(principals: readonly { readonly id: string }[], { database }: CallContext): Policies {
  const ids = principals.map(({ id }) => id)
  return { inline: inlinePoliciesByOwner(database, ids), attached: attachedArnsByOwner(database, ids) }
}

function inlineList(name: string, policies: readonly StoredInlinePolicy[] = []): string {
  return members(name, policies, (policy) => element('PolicyName', policy.name) + documentElement('PolicyDocument', policy.document))
}

function userDetail(user: StoredUser, { inline, attached, groups }: UserFacts, context: CallContext): string {
  return (
    userCore(user, context) +
    inlineList('UserPolicyList', inline.get(user.id)) +
    members('GroupList', groups.get(user.id) ?? [], (name) => name) +
    members('AttachedManagedPolicies', attached.get(user.id) ?? [], attachedPolicy) +
    boundaryElement(user.boundary) +
    tagList(user.tags)
  )
}

function roleDetail(role: StoredRole, { inline, attached, profiles, newest }: RoleFacts, context: CallContext): string {
  return (
    roleHead(role, context) +
    members('InstanceProfileList', profiles.get(role.id) ?? [], (profile) => profileDetail(profile, role, context)) +
    inlineList('RolePolicyList', inline.get(role.id)) +
    members('AttachedManagedPolicies', attached.get(role.id) ?? [], attachedPolicy) +
    boundaryElement(role.boundary) +
    tagList(role.tags) +
    roleLastUsed(newest(role.id))
  )
}

function profileDetail(profile: StoredInstanceProfile, role: StoredRole, context: CallContext): string {
  return profileCore(profile, context) + members('Roles', [role], (member) => roleHead(member, context))
}

function groupDetail(group: StoredGroup, { inline, attached }: Policies, context: CallContext): string {
  return (
    groupCore(group, context) +
    inlineList('GroupPolicyList', inline.get(group.id)) +
    members('AttachedManagedPolicies', attached.get(group.id) ?? [], attachedPolicy)
  )
}

function policyDetail(policy: ManagedPolicyRecord, context: CallContext): string {
  const versions = versionsOfPolicy(policy, context)
  return (
    policyCore(policy, context) + members('PolicyVersionList', versions, (version) => versionCore(version, policy.defaultVersion, true))
  )
}
