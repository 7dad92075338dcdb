/**
 * What each IAM operation needs. The action is the operation's name; the table says what it is about and which condition
 * keys the request carries besides those that every request has.
 */
import type { CallContext } from '../call-context.ts'
import * as on from './iam-targets.ts'
import { type CallParams, type ContextKeys, type RequirementReader, textParam } from './requirement.ts'

type Row = readonly [target: on.TargetReader, ...keys: readonly KeyReader[]]
type KeyReader = (params: CallParams, target: on.Target, context: CallContext) => ContextKeys

const policyArn: KeyReader = (params) => single('iam:PolicyARN', textParam(params, 'PolicyArn'))
const requestTags: KeyReader = (params) => {
  const tags = Object.entries(params).flatMap(([name, value]) => {
    const place = /^Tags\.member\.(\d+)\.Key$/.exec(name)?.[1]
    return place === undefined ? [] : [[String(value), String(params[`Tags.member.${place}.Value`] ?? '')] as const]
  })
  const names = [...tags.map(([key]) => key), ...tagKeyList(params)]
  return {
    ...Object.fromEntries(tags.map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    ...(names.length > 0 ? { 'aws:TagKeys': names } : {}),
  }
}
/** The boundary that the request sets, … */
const newBoundary: KeyReader = (params) => single('iam:PermissionsBoundary', textParam(params, 'PermissionsBoundary'))
/** … or the one that the changed principal has. */
const boundary: KeyReader = (_params, target) => single('iam:PermissionsBoundary', target.boundary)

const table: Readonly<Record<string, Row>> = {
  GetRole: [on.role],
  CreateRole: [on.role, newBoundary, requestTags],
  DeleteRole: [on.role, boundary],
  UpdateRole: [on.role],
  UpdateRoleDescription: [on.role],
  UpdateAssumeRolePolicy: [on.role],
  ListRolePolicies: [on.role],
  GetRolePolicy: [on.role],
  PutRolePolicy: [on.role, boundary],
  DeleteRolePolicy: [on.role, boundary],
  ListAttachedRolePolicies: [on.role],
  AttachRolePolicy: [on.role, policyArn, boundary],
  DetachRolePolicy: [on.role, policyArn, boundary],
  PutRolePermissionsBoundary: [on.role, newBoundary],
  DeleteRolePermissionsBoundary: [on.role, boundary],
  ListRoleTags: [on.role],
  TagRole: [on.role, requestTags],
  UntagRole: [on.role, requestTags],
  ListInstanceProfilesForRole: [on.role],
  ListRoles: [on.listOf('role')],

  GetUser: [on.user],
  CreateUser: [on.user, newBoundary, requestTags],
  DeleteUser: [on.user, boundary],
  UpdateUser: [on.user],
  ListUserPolicies: [on.user],
  GetUserPolicy: [on.user],
  PutUserPolicy: [on.user, boundary],
  DeleteUserPolicy: [on.user, boundary],
  ListAttachedUserPolicies: [on.user],
  AttachUserPolicy: [on.user, policyArn, boundary],
  DetachUserPolicy: [on.user, policyArn, boundary],
  PutUserPermissionsBoundary: [on.user, newBoundary],
  DeleteUserPermissionsBoundary: [on.user, boundary],
  ListUserTags: [on.user],
  TagUser: [on.user, requestTags],
  UntagUser: [on.user, requestTags],
  ListGroupsForUser: [on.user],
  ListAccessKeys: [on.user],
  CreateAccessKey: [on.user],
  UpdateAccessKey: [on.user],
  DeleteAccessKey: [on.user],
  GetAccessKeyLastUsed: [on.everything],
  GetLoginProfile: [on.user],
  CreateLoginProfile: [on.user],
  UpdateLoginProfile: [on.user],
  DeleteLoginProfile: [on.user],
  ListMFADevices: [on.user],
  ListSigningCertificates: [on.user],
  ListSSHPublicKeys: [on.user],
  ListServiceSpecificCredentials: [on.user],
  ListUsers: [on.listOf('user')],

  GetGroup: [on.group],
  CreateGroup: [on.group],
  UpdateGroup: [on.group],
  DeleteGroup: [on.group],
  AddUserToGroup: [on.group],
  RemoveUserFromGroup: [on.group],
  ListGroupPolicies: [on.group],
  GetGroupPolicy: [on.group],
  PutGroupPolicy: [on.group],
  DeleteGroupPolicy: [on.group],
  ListAttachedGroupPolicies: [on.group],
  AttachGroupPolicy: [on.group, policyArn],
  DetachGroupPolicy: [on.group, policyArn],
  ListGroups: [on.listOf('group')],

  GetPolicy: [on.policy],
  CreatePolicy: [on.newPolicy, requestTags],
  DeletePolicy: [on.policy],
  ListPolicyVersions: [on.policy],
  GetPolicyVersion: [on.policy],
  CreatePolicyVersion: [on.policy],
  SetDefaultPolicyVersion: [on.policy],
  DeletePolicyVersion: [on.policy],
  ListPolicyTags: [on.policy],
  TagPolicy: [on.policy, requestTags],
  UntagPolicy: [on.policy, requestTags],
  ListEntitiesForPolicy: [on.policy],
  ListPolicies: [on.listOf('policy')],

  GetInstanceProfile: [on.instanceProfile],
  CreateInstanceProfile: [on.instanceProfile, requestTags],
  DeleteInstanceProfile: [on.instanceProfile],
  AddRoleToInstanceProfile: [on.instanceProfile],
  RemoveRoleFromInstanceProfile: [on.instanceProfile],
  ListInstanceProfiles: [on.listOf('instance-profile')],
  GetOpenIDConnectProvider: [on.arnIn('OpenIDConnectProviderArn')],

  GenerateServiceLastAccessedDetails: [on.arnIn('Arn')],
  ListPoliciesGrantingServiceAccess: [on.arnIn('Arn')],
  SimulatePrincipalPolicy: [on.arnIn('PolicySourceArn')],
}

export const iamRequirement: RequirementReader = (operation, params, context) => {
  const [readTarget, ...readers] = table[operation] ?? [on.everything]
  const target = readTarget(params, context)
  const tags = target.tags.flatMap(({ key, value }) => [
    [`iam:ResourceTag/${key}`, value],
    [`aws:ResourceTag/${key}`, value],
  ])
  const keys = Object.assign(Object.fromEntries(tags), ...readers.map((read) => read(params, target, context)))
  return { action: `iam:${operation}`, resource: target.resource, shown: target.shown, keys }
}

function single(key: string, value: string | null): ContextKeys {
  return value === null ? {} : { [key]: value }
}

function tagKeyList(params: CallParams): readonly string[] {
  return Object.entries(params).flatMap(([name, value]) => (/^TagKeys\.member\.\d+$/.test(name) ? [String(value)] : []))
}
