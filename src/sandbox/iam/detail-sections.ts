/** The parts of `GetAccountAuthorizationDetails`: who stands in each, and what is told of them. */
import type { CallContext } from '../call-context.ts'
import { documentElement, element, members } from '../protocol/xml.ts'
import { attachedArnsByOwner, policyArnsInUse } from '../state/attachment-table.ts'
import { inlinePoliciesByOwner, type StoredInlinePolicy } from '../state/inline-policy-table.ts'
import { instanceProfilesByRole, type StoredInstanceProfile } from '../state/instance-profile-table.ts'
import { type Place, placesAfter } from '../state/places.ts'
import { rolesWithIds, type StoredRole } from '../state/role-table.ts'
import { groupNamesByUser, groupsWithIds, type StoredGroup, type StoredUser, usersWithIds } from '../state/user-table.ts'
import { findManagedPolicy, type ManagedPolicyRecord, versionsOfPolicy } from './lookup.ts'
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

/** `id` and the text that tells of it. */
type Written = readonly (readonly [id: string, text: string])[]

export type Section = {
  readonly filter: 'User' | 'Role' | 'Group' | 'LocalManagedPolicy' | 'AWSManagedPolicy'
  readonly list: 'UserDetailList' | 'RoleDetailList' | 'GroupDetailList' | 'Policies'
  places(context: CallContext, after: string, limit: number): readonly Place[]
  /** All that stays the same until somebody changes the account. */
  write(ids: readonly string[], context: CallContext): Written
  /** What changes with time alone; it stands after the rest. */
  ending?(context: CallContext): (id: string) => string
}

export const sections: readonly Section[] = [
  {
    filter: 'User',
    list: 'UserDetailList',
    places: ({ database }, after, limit) => placesAfter(database, 'users', after, limit),
    write(ids, context) {
      const facts = { ...policiesOf(ids, context), groups: groupNamesByUser(context.database, ids) }
      return usersWithIds(context.database, ids).map((user) => [user.id, userDetail(user, facts, context)])
    },
  },
  {
    filter: 'Role',
    list: 'RoleDetailList',
    places: ({ database }, after, limit) => placesAfter(database, 'roles', after, limit),
    write(ids, context) {
      const facts = { ...policiesOf(ids, context), profiles: instanceProfilesByRole(context.database, ids) }
      return rolesWithIds(context.database, ids).map((role) => [role.id, roleDetail(role, facts, context)])
    },
    ending(context) {
      const newest = context.newestUses(context.database, context.now)
      return (id) => roleLastUsed(newest(id))
    },
  },
  {
    filter: 'Group',
    list: 'GroupDetailList',
    places: ({ database }, after, limit) => placesAfter(database, 'groups', after, limit),
    write(ids, context) {
      const facts = policiesOf(ids, context)
      return groupsWithIds(context.database, ids).map((group) => [group.id, groupDetail(group, facts, context)])
    },
  },
  {
    filter: 'LocalManagedPolicy',
    list: 'Policies',
    places: ({ database }, after, limit) => placesAfter(database, 'policies', after, limit),
    write: policyDetails,
  },
  {
    filter: 'AWSManagedPolicy',
    list: 'Policies',
    places({ database, awsManaged }, after, limit) {
      const inUse = policyArnsInUse(database)
      const arns = awsManaged.list.flatMap(({ arn }) => (inUse.has(arn) && arn > after ? [arn] : []))
      return arns
        .sort()
        .slice(0, limit)
        .map((arn) => ({ id: arn, key: arn }))
    },
    write: policyDetails,
  },
]

/** What a page of principals has, read for all of them at once. */
type Policies = {
  readonly inline: ReadonlyMap<string, readonly StoredInlinePolicy[]>
  readonly attached: ReadonlyMap<string, readonly string[]>
}
type UserFacts = Policies & { readonly groups: ReadonlyMap<string, readonly string[]> }
type RoleFacts = Policies & { readonly profiles: ReadonlyMap<string, readonly StoredInstanceProfile[]> }

function policiesOf(ids: readonly string[], { database }: CallContext): Policies {
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

function roleDetail(role: StoredRole, { inline, attached, profiles }: RoleFacts, context: CallContext): string {
  return (
    roleHead(role, context) +
    members('InstanceProfileList', profiles.get(role.id) ?? [], (profile) => profileDetail(profile, role, context)) +
    inlineList('RolePolicyList', inline.get(role.id)) +
    members('AttachedManagedPolicies', attached.get(role.id) ?? [], attachedPolicy) +
    boundaryElement(role.boundary) +
    tagList(role.tags)
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

function policyDetails(arns: readonly string[], context: CallContext): Written {
  return arns.flatMap((arn) => {
    const policy = findManagedPolicy(arn, context)
    return policy === null ? [] : [[arn, policyDetail(policy, context)] as const]
  })
}

function policyDetail(policy: ManagedPolicyRecord, context: CallContext): string {
  const versions = versionsOfPolicy(policy, context)
  return (
    policyCore(policy, context) + members('PolicyVersionList', versions, (version) => versionCore(version, policy.defaultVersion, true))
  )
}
