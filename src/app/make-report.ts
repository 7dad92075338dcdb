import type { Role } from '../account/account.ts'
import { readTrust } from '../account/trust.ts'
import type { GuardId } from '../change/guards.ts'
import type { ReadOptions } from '../ports/aws.ts'
import type { ReportRole } from '../report/report-input.ts'
import { figuresOf } from '../report/role-figures.ts'
import { buildStatusReport, type StatusReport } from '../report/status-report.ts'
import type { AccountSession } from './account-session.ts'
import type { AccountAnalysis } from './analysis.ts'
import type { AppContext } from './context.ts'
import { readObservations } from './kept-observations.ts'
import { roleRow } from './role-rows.ts'

/** The status report of the newest scan, with what the account's other sources say now. Writes nothing to the account. */
export async function makeReport(context: AppContext, session: AccountSession, options: ReadOptions = {}): Promise<StatusReport> {
  const analysis = await session.analysis(options)
  return buildStatusReport({
    scanId: analysis.scanId,
    account: analysis.account,
    universe: analysis.universe,
    window: analysis.window,
    catalogDate: context.catalog.date,
    roles: analysis.account.roles.map((role) => reportRole(session, analysis, role)),
    sources: analysis.evidence.sources,
    observations: await readObservations(context, analysis, options),
  })
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
    ...figuresOf(row),
    riskFactors: analysed.risk.factors,
    isAwsOwned: analysed.guards.some(({ id }) => OWNED_BY_AWS.has(id)),
    guards: analysed.guards.map(({ id }) => id),
  }
}
