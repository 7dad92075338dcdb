import { newestOf } from '../account/role-policies.ts'
import type { Change } from '../change/change.ts'
import { stagesInEffect } from '../change/lifecycle.ts'
import type { WatchSight } from '../change/watch.ts'
import type { RoleEvidence } from '../evidence/evidence.ts'
import type { RolePlan } from '../plan/plan.ts'
import { countOf } from '../policy/action-set.ts'
import type { Iso } from '../policy/names.ts'
import type { AccountAnalysis, RoleAnalysis } from './analysis.ts'
import type { RoleRow, StageStanding } from './views.ts'

/** What the ledger says of a role besides the scan. */
export type RoleHistory = {
  readonly changes: readonly Change[]
  readonly plan: RolePlan | null
  watchOf(changeId: string): WatchSight | null
}

/** One row of `roles`. */
export function roleRow({ account, evidence }: AccountAnalysis, analysed: RoleAnalysis, history: RoleHistory): RoleRow {
  const { role, judgement, risk, guards, flags } = analysed
  const { used, unused, unknown, required } = judgement
  const [usedActions, unusedActions, unknownActions, requiredActions] = [used, unused, unknown, required].map(countOf) as [
    number,
    number,
    number,
    number,
  ]
  const grantedActions = usedActions + unusedActions + unknownActions + requiredActions
  return {
    roleName: role.roleName,
    arn: role.arn,
    roleId: role.roleId,
    accountId: account.accountId,
    path: role.path,
    riskScore: risk.score,
    riskGrade: risk.grade,
    grantedActions,
    usedActions,
    unusedActions,
    unknownActions,
    requiredActions,
    unusedPercent: grantedActions === 0 ? 0 : Math.round((unusedActions / grantedActions) * 1000) / 10,
    lastUsed: newestOf([role.lastUsed, lastUseIn(evidence.byRole.get(role.arn) ?? null)]),
    protected: guards.length > 0,
    flags,
    ...(role.tags.length === 0 ? {} : { tags: role.tags }),
    stage: stageStanding(history),
  }
}

export function stageStanding({ changes, plan }: RoleHistory): StageStanding {
  const [newest] = changes
  const applied = plan === null ? 0 : stagesInEffect(changes, plan.stateHash).length
  return { applied, total: plan?.stages.length ?? null, state: newest?.state ?? 'open' }
}

function lastUseIn(evidence: RoleEvidence | null): Iso | null {
  if (evidence === null) return null
  const services = [...(evidence.lastAccessed?.services ?? []), ...evidence.findings.flatMap((finding) => finding.services)]
  return newestOf([...services.map(({ lastAccessed }) => lastAccessed), ...evidence.calls.map(({ at }) => at)])
}
