import type { Role } from '../account/account.ts'
import { readTrust } from '../account/trust.ts'
import type { GuardId } from '../change/guards.ts'
import type { ReadOptions } from '../ports/aws.ts'
import type { KeptCalls } from '../ports/ledger.ts'
import type { ReportRole } from '../report/report-input.ts'
import { buildStatusReport, type StatusReport } from '../report/status-report.ts'
import type { AccountSession } from './account-session.ts'
import type { AccountAnalysis } from './analysis.ts'
import type { AppContext } from './context.ts'
import { roleRow } from './role-rows.ts'

type CountedCalls = KeptCalls['calls']

/** The status report of the newest scan, with what the account's other sources say now. Writes nothing. */
export async function makeReport(context: AppContext, session: AccountSession, options: ReadOptions = {}): Promise<StatusReport> {
  const analysis = await session.analysis(options)
  const { now, start } = analysis.window
  const period = { from: new Date(start), to: new Date(now) }
  const known = { calls: countedLately(context) }
  const observations = await context.observations.readObservations(analysis.account, period, { ...options, known })
  keepCounted(context, observations.calls, known.calls)
  return buildStatusReport({
    scanId: analysis.scanId,
    account: analysis.account,
    universe: analysis.universe,
    window: analysis.window,
    catalogDate: context.catalog.date,
    roles: analysis.account.roles.map((role) => reportRole(session, analysis, role)),
    sources: analysis.evidence.sources,
    observations,
  })
}

/** A day's calls more or less do not change who is active, and each count is a query that AWS bills. */
const COUNT_GOOD_MS = 86_400_000

function countedLately({ ledger, accountKey, clock, window }: AppContext): CountedCalls | null {
  const kept = ledger.keptCalls(accountKey)
  const age = kept === null ? 0 : clock.now().getTime() - Date.parse(kept.readAt)
  return kept !== null && kept.days === window && age >= 0 && age < COUNT_GOOD_MS ? kept.calls : null
}

function keepCounted({ ledger, accountKey, clock, window, mode }: AppContext, calls: CountedCalls, known: CountedCalls | null): void {
  if (mode === 'offline' || calls === known || calls.status === 'missing') return
  ledger.keepCalls(accountKey, { readAt: clock.now().toISOString(), days: window, calls })
}

const OWNED_BY_AWS: ReadonlySet<string> = new Set<GuardId>(['service-linked', 'identity-center'])

function reportRole(session: AccountSession, analysis: AccountAnalysis, role: Role): ReportRole {
  const analysed = analysis.role(role)
  const row = roleRow(analysis, analysed, session.historyOf(role))
  return {
    role,
    policies: analysed.policies,
    judgement: analysed.judgement,
    evidence: analysis.evidence.byRole.get(role.arn) ?? null,
    trust: readTrust(role.trust),
    riskScore: row.riskScore,
    riskGrade: row.riskGrade,
    riskFactors: analysed.risk.factors,
    grantedActions: row.grantedActions,
    usedActions: row.usedActions,
    unusedActions: row.unusedActions,
    unknownActions: row.unknownActions,
    requiredActions: row.requiredActions,
    unusedPercent: row.unusedPercent,
    lastUsed: row.lastUsed,
    isAwsOwned: analysed.guards.some(({ id }) => OWNED_BY_AWS.has(id)),
    guards: analysed.guards.map(({ id }) => id),
  }
}
