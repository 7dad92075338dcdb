import type { CallContext } from '../call-context.ts'
import { entityArn } from '../iam/shapes.ts'
import type { StoredTag } from '../state/column.ts'
import { findInstanceProfile } from '../state/instance-profile-table.ts'
import { findStoredPolicy } from '../state/policy-table.ts'
import { findRole } from '../state/role-table.ts'
import { findGroup, findUser } from '../state/user-table.ts'
import { type CallParams, textParam } from './requirement.ts'

/** What an IAM call is about. IAM's denials print most targets by kind and name: `role app`. */
export type Target = {
  readonly resource: string
  readonly shown: string
  readonly tags: readonly StoredTag[]
  readonly boundary: string | null
}

export type TargetReader = (params: CallParams, context: CallContext) => Target

const EVERYTHING: Target = { resource: '*', shown: '*', tags: [], boundary: null }

export const everything: TargetReader = () => EVERYTHING

type Kind = 'role' | 'user' | 'group' | 'policy' | 'instance-profile'
type Entity = { readonly path: string; readonly tags?: readonly StoredTag[]; readonly boundary?: string | null } | null

/** One that has a name: as it is stored, or where it would be made. */
const named =
  (kind: Kind, parameter: string, find: (name: string, context: CallContext) => Entity): TargetReader =>
  (params, context) => {
    const name = textParam(params, parameter)
    if (name === null) return EVERYTHING
    const found = find(name, context)
    const resource = entityArn(context, kind, found?.path ?? textParam(params, 'Path') ?? '/', name)
    return { resource, shown: `${kind.replace('-', ' ')} ${name}`, tags: found?.tags ?? [], boundary: found?.boundary ?? null }
  }

export const role = named('role', 'RoleName', (name, { database }) => findRole(database, name))
export const group = named('group', 'GroupName', (name, { database }) => findGroup(database, name))
export const instanceProfile = named('instance-profile', 'InstanceProfileName', (name, { database }) => findInstanceProfile(database, name))
export const newPolicy = named('policy', 'PolicyName', () => null)

const namedUser = named('user', 'UserName', (name, { database }) => findUser(database, name))

/** Without a name it is the caller. */
export const user: TargetReader = (params, context) => {
  if (textParam(params, 'UserName') !== null || context.caller.kind !== 'user') return namedUser(params, context)
  return namedUser({ ...params, UserName: context.caller.name }, context)
}

/** The entity that an ARN in the request names. */
export const arnIn =
  (parameter: string): TargetReader =>
  (params, { database }) => {
    const arn = textParam(params, parameter)
    if (arn === null) return EVERYTHING
    const shown = arn.includes(':policy/') ? `policy ${arn}` : arn
    return { resource: arn, shown, tags: findStoredPolicy(database, arn)?.tags ?? [], boundary: null }
  }

export const policy = arnIn('PolicyArn')

/** A list is about everything of its kind under a path. */
export const listOf =
  (kind: Kind): TargetReader =>
  (params, context) => {
    const arn = entityArn(context, kind, textParam(params, 'PathPrefix') ?? '/', '')
    return { resource: arn, shown: arn, tags: [], boundary: null }
  }
