/** Which policies speak for whom, as they are in this transaction. */
import type { CompiledPolicy, PolicyLayers, PolicySource } from '../../policy/evaluate/index.ts'
import type { CallContext } from '../call-context.ts'
import { attachedArns } from '../state/attachment-table.ts'
import { inlinePoliciesOf } from '../state/inline-policy-table.ts'
import { findStoredPolicy, versionsOf } from '../state/policy-table.ts'
import { groupsOfUser } from '../state/user-table.ts'
import type { Caller } from './caller.ts'

/** A policy in force: its label, its text, and whose it is. */
export type NamedPolicy = {
  readonly source: PolicySource
  readonly text: string
  readonly owner: { readonly kind: 'role' | 'user' | 'group'; readonly name: string }
}

type Ground = Pick<CallContext, 'database' | 'awsManaged' | 'policies'>
type Owner = NamedPolicy['owner'] & { readonly id: string }

export function policiesOfOwner({ id, kind, name }: Owner, ground: Ground): readonly NamedPolicy[] {
  const owner = { kind, name }
  const inline = inlinePoliciesOf(ground.database, id).map((policy) => ({
    source: { id: `${id}/${policy.name}`, name: policy.name, kind: 'inline' as const },
    text: policy.document,
    owner,
  }))
  const managed = attachedArns(ground.database, id).flatMap((arn) => managedPolicy(arn, ground) ?? [])
  return [...inline, ...managed.map((policy) => ({ ...policy, owner }))]
}

/** A user's own policies and those of its groups. */
export function policiesOfUser(user: { readonly id: string; readonly name: string }, ground: Ground): readonly NamedPolicy[] {
  const groups = groupsOfUser(ground.database, user.id)
  return [
    ...policiesOfOwner({ ...user, kind: 'user' }, ground),
    ...groups.flatMap((group) => policiesOfOwner({ ...group, kind: 'group' }, ground)),
  ]
}

/** The default version of a managed policy; null when nobody has such a policy. */
export function managedPolicy(arn: string, { database, awsManaged }: Ground): Omit<NamedPolicy, 'owner'> | null {
  const name = arn.slice(arn.lastIndexOf('/') + 1)
  const aws = awsManaged.byArn.get(arn)
  if (aws !== undefined) return { source: { id: arn, name, kind: 'awsManaged', arn }, text: aws.version.document }
  const defaultVersion = findStoredPolicy(database, arn)?.defaultVersion
  const version = versionsOf(database, arn).find(({ versionId }) => versionId === defaultVersion)
  return version === undefined ? null : { source: { id: arn, name, kind: 'customerManaged', arn }, text: version.document }
}

/** A role's layers, without those of a session. */
export function roleLayers(
  role: { readonly id: string; readonly name: string; readonly boundary: string | null },
  ground: Ground,
): PolicyLayers {
  return {
    identity: policiesOfOwner({ ...role, kind: 'role' }, ground).map(({ source, text }) => ground.policies.read(source, text)),
    boundary: boundaryLayer(role.boundary, ground),
  }
}

export function boundaryLayer(arn: string | null, ground: Ground): CompiledPolicy | null {
  const policy = arn === null ? null : managedPolicy(arn, ground)
  return policy === null ? null : ground.policies.read(policy.source, policy.text)
}

/** Everything that a caller's requests are under. */
export function callerLayers(caller: Caller, ground: Ground): PolicyLayers {
  if (caller.kind === 'session') {
    const session = caller.sessionPolicies.map((text, place) =>
      ground.policies.read({ id: `session/${place}`, name: `session-policy-${place}`, kind: 'input' }, text),
    )
    return { ...roleLayers(caller.role, ground), session }
  }
  const policies = caller.isStored ? policiesOfUser({ id: caller.principalId, name: caller.name }, ground) : administration(ground)
  return {
    identity: policies.map(({ source, text }) => ground.policies.read(source, text)),
    boundary: boundaryLayer(caller.boundary, ground),
  }
}

function administration(ground: Ground) {
  const arn = ground.awsManaged.list.find(({ name }) => name === 'AdministratorAccess')?.arn ?? ''
  const policy = managedPolicy(arn, ground)
  return policy === null ? [] : [policy]
}
