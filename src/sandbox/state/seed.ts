import type { Universe } from '../../policy/universe.ts'
import type { FixtureDocument, FixtureRole, FixtureTags, FixtureUsage, FixtureUser, SandboxFixture } from '../fixture.ts'
import { entityArn } from '../iam/shapes.ts'
import { daysBefore } from '../observation/role-observation.ts'
import { insertAnalyzer } from './analyzer-table.ts'
import { attach } from './attachment-table.ts'
import type { AwsManagedShelf } from './aws-managed-policies.ts'
import { insertAccessKey, insertMfaDevice, putLoginProfile } from './credential-table.ts'
import type { Database } from './database.ts'
import { entityId } from './ids.ts'
import { putInlinePolicy } from './inline-policy-table.ts'
import { insertInstanceProfile } from './instance-profile-table.ts'
import { insertPolicy, insertVersion } from './policy-table.ts'
import { insertResource } from './resource-table.ts'
import { insertRole } from './role-table.ts'
import { addUsage } from './usage-table.ts'
import { addMembership, insertGroup, insertUser } from './user-table.ts'

/** Where and when an account is written: its name space, its epoch, and what names in the fixture stand for. */
export type Ground = {
  readonly database: Database
  readonly accountId: string
  readonly partition: string
  readonly epoch: string
  readonly awsManaged: AwsManagedShelf
  universe(): Universe
}

const LONG_AGO_DAYS = 800
const EC2_TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
}

/** Writes a declared account into empty tables. Nothing is checked: an account may hold what today's AWS would refuse. */
export function seedAccount(fixture: SandboxFixture, ground: Ground): void {
  const arnOf = policyArns(fixture, ground)
  for (const policy of fixture.policies ?? []) seedPolicy(policy, arnOf(policy.name), ground)
  for (const role of fixture.roles ?? []) seedRole(role, arnOf, ground)
  for (const group of fixture.groups ?? []) {
    const id = entityId('AGPA', `${ground.accountId}/${group.name}`)
    insertGroup(ground.database, { id, name: group.name, path: group.path ?? '/', createDate: daysBefore(ground.epoch, LONG_AGO_DAYS) })
    seedPoliciesOf(id, group, arnOf, ground)
  }
  for (const user of fixture.users ?? []) seedUser(user, arnOf, ground)
  for (const { name, type, region = 'us-east-1', unusedAccessAge, archiveRules } of fixture.analyzers ?? []) {
    const createdAt = daysBefore(ground.epoch, LONG_AGO_DAYS)
    insertAnalyzer(ground.database, {
      arn: `arn:${ground.partition}:access-analyzer:${region}:${ground.accountId}:analyzer/${name}`,
      name,
      type,
      region,
      unusedAccessAge: type === 'ACCOUNT' ? null : (unusedAccessAge ?? 90),
      createdAt,
      archiveRules: Object.entries(archiveRules ?? {}).map(([ruleName, filter]) => ({ name: ruleName, filter, createdAt })),
      tags: {},
    })
  }
  for (const { arn, type, policy, region = 'us-east-1' } of fixture.resources ?? [])
    insertResource(ground.database, { arn, type, region, policy: textOf(policy) })
}

function policyArns(fixture: SandboxFixture, ground: Ground): (name: string) => string {
  const known = new Map(ground.awsManaged.list.map((policy) => [policy.name, policy.arn]))
  for (const { name, path } of fixture.policies ?? []) known.set(name, entityArn(ground, 'policy', path ?? '/', name))
  return (name) => {
    const arn = name.startsWith('arn:') ? name : known.get(name)
    if (arn === undefined) throw new Error(`the fixture names the policy ${name}, which nobody has`)
    return arn
  }
}

function seedUser(user: FixtureUser, arnOf: (name: string) => string, ground: Ground): void {
  const { database, accountId, epoch } = ground
  const id = entityId('AIDA', `${accountId}/${user.name}`)
  const createDate = daysBefore(epoch, user.createdDaysAgo ?? LONG_AGO_DAYS)
  insertUser(database, {
    id,
    name: user.name,
    path: user.path ?? '/',
    createDate,
    boundary: user.boundary === undefined ? null : arnOf(user.boundary),
    tags: tagsOf(user.tags),
    passwordLastUsed: user.passwordLastUsedDaysAgo === undefined ? null : daysBefore(epoch, user.passwordLastUsedDaysAgo),
  })
  seedPoliciesOf(id, user, arnOf, ground)
  for (const group of user.groups ?? []) addMembership(database, id, entityId('AGPA', `${accountId}/${group}`))
  if (user.passwordLastUsedDaysAgo !== undefined) putLoginProfile(database, id, { createDate, resetRequired: false })
  if (user.mfa === true)
    insertMfaDevice(database, id, { serial: `arn:${ground.partition}:iam::${accountId}:mfa/${user.name}`, enableDate: createDate })
  for (const [place, key] of (user.accessKeys ?? []).entries())
    insertAccessKey(database, {
      id: entityId('AKIA', `${accountId}/${user.name}/${place}`),
      userId: id,
      status: key.inactive === true ? 'Inactive' : 'Active',
      createDate: daysBefore(epoch, key.createdDaysAgo),
      lastUsed: key.lastUsedDaysAgo === undefined ? null : daysBefore(epoch, key.lastUsedDaysAgo),
      lastService: key.lastUsedDaysAgo === undefined ? null : (key.service ?? 's3'),
      lastRegion: key.lastUsedDaysAgo === undefined ? null : 'us-east-1',
    })
}

function seedPolicy(policy: NonNullable<SandboxFixture['policies']>[number], arn: string, { database, accountId, epoch }: Ground): void {
  const createdDaysAgo = policy.createdDaysAgo ?? LONG_AGO_DAYS
  const createDate = daysBefore(epoch, createdDaysAgo)
  insertPolicy(database, {
    arn,
    id: entityId('ANPA', `${accountId}/${policy.name}`),
    name: policy.name,
    path: policy.path ?? '/',
    description: policy.description ?? null,
    defaultVersion: `v${policy.versions.length}`,
    nextVersion: 1,
    createDate,
    updateDate: createDate,
    tags: tagsOf(policy.tags),
  })
  for (const [place, document] of policy.versions.entries()) {
    const age = createdDaysAgo * (1 - place / (2 * policy.versions.length))
    insertVersion(database, arn, { number: place + 1, document: textOf(document), createDate: daysBefore(epoch, age) })
  }
}

function seedRole(role: FixtureRole, arnOf: (name: string) => string, ground: Ground): void {
  const id = entityId('AROA', `${ground.accountId}/${role.name}`)
  insertRole(ground.database, {
    id,
    name: role.name,
    path: role.path ?? '/',
    createDate: daysBefore(ground.epoch, role.createdDaysAgo ?? LONG_AGO_DAYS),
    trust: textOf(role.trust ?? EC2_TRUST),
    description: role.description ?? null,
    maxSession: role.maxSession ?? 3600,
    boundary: role.boundary === undefined ? null : arnOf(role.boundary),
    tags: tagsOf(role.tags),
  })
  if (role.instanceProfile !== undefined) seedProfile(role.instanceProfile, id, ground)
  seedPoliciesOf(id, role, arnOf, ground)
  for (const usage of role.usage ?? []) seedUsage(id, usage, ground)
}

function seedProfile(name: string, roleId: string, { database, accountId, epoch }: Ground): void {
  const createDate = daysBefore(epoch, LONG_AGO_DAYS)
  insertInstanceProfile(database, { id: entityId('AIPA', `${accountId}/${name}`), name, path: '/', createDate, roleId })
}

function seedPoliciesOf(
  owner: string,
  principal: Pick<FixtureRole, 'inline' | 'attached'>,
  arnOf: (name: string) => string,
  { database }: Ground,
): void {
  for (const [name, document] of Object.entries(principal.inline ?? {}))
    putInlinePolicy(database, owner, { name, document: textOf(document) })
  for (const policy of principal.attached ?? []) attach(database, owner, arnOf(policy))
}

/** Uses of one entry lie some minutes apart, as if called one after another. */
function seedUsage(owner: string, usage: FixtureUsage, { database, epoch, universe }: Ground): void {
  const actions = usage.actions.flatMap((pattern) => {
    if (!/[*?]/.test(pattern)) return [pattern]
    return universe()
      .matches(pattern)
      .map((index) => universe().names[index] ?? pattern)
  })
  const calls = usage.calls ?? actions.length
  for (const [place, action] of actions.entries()) {
    addUsage(database, owner, {
      action,
      lastUsed: daysBefore(epoch, usage.daysAgo + place / 1440),
      everySeconds: usage.everyDays === undefined ? null : Math.round(usage.everyDays * 86_400),
      calls: Math.floor(calls / actions.length) + (place < calls % actions.length ? 1 : 0),
      region: usage.region ?? 'us-east-1',
    })
  }
}

function tagsOf(tags: FixtureTags | undefined) {
  return Object.entries(tags ?? {}).map(([key, value]) => ({ key, value }))
}

function textOf(document: FixtureDocument): string {
  return typeof document === 'string' ? document : JSON.stringify(document)
}
