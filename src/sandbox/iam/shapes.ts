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

type EntityKind = 'role' | 'user' | 'group' | 'policy' | 'instance-profile'

export function entityArn({ accountId, partition }: ArnOwner, kind: EntityKind, path: string, name: string): string {
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
  return entityCore('Role', 'role', role, context) + documentElement('AssumeRolePolicyDocument', role.trust)
}

/** What `ListRoles`, `GetRole` and `CreateRole` tell of it; `GetAccountAuthorizationDetails` knows only the head. */
export function roleCore(role: StoredRole, context: ArnOwner): string {
  return roleHead(role, context) + element('Description', role.description) + element('MaxSessionDuration', role.maxSession)
}

export function roleLastUsed(last: Pick<Use, 'at' | 'region'> | null): string {
  return wrap('RoleLastUsed', last === null ? '' : element('LastUsedDate', instant(last.at)) + element('Region', last.region))
}

export const userCore = (user: StoredUser, context: ArnOwner): string => entityCore('User', 'user', user, context)
export const groupCore = (group: StoredGroup, context: ArnOwner): string => entityCore('Group', 'group', group, context)
export const profileCore = (profile: StoredInstanceProfile, context: ArnOwner): string =>
  entityCore('InstanceProfile', 'instance-profile', profile, context)

type Entity = { readonly path: string; readonly name: string; readonly id: string; readonly createDate: string }

/** Path, name, id, ARN and birth: what is told first of everything that IAM knows. */
function entityCore(label: string, kind: EntityKind, { path, name, id, createDate }: Entity, context: ArnOwner): string {
  return (
    element('Path', path) +
    element(`${label}Name`, name) +
    element(`${label}Id`, id) +
    element('Arn', entityArn(context, kind, path, name)) +
    element('CreateDate', instant(createDate))
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
