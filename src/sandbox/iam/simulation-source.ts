import { matchesPattern } from '../../policy/match-pattern.ts'
import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import { managedPolicy, type NamedPolicy, policiesOfOwner, policiesOfUser } from '../callers/principal-policies.ts'
import type { StoredTag } from '../state/column.ts'
import { findRole } from '../state/role-table.ts'
import { findGroup, findUser } from '../state/user-table.ts'
import { noSuchEntity } from './lookup.ts'
import type { Exclusion } from './simulation-input.ts'

/** A policy of the simulation: one that is stored, or one that was given. */
export type SimulatedPolicy = Pick<NamedPolicy, 'source' | 'text'>

/** A user, group or role whose policies are simulated. */
export type Source = {
  readonly kind: 'user' | 'group' | 'role'
  readonly name: string
  readonly policies: readonly NamedPolicy[]
  readonly boundary: string | null
  readonly tags: readonly StoredTag[]
}

export function sourceOf(arn: string, context: CallContext): Source {
  const [, kind, name] = /^arn:[\w-]+:iam::\d{12}:(user|group|role)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? []
  if (kind === undefined || name === undefined) throw new AwsError('InvalidInput', 400, `Invalid Entity Arn: ${arn}`)
  const source = readers[kind]?.(name, context) ?? null
  if (source === null) throw noSuchEntity(`The ${kind} with name ${name} cannot be found.`)
  return source
}

const readers: Readonly<Record<string, (name: string, context: CallContext) => Source | null>> = {
  user(name, context) {
    const user = findUser(context.database, name)
    return user === null ? null : { ...user, kind: 'user', policies: policiesOfUser(user, context) }
  },
  group(name, context) {
    const group = findGroup(context.database, name)
    if (group === null) return null
    return { name: group.name, kind: 'group', boundary: null, tags: [], policies: policiesOfOwner({ ...group, kind: 'group' }, context) }
  },
  role(name, context) {
    const role = findRole(context.database, name)
    return role === null ? null : { ...role, kind: 'role', policies: policiesOfOwner({ ...role, kind: 'role' }, context) }
  },
}

/** The source as if some of its policies were gone. Only its type removes the boundary. */
export function without(source: Source, exclusions: readonly Exclusion[]): Source {
  const dropsBoundary = exclusions.some((one) => one.kind === 'type' && one.type === 'permission-boundary')
  return {
    ...source,
    policies: source.policies.filter((policy) => !exclusions.some((exclusion) => drops(exclusion, policy))),
    boundary: dropsBoundary ? null : source.boundary,
  }
}

const KIND_OF_TYPE: Readonly<Record<string, NamedPolicy['source']['kind']>> = {
  inline: 'inline',
  'user-managed': 'customerManaged',
  'aws-managed': 'awsManaged',
}

function drops(exclusion: Exclusion, { source, owner }: NamedPolicy): boolean {
  switch (exclusion.kind) {
    case 'type':
      return KIND_OF_TYPE[exclusion.type] === source.kind
    case 'inline':
      return (
        source.kind === 'inline' &&
        source.name.toLowerCase() === exclusion.policy.toLowerCase() &&
        owner.kind === exclusion.ownerKind &&
        owner.name.toLowerCase() === exclusion.owner.toLowerCase()
      )
    case 'arn':
      return source.arn !== undefined && matchesPattern(exclusion.pattern, friendlyArn(source.arn))
  }
}

/** Exclusions speak of a managed policy by its name alone, without its path. */
function friendlyArn(arn: string): string {
  return arn.replace(/:policy\/.*\//, ':policy/')
}

export function boundaryOf({ boundary }: Source, context: CallContext): readonly SimulatedPolicy[] {
  const policy = boundary === null ? null : managedPolicy(boundary, context)
  return policy === null ? [] : [policy]
}
