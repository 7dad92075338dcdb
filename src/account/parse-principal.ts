import type { Arn } from '../policy/names.ts'
import type { AttachedPolicy, Group, InlinePolicy, Role, Tag, User } from './account.ts'
import type { AttachedSource, GroupSource, InlineSource, RoleSource, TagsSource, UserSource } from './parse-account-schema.ts'
import { parseArn } from './parse-arn.ts'
import { carrying, type Reading, readDate, readDocument, report } from './parse-problems.ts'

export function parseRole(source: RoleSource, reading: Reading): Role {
  const { arn } = reading
  const { name, path } = nameAndPath(arn, source.RoleName, source.Path)
  const trust = source.AssumeRolePolicyDocument
  return {
    roleName: name,
    path,
    arn,
    roleId: source.RoleId || arn,
    createDate: readDate(reading, 'CreateDate', source.CreateDate),
    description: source.Description ?? null,
    trust: trust === undefined || trust === null ? null : readDocument(reading, 'AssumeRolePolicyDocument', trust).text,
    inline: parseInline(source.RolePolicyList, 'RolePolicyList', reading),
    attached: parseAttached(source.AttachedManagedPolicies, reading),
    boundary: source.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
    tags: parseTags(source.Tags),
    lastUsed: readDate(reading, 'RoleLastUsed.LastUsedDate', source.RoleLastUsed?.LastUsedDate),
    instanceProfiles: (source.InstanceProfileList ?? []).flatMap((profile) => profile.Arn ?? []),
  }
}

export function parseUser(source: UserSource, reading: Reading): User {
  const { arn } = reading
  const { name, path } = nameAndPath(arn, source.UserName, source.Path)
  return {
    userName: name,
    path,
    arn,
    userId: source.UserId || arn,
    createDate: readDate(reading, 'CreateDate', source.CreateDate),
    inline: parseInline(source.UserPolicyList, 'UserPolicyList', reading),
    attached: parseAttached(source.AttachedManagedPolicies, reading),
    groups: source.GroupList ?? [],
    boundary: source.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
    tags: parseTags(source.Tags),
  }
}

export function parseGroup(source: GroupSource, reading: Reading): Group {
  const { name, path } = nameAndPath(reading.arn, source.GroupName, source.Path)
  return {
    groupName: name,
    path,
    arn: reading.arn,
    inline: parseInline(source.GroupPolicyList, 'GroupPolicyList', reading),
    attached: parseAttached(source.AttachedManagedPolicies, reading),
  }
}

/** An ARN holds the path and the name, so both are known where the fields are absent. */
function nameAndPath(
  arn: Arn,
  name: string | null | undefined,
  path: string | null | undefined,
): { readonly name: string; readonly path: string } {
  const parts = parseArn(arn)
  return { name: name || (parts?.name ?? arn), path: path || (parts?.path ?? '/') }
}

function parseInline(source: InlineSource, list: string, reading: Reading): readonly InlinePolicy[] {
  return (source ?? []).map((policy, index) => {
    const place = `${list}[${index}]`
    if (!policy.PolicyName) report(reading, `${place}.PolicyName`, 'the name of an inline policy is missing')
    const name = policy.PolicyName || `unnamed-${index + 1}`
    const document = readDocument(reading, `${place}.PolicyDocument`, policy.PolicyDocument)
    const parsed = {
      name,
      get text() {
        return document.text
      },
    }
    return carrying(reading, parsed, document)
  })
}

function parseAttached(source: AttachedSource, reading: Reading): readonly AttachedPolicy[] {
  return (source ?? []).flatMap((policy, index) => {
    const arn = policy.PolicyArn
    if (!arn) {
      report(reading, `AttachedManagedPolicies[${index}].PolicyArn`, 'the ARN of an attached policy is missing')
      return []
    }
    return { name: policy.PolicyName || (parseArn(arn)?.name ?? arn), arn }
  })
}

function parseTags(source: TagsSource): readonly Tag[] {
  return (source ?? []).map((tag) => ({ key: tag.Key, value: tag.Value ?? '' }))
}
