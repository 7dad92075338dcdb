import { newestOf } from '../account/role-policies.ts'
import type { Change } from '../change/change.ts'
import { stagesInEffect } from '../change/lifecycle.ts'
import type { RoleEvidence } from '../evidence/evidence.ts'
import type { RolePlan } from '../plan/plan.ts'
import { countOf } from '../policy/action-set.ts'
import type { Iso } from '../policy/names.ts'
import type { AccountAnalysis, RoleAnalysis } from './analysis.ts'
import type { RoleRow, StageStanding } from './views.ts'

/** What the ledger says of a role besides the scan. */
export type RoleHistory = { readonly changes: readonly Change[]; readonly plan: RolePlan | null }

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

export type RoleOrder = 'risk' | 'name' | 'unused' | 'last-used'

const byName = (a: RoleRow, b: RoleRow): number => (a.roleName < b.roleName ? -1 : a.roleName > b.roleName ? 1 : 0)

const ORDERS: Readonly<Record<RoleOrder, (a: RoleRow, b: RoleRow) => number>> = {
  risk: (a, b) => b.riskScore - a.riskScore || b.unusedActions - a.unusedActions || byName(a, b),
  name: byName,
  unused: (a, b) => b.unusedActions - a.unusedActions || byName(a, b),
  'last-used': (a, b) => (a.lastUsed ?? '').localeCompare(b.lastUsed ?? '') || byName(a, b),
}

export const roleOrders: readonly RoleOrder[] = ['risk', 'name', 'unused', 'last-used']

export const sortRows = (rows: readonly RoleRow[], order: RoleOrder): RoleRow[] => [...rows].sort(ORDERS[order])

/** Rows whose name holds the text, whatever its case. */
export const filterRows = (rows: readonly RoleRow[], text: string): readonly RoleRow[] =>
  text === '' ? rows : rows.filter(({ roleName }) => roleName.toLowerCase().includes(text.toLowerCase()))
