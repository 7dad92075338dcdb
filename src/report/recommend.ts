/**
 * The recommended actions: one row says in which horizon it stands, when it applies and to what. Rows are in the order of
 * the report; a row that applies to nothing is left out.
 */
import type { AccountObservations } from '../evidence/account-observations.ts'
import type { SourceStatus } from '../evidence/evidence.ts'
import type { Findings } from './findings/findings.ts'
import type { Usage } from './usage.ts'

export const horizons = ['within24h', 'weeks1to2', 'month1'] as const
export type Horizon = (typeof horizons)[number]

export type ActionId =
  | 'close-public-access'
  | 'remove-root-keys'
  | 'root-mfa'
  | 'tighten-critical'
  | 'remove-escalation'
  | 'narrow-outside-access'
  | 'tighten-high'
  | 'remove-zombies'
  | 'require-mfa'
  | 'disable-unused-keys'
  | 'quarantine-unused'
  | 'disable-unused-passwords'
  | 'review-little-used'
  | 'split-shared-policies'
  | 'delete-unattached-policies'
  | 'connect-sources'

/** `targets` are names of roles, users, policies, resources or sources. */
export type RecommendedAction = { readonly id: ActionId; readonly targets: readonly string[] }
export type RecommendedActions = Readonly<Record<Horizon, readonly RecommendedAction[]>>

export type Grounds = {
  readonly findings: Findings
  readonly usage: Usage
  readonly sources: readonly SourceStatus[]
  readonly observations: AccountObservations
}

type Row = { readonly id: ActionId; readonly horizon: Horizon; targets(grounds: Grounds): readonly string[] }

const cuttable = ({ findings }: Grounds, grade: 'critical' | 'high'): readonly string[] =>
  findings.overPermissive.filter((role) => role.grade === grade && role.guards.length === 0).map(({ roleName }) => roleName)

const exposed = ({ findings }: Grounds, urgency: 'at-once' | 'soon'): readonly string[] =>
  findings.externalAccess.filter((risk) => risk.urgency === urgency).map(({ resource }) => resource)

const rows: readonly Row[] = [
  { id: 'close-public-access', horizon: 'within24h', targets: (grounds) => exposed(grounds, 'at-once') },
  { id: 'remove-root-keys', horizon: 'within24h', targets: ({ findings }) => (findings.rootAccessKeys > 0 ? ['root'] : []) },
  {
    id: 'root-mfa',
    horizon: 'within24h',
    targets: ({ findings }) => findings.usersWithoutMfa.filter(({ isRoot }) => isRoot).map(({ userName }) => userName),
  },
  { id: 'tighten-critical', horizon: 'within24h', targets: (grounds) => cuttable(grounds, 'critical') },
  {
    id: 'remove-escalation',
    horizon: 'within24h',
    targets: ({ findings }) => findings.zombies.filter(({ impacts }) => impacts.includes('escalation')).map(({ roleName }) => roleName),
  },
  { id: 'narrow-outside-access', horizon: 'weeks1to2', targets: (grounds) => exposed(grounds, 'soon') },
  { id: 'tighten-high', horizon: 'weeks1to2', targets: (grounds) => cuttable(grounds, 'high') },
  {
    id: 'remove-zombies',
    horizon: 'weeks1to2',
    targets: ({ findings }) => findings.zombies.filter(({ impacts }) => !impacts.includes('escalation')).map(({ roleName }) => roleName),
  },
  {
    id: 'require-mfa',
    horizon: 'weeks1to2',
    targets: ({ findings }) => findings.usersWithoutMfa.filter(({ isRoot }) => !isRoot).map(({ userName }) => userName),
  },
  {
    id: 'disable-unused-keys',
    horizon: 'weeks1to2',
    targets: ({ findings }) => unique(findings.unusedAccessKeys.map(({ userName }) => userName)),
  },
  {
    id: 'quarantine-unused',
    horizon: 'month1',
    targets: ({ findings }) => findings.unusedRoles.filter(({ advice }) => advice === 'quarantine').map(({ roleName }) => roleName),
  },
  {
    id: 'disable-unused-passwords',
    horizon: 'month1',
    targets: ({ findings }) => findings.unusedPasswords.map(({ userName }) => userName),
  },
  {
    id: 'review-little-used',
    horizon: 'month1',
    targets: ({ usage }) =>
      usage.leastUsed.filter(({ advice, calls }) => calls !== null && advice !== 'remove').map(({ roleName }) => roleName),
  },
  {
    id: 'split-shared-policies',
    horizon: 'month1',
    targets: ({ findings }) => findings.sharedPolicies.map(({ policyName }) => policyName),
  },
  {
    id: 'delete-unattached-policies',
    horizon: 'month1',
    targets: ({ findings }) => findings.unattachedPolicies.map(({ policyName }) => policyName),
  },
  {
    id: 'connect-sources',
    horizon: 'month1',
    targets: ({ sources, observations }) => [
      ...sources.filter(({ status }) => status === 'missing').map(({ id }) => id),
      ...Object.entries(observations).flatMap(([id, { status }]) => (status === 'missing' ? [id] : [])),
    ],
  },
]

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)]

export function recommendActions(grounds: Grounds): RecommendedActions {
  const of = (horizon: Horizon): readonly RecommendedAction[] =>
    rows
      .filter((row) => row.horizon === horizon)
      .map((row) => ({ id: row.id, targets: row.targets(grounds) }))
      .filter(({ targets }) => targets.length > 0)
  return { within24h: of('within24h'), weeks1to2: of('weeks1to2'), month1: of('month1') }
}
