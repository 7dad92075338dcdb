import type { Account, Role, User } from '../../src/account/account.ts'
import { createPolicyReader, readableDocuments, rolePolicies } from '../../src/account/role-policies.ts'
import { readTrust } from '../../src/account/trust.ts'
import { type AccountObservations, notObserved } from '../../src/evidence/account-observations.ts'
import type { RoleEvidence } from '../../src/evidence/evidence.ts'
import { judgeRole } from '../../src/evidence/judge.ts'
import { windowEnding } from '../../src/evidence/reading.ts'
import { countOf, emptySet } from '../../src/policy/action-set.ts'
import { loadCatalog } from '../../src/policy/catalog.ts'
import { grantedActions } from '../../src/policy/grants.ts'
import { createUniverse } from '../../src/policy/universe.ts'
import type { ReportInput, ReportRole } from '../../src/report/report-input.ts'
import { buildStatusReport, type StatusReport } from '../../src/report/status-report.ts'

/** A small account for reports: what a test does not name is empty. */
export const ACCOUNT_ID = '111122223333'
const NOW = new Date('2024-04-01T10:30:00Z')
const OLD = '2020-01-01T00:00:00.000Z'
const universe = createUniverse(loadCatalog())
const read = createPolicyReader()
export const window = windowEnding(NOW, 90, 90)
export const daysAgo = (days: number): string => new Date(NOW.getTime() - days * 86_400_000).toISOString()

export type RoleFacts = Partial<Role> & {
  readonly roleName: string
  readonly allows?: readonly string[]
  readonly more?: Partial<ReportRole>
}

export const arnOf = (kind: string, name: string): string => `arn:aws:iam::${ACCOUNT_ID}:${kind}/${name}`

export const user = (userName: string, more: Partial<User> = {}): User => ({
  userName,
  arn: arnOf('user', userName),
  userId: `AIDA${userName}`,
  path: '/',
  createDate: OLD,
  inline: [],
  attached: [],
  groups: [],
  boundary: null,
  tags: [],
  ...more,
})

export function role({ allows, more: _more, ...facts }: RoleFacts): Role {
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: allows ?? [], Resource: '*' }] }
  return {
    arn: arnOf('role', facts.roleName),
    roleId: `AROA${facts.roleName}`,
    path: '/',
    createDate: OLD,
    description: null,
    trust: null,
    inline: allows === undefined ? [] : [{ name: 'main', text: JSON.stringify(document) }],
    attached: [],
    boundary: null,
    tags: [],
    lastUsed: null,
    instanceProfiles: [],
    ...facts,
  }
}

/** A complete report in which every service of the role is unused. */
const idle = (roleArn: string, services: readonly string[]): RoleEvidence => ({
  lastAccessed: {
    roleArn,
    observedUntil: NOW.toISOString(),
    complete: true,
    problem: null,
    services: services.map((service) => ({ service, lastAccessed: null, actions: null })),
  },
  findings: [],
  calls: [],
})

export type Facts = {
  readonly roles?: readonly RoleFacts[]
  readonly account?: Partial<Account>
  readonly observations?: Partial<AccountObservations>
}

export const unobserved: AccountObservations = {
  credentials: notObserved('not asked', []),
  unusedCredentials: notObserved('no', []),
  externalAccess: notObserved('not asked', []),
  calls: notObserved('not asked', []),
  analyzers: notObserved('not asked', []),
  trails: notObserved('not asked', []),
}

export const observed = <Value>(value: Value) => ({ status: 'connected', why: 'read', observedUntil: NOW.toISOString(), value }) as const

export function reportInput({ roles = [], account: more = {}, observations = {} }: Facts): ReportInput {
  const account: Account = {
    accountId: ACCOUNT_ID,
    partition: 'aws',
    roles: roles.map(role),
    users: [],
    groups: [],
    policies: new Map(),
    problems: [],
    ...more,
  }
  return {
    scanId: 's-1',
    account,
    universe,
    window,
    catalogDate: '2026-09-27',
    roles: account.roles.map((one, at) => reportRole(account, one, roles[at]?.more ?? {})),
    sources: [{ id: 'last-accessed', status: 'connected', why: 'reports on all roles', observedUntil: NOW.toISOString() }],
    observations: { ...unobserved, ...observations },
  }
}

function reportRole(account: Account, one: Role, more: Partial<ReportRole>): ReportRole {
  const { policies } = rolePolicies(account, one, read)
  const granted = grantedActions(universe, readableDocuments(policies))
  const services = [...universe.services()]
  const evidence = idle(one.arn, services)
  const judgement = judgeRole(universe, { granted, young: emptySet(universe.size), evidence }, window)
  const [usedActions, unusedActions, unknownActions, requiredActions] = [
    judgement.used,
    judgement.unused,
    judgement.unknown,
    judgement.required,
  ].map(countOf) as [number, number, number, number]
  const grantedCount = countOf(granted)
  return {
    role: one,
    policies,
    judgement,
    evidence,
    trust: readTrust(one.trust),
    riskScore: 10,
    riskGrade: 'low',
    riskFactors: [],
    grantedActions: grantedCount,
    usedActions,
    unusedActions,
    unknownActions,
    requiredActions,
    unusedPercent: grantedCount === 0 ? 0 : Math.round((unusedActions / grantedCount) * 1000) / 10,
    lastUsed: one.lastUsed,
    isAwsOwned: false,
    guards: [],
    ...more,
  }
}

export const exampleReport = (facts: Facts = {}): StatusReport => buildStatusReport(reportInput(facts))
