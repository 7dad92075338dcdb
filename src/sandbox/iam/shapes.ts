import type { CallContext } from '../call-context.ts'
import type { Use } from '../observation/usage.ts'
import { documentElement, element, instant, members, wrap } from '../protocol/xml.ts'
import { attachmentCount, boundaryUseCount } from '../state/attachment-table.ts'
import type { StoredTag } from '../state/column.ts'
import type { StoredInstanceProfile } from '../state/instance-profile-table.ts'
import type { StoredVersion } from '../state/policy-table.ts'
import type { StoredRole } from '../state/role-table.ts'
import type { StoredGroup, StoredUser } from '../state/user-table.ts'
import type { ManagedPolicyRecord } from './lookup.ts'

/** Structures that several IAM operations return, as inner XML. */

export type ArnOwner = Pick<CallContext, 'accountId' | 'partition'>

export function entityArn(
  { accountId, partition }: ArnOwner,
  kind: 'role' | 'user' | 'group' | 'policy' | 'instance-profile',
  path: string,
  name: string,
): string {
  return `arn:${partition}:iam::${accountId}:${kind}${path}${name}`
}

export function tagList(tags: readonly StoredTag[]): string {
  return members('Tags', tags, (tag) => element('Key', tag.key) + element('Value', tag.value))
}

export function boundaryElement(arn: string | null): string {
  return arn === null
    ? ''
    : wrap('PermissionsBoundary', element('PermissionsBoundaryType', 'Policy') + element('PermissionsBoundaryArn', arn))
}

/** What every answer tells of a role. */
export function roleHead(role: StoredRole, context: ArnOwner): string {
  return (
    element('Path', role.path) +
    element('RoleName', role.name) +
    element('RoleId', role.id) +
    element('Arn', entityArn(context, 'role', role.path, role.name)) +
    element('CreateDate', instant(role.createDate)) +
    documentElement('AssumeRolePolicyDocument', role.trust)
  )
}

/** What `ListRoles`, `GetRole` and `CreateRole` tell of it; `GetAccountAuthorizationDetails` knows only the head. */
export function roleCore(role: StoredRole, context: ArnOwner): string {
  return roleHead(role, context) + element('Description', role.description) + element('MaxSessionDuration', role.maxSession)
}

export function roleLastUsed(last: Pick<Use, 'at' | 'region'> | null): string {
  return wrap('RoleLastUsed', last === null ? '' : element('LastUsedDate', instant(last.at)) + element('Region', last.region))
}

export function userCore(user: StoredUser, context: ArnOwner): string {
  return (
    element('Path', user.path) +
    element('UserName', user.name) +
    element('UserId', user.id) +
    element('Arn', entityArn(context, 'user', user.path, user.name)) +
    element('CreateDate', instant(user.createDate))
  )
}

export function groupCore(group: StoredGroup, context: ArnOwner): string {
  return (
    element('Path', group.path) +
    element('GroupName', group.name) +
    element('GroupId', group.id) +
    element('Arn', entityArn(context, 'group', group.path, group.name)) +
    element('CreateDate', instant(group.createDate))
  )
}

export function profileCore(profile: StoredInstanceProfile, context: ArnOwner): string {
  return (
    element('Path', profile.path) +
    element('InstanceProfileName', profile.name) +
    element('InstanceProfileId', profile.id) +
    element('Arn', entityArn(context, 'instance-profile', profile.path, profile.name)) +
    element('CreateDate', instant(profile.createDate))
  )
}

export function policyCore(policy: ManagedPolicyRecord, { database }: CallContext): string {
  return (
    element('PolicyName', policy.name) +
    element('PolicyId', policy.id) +
    element('Arn', policy.arn) +
    element('Path', policy.path) +
    element('DefaultVersionId', policy.defaultVersion) +
    element('AttachmentCount', attachmentCount(database, policy.arn)) +
    element('PermissionsBoundaryUsageCount', boundaryUseCount(database, policy.arn)) +
    element('IsAttachable', true) +
    element('CreateDate', instant(policy.createDate)) +
    element('UpdateDate', instant(policy.updateDate))
  )
}

export function versionCore(version: StoredVersion, defaultVersion: string, withDocument: boolean): string {
  return (
    (withDocument ? documentElement('Document', version.document) : '') +
    element('VersionId', version.versionId) +
    element('IsDefaultVersion', version.versionId === defaultVersion) +
    element('CreateDate', instant(version.createDate))
  )
}

export function attachedPolicy(arn: string): string {
  return element('PolicyName', arn.slice(arn.lastIndexOf('/') + 1)) + element('PolicyArn', arn)
}
