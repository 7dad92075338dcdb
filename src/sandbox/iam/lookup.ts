import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import type { QueryParams } from '../protocol/query-params.ts'
import { findStoredPolicy, type StoredPolicy, type StoredVersion, versionsOf } from '../state/policy-table.ts'
import { findRole, type StoredRole } from '../state/role-table.ts'
import { findGroup, findUser, type StoredGroup, type StoredUser } from '../state/user-table.ts'
import * as rules from './rules.ts'

/** The role that `RoleName` names, or AWS's refusal. */
export function roleAsked(params: QueryParams, { database }: CallContext): StoredRole {
  const name = params.required('RoleName', rules.roleName)
  const role = findRole(database, name)
  if (role === null) throw noSuchEntity(`The role with name ${name} cannot be found.`)
  return role
}

/** The user that `UserName` names; without one, the caller. */
export function userAsked(params: QueryParams, { database, caller }: CallContext): StoredUser {
  const name = params.optional('UserName', rules.userName)
  if (name === null && caller.kind !== 'user')
    throw new AwsError('ValidationError', 400, 'Must specify userName when calling with non-User credentials')
  const asked = name ?? (caller.kind === 'user' ? caller.name : '')
  const user = findUser(database, asked)
  if (user === null) throw noSuchEntity(`The user with name ${asked} cannot be found.`)
  return user
}

export function groupAsked(params: QueryParams, { database }: CallContext): StoredGroup {
  const name = params.required('GroupName', rules.groupName)
  const group = findGroup(database, name)
  if (group === null) throw noSuchEntity(`The group with name ${name} cannot be found.`)
  return group
}

/** The same for a write: AWS's own roles cannot be changed. */
export function roleToChange(params: QueryParams, context: CallContext): StoredRole {
  return modifiable(roleAsked(params, context), /^\/aws-(service-role|reserved)\//)
}

/** The same for tags and description, which service-linked roles let go and those of Identity Center do not. */
export function roleToDescribe(params: QueryParams, context: CallContext): StoredRole {
  return modifiable(roleAsked(params, context), /^\/aws-reserved\//)
}

function modifiable(role: StoredRole, ownedByAws: RegExp): StoredRole {
  if (!ownedByAws.test(role.path)) return role
  const message = `Cannot perform the operation on the protected role '${role.name}' - this role is only modifiable by AWS`
  throw new AwsError('UnmodifiableEntity', 400, message)
}

export type ManagedPolicyRecord = StoredPolicy & { readonly isAws: boolean }

export function findManagedPolicy(arn: string, { database, awsManaged }: CallContext): ManagedPolicyRecord | null {
  const aws = awsManaged.byArn.get(arn)
  if (aws !== undefined) return { ...aws, isAws: true }
  const stored = findStoredPolicy(database, arn)
  return stored === null ? null : { ...stored, isAws: false }
}

export function managedPolicyAsked(params: QueryParams, context: CallContext): ManagedPolicyRecord {
  const arn = policyArnAsked(params, 'PolicyArn')
  const policy = findManagedPolicy(arn, context)
  if (policy === null) throw noSuchEntity(`Policy ${arn} was not found.`)
  return policy
}

/** A policy to be attached or to be a boundary. */
export function attachablePolicyAsked(params: QueryParams, context: CallContext, parameter = 'PolicyArn'): ManagedPolicyRecord {
  const arn = policyArnAsked(params, parameter)
  const policy = findManagedPolicy(arn, context)
  if (policy === null) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`)
  return policy
}

function policyArnAsked(params: QueryParams, parameter: string): string {
  const arn = params.required(parameter, rules.policyArn)
  if (!/^arn:[\w-]+:iam::(aws|\d{12}):policy\/./.test(arn)) throw new AwsError('InvalidInput', 400, `ARN ${arn} is not valid.`)
  return arn
}

/** A policy of the account itself: AWS's own cannot be edited. */
export function customerPolicyAsked(params: QueryParams, context: CallContext): StoredPolicy {
  const policy = managedPolicyAsked(params, context)
  if (policy.isAws)
    throw new AwsError(
      'AccessDenied',
      403,
      `User: ${context.caller.arn} is not authorized to perform this action on resource: policy ${policy.arn}`,
    )
  return policy
}

export function versionsOfPolicy(policy: ManagedPolicyRecord, { database, awsManaged }: CallContext): readonly StoredVersion[] {
  const aws = awsManaged.byArn.get(policy.arn)
  return aws === undefined ? versionsOf(database, policy.arn) : [aws.version]
}

export function noSuchEntity(message: string): AwsError {
  return new AwsError('NoSuchEntity', 404, message)
}

export function limitExceeded(message: string): AwsError {
  return new AwsError('LimitExceeded', 409, message)
}
