/**
 * An account with its evidence, analysed: everything that lists, screens and plans show of a role comes from here, computed
 * when it is first asked for.
 */
import type { Account, Role } from '../account/account.ts'
import {
  createPolicyReader,
  defaultVersion,
  type PolicyReader,
  type RolePolicy,
  readableDocuments,
  rolePolicies,
} from '../account/role-policies.ts'
import { readTrust, type Trust } from '../account/trust.ts'
import type { GuardVerdict } from '../change/guards.ts'
import type { Evidence, ServiceUse } from '../evidence/evidence.ts'
import { createAging, type GrantAges, type GrantPast } from '../evidence/grant-age.ts'
import { createJudge, type RoleJudgement, type RoleToJudge } from '../evidence/judge.ts'
import { daysBetween, type Window } from '../evidence/reading.ts'
import { baseline, isOverlay } from '../plan/overlay.ts'
import type { ActionSet } from '../policy/action-set.ts'
import type { Catalog } from '../policy/catalog.ts'
import type { PolicyDocument } from '../policy/document.ts'
import { grantedActions } from '../policy/grants.ts'
import { rememberRecent } from '../policy/recent.ts'
import { createUniverse, patternSet, type Universe } from '../policy/universe.ts'
import { escalationPaths } from '../risk/escalation-paths.generated.ts'
import { type RiskInput, riskActions } from '../risk/factors.ts'
import {
  createGrantReader,
  createReachKeeper,
  grantedWithin,
  type Reach,
  type ReachedGrants,
  type RoleDocuments,
  reachedGrants,
  reachIn,
} from '../risk/reach.ts'
import { assessRisk, type Risk } from '../risk/score.ts'
import type { Guarding } from './guard-role.ts'

export type RoleAnalysis = {
  readonly role: Role
  readonly policies: readonly RolePolicy[]
  readonly judgement: RoleJudgement
  readonly ages: GrantAges
  readonly risk: Risk
  readonly guards: readonly GuardVerdict[]
  readonly flags: readonly string[]
  /** The score with other documents in place of the role's own. */
  riskWith(documents: readonly PolicyDocument[]): RiskInput
}

export type AccountAnalysis = {
  readonly scanId: string
  readonly account: Account
  readonly evidence: Evidence
  readonly universe: Universe
  readonly read: PolicyReader
  readonly window: Window
  /** Actions of escalation paths. */
  readonly escalation: ActionSet
  role(role: Role): RoleAnalysis
  find(roleName: string): Role | null
}

export type AnalysisInput = {
  readonly scanId: string
  readonly account: Account
  readonly evidence: Evidence
  readonly catalog: Catalog
  readonly window: Window
  readonly guarding: Guarding
  /** What is known of a role from before this scan. */
  pastOf(role: Role): GrantPast
}

export function analyseAccount({ scanId, account, evidence, catalog, window, guarding, pastOf }: AnalysisInput): AccountAnalysis {
  const read = createPolicyReader(account.documents)
  const universe = createUniverse(catalog, namedActions(account, evidence, read))
  const escalation = patternSet(
    universe,
    escalationPaths.flatMap(({ actions }) => actions),
  )
  const byName = new Map(account.roles.map((role) => [role.roleName.toLowerCase(), role]))
  const byArn = new Map(account.roles.map((role) => [role.arn, role]))
  const analysis: Readings = {
    scanId,
    account,
    evidence,
    universe,
    read,
    window,
    escalation,
    ageOf: createAging(universe, read, window),
    grantsOf: createGrantReader(universe),
    keepReach: createReachKeeper(universe, riskActions),
    judge: createJudge(universe, window),
    trustOf: rememberRecent(RECENT_TRUSTS, readTrust),
    find: (name) => byArn.get(name) ?? byName.get(name.toLowerCase()) ?? null,
  }
  const role = rememberRecent(RECENT_ROLES, (one: Role) => analyseRole(analysis, one, { guarding, past: pastOf(one) }))
  return { ...analysis, role }
}

/** What is known of one role is some ten sets of actions, and made in less time than it takes to say so. */
const RECENT_ROLES = 256
/** Most roles are trusted by one of a few services. */
const RECENT_TRUSTS = 200

/** What the analyses of all roles share. */
type Readings = Omit<AccountAnalysis, 'role'> & {
  ageOf(role: Role, policies: readonly RolePolicy[], past: GrantPast): GrantAges
  grantsOf(documents: RoleDocuments): ReachedGrants
  keepReach(grants: ReachedGrants, boundary: ReachedGrants | null): Reach
  judge(role: RoleToJudge): RoleJudgement
  trustOf(text: string | null): Trust
}

function analyseRole(
  analysis: Readings,
  role: Role,
  { guarding, past }: { readonly guarding: Guarding; readonly past: GrantPast },
): RoleAnalysis {
  const { account, evidence, universe, read, ageOf, grantsOf, keepReach, judge } = analysis
  const { policies, missing } = rolePolicies(account, role, read)
  const documents = readableDocuments(policies)
  const ages = ageOf(role, policies, past)
  const isShared = ({ managed }: RolePolicy): boolean => managed !== null
  const reached = grantsOf({
    own: readableDocuments(policies.filter((policy) => !isShared(policy))),
    shared: readableDocuments(policies.filter(isShared)),
  })
  const before = baseline(policies)
  const granted = before.length === policies.length ? grantedWithin(universe, reached) : grantedActions(universe, readableDocuments(before))
  const judgement = judge({ granted, young: ages.young, evidence: evidence.byRole.get(role.arn) ?? null, lastUsed: role.lastUsed })
  const riskWith = riskInput(analysis, role)
  const guards = guarding.guardsOf(role, documents)
  const flags = [
    ...(missing.length > 0 ? ['missing-policy'] : []),
    ...(policies.some(({ parsed }) => !parsed.ok) ? ['unparsed-policy'] : []),
    ...(role.boundary === null ? [] : ['boundary']),
    ...(ages.undated.length > 0 ? ['undatedGrant'] : []),
    ...(role.inline.some(isOverlay) ? ['overlay'] : []),
    ...guards.map(({ id }) => id),
    ...guarding.flagsOf(role),
  ]
  return {
    role,
    policies,
    judgement,
    ages,
    risk: assessRisk(riskWith(reached, keepReach)),
    guards,
    flags,
    riskWith: (others) => riskWith(reachedGrants(universe, others)),
  }
}

type RiskOf = (grants: ReachedGrants, reachOf?: (grants: ReachedGrants, boundary: ReachedGrants | null) => Reach) => RiskInput

function riskInput({ account, universe, read, window, trustOf }: Readings, role: Role): RiskOf {
  const boundary = role.boundary === null ? null : (account.policies.get(role.boundary) ?? null)
  const version = boundary === null ? null : defaultVersion(boundary)
  const parsed = version === null ? null : read(version)
  const trust = trustOf(role.trust)
  const limits = parsed?.ok === true ? reachedGrants(universe, [parsed.document]) : null
  return (grants, reachOf = (all, boundary) => reachIn(universe, all, boundary)) => ({
    reach: reachOf(grants, limits),
    trust,
    accountId: account.accountId,
    hasInstanceProfile: role.instanceProfiles.length > 0,
    hasBoundary: role.boundary !== null,
    idleDays: role.lastUsed === null ? null : daysBetween(role.lastUsed, window.now),
  })
}

/** Every action that policies or evidence name: the part of the universe that the catalog may not know. */
function* namedActions(account: Account, evidence: Evidence, read: PolicyReader): Iterable<string> {
  const carriers = [
    ...[...account.roles, ...account.users, ...account.groups].flatMap(({ inline }) => inline),
    ...[...account.policies.values()].flatMap(({ versions }) => versions),
  ]
  for (const carrier of carriers) {
    const parsed = read(carrier)
    if (parsed.ok) for (const { actions } of parsed.document.statements) yield* actions.patterns
  }
  // What many roles do not use is told of all of them by the same rows.
  const told = new Set<ServiceUse>()
  for (const { lastAccessed, findings, calls } of evidence.byRole.values()) {
    for (const { services } of lastAccessed === null ? findings : [lastAccessed, ...findings])
      for (const service of services) {
        if (told.has(service)) continue
        told.add(service)
        for (const { action } of service.actions ?? []) yield action
      }
    for (const { action } of calls) yield action
  }
}
