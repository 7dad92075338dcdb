import { z } from 'zod'

/**
 * The shape of `GetAccountAuthorizationDetails` as the SDK and the AWS CLI give it. Every field may be absent or null:
 * what is needed and missing is reported by the parser, with the name of whom it concerns. Unknown fields are dropped.
 */
const text = z.string().nullish()
const count = z.number().nullish()
const flag = z.boolean().nullish()
const document = z.unknown().optional()
const date = z.union([z.string(), z.number(), z.date()], { error: 'expected a date' }).nullish()
const list = <Item extends z.ZodType>(item: Item) => z.array(item).nullish()

const tags = list(z.object({ Key: z.string(), Value: text }))
const inline = list(z.object({ PolicyName: text, PolicyDocument: document }))
const attached = list(z.object({ PolicyName: text, PolicyArn: text }))
const boundary = z.object({ PermissionsBoundaryArn: text }).nullish()

const role = z.object({
  RoleName: text,
  RoleId: text,
  Arn: text,
  Path: text,
  CreateDate: date,
  Description: text,
  AssumeRolePolicyDocument: document,
  RolePolicyList: inline,
  AttachedManagedPolicies: attached,
  PermissionsBoundary: boundary,
  Tags: tags,
  RoleLastUsed: z.object({ LastUsedDate: date }).nullish(),
  InstanceProfileList: list(z.object({ Arn: text })),
})

const user = z.object({
  UserName: text,
  UserId: text,
  Arn: text,
  Path: text,
  CreateDate: date,
  UserPolicyList: inline,
  AttachedManagedPolicies: attached,
  GroupList: list(z.string()),
  PermissionsBoundary: boundary,
  Tags: tags,
})

const group = z.object({ GroupName: text, Arn: text, Path: text, GroupPolicyList: inline, AttachedManagedPolicies: attached })

const managedPolicy = z.object({
  PolicyName: text,
  PolicyId: text,
  Arn: text,
  Path: text,
  DefaultVersionId: text,
  AttachmentCount: count,
  PermissionsBoundaryUsageCount: count,
  CreateDate: date,
  UpdateDate: date,
  PolicyVersionList: list(z.object({ VersionId: text, IsDefaultVersion: flag, CreateDate: date, Document: document })),
})

export const accountPage = z.object({
  UserDetailList: list(user),
  GroupDetailList: list(group),
  RoleDetailList: list(role),
  Policies: list(managedPolicy),
  IsTruncated: flag,
  Marker: text,
  NextToken: text,
})

export type AccountPage = z.infer<typeof accountPage>
export type RoleSource = z.infer<typeof role>
export type UserSource = z.infer<typeof user>
export type GroupSource = z.infer<typeof group>
export type ManagedPolicySource = z.infer<typeof managedPolicy>
export type InlineSource = z.infer<typeof inline>
export type AttachedSource = z.infer<typeof attached>
export type TagsSource = z.infer<typeof tags>
