import type { RiskGrade } from '../../risk/score.ts'
import type { ReportRole } from '../report-input.ts'

export type OverPermissiveRole = {
  readonly roleName: string
  /** Names of its policies, attached and inline. */
  readonly policies: readonly string[]
  readonly unusedPercent: number
  readonly grade: RiskGrade
  readonly riskScore: number
  readonly unusedActions: number
  readonly grantedActions: number
  /** The danger that takes the most points: the factor's id, and its reason in words. */
  readonly topRiskId: string | null
  readonly topRisk: string | null
  readonly guards: readonly string[]
}

const LARGE_SHARE = 70
const grave: ReadonlySet<RiskGrade> = new Set(['critical', 'high'])

/** Mostly unused, and dangerous in the wrong hands. AWS's own roles are not counted: nobody here can cut them. */
export const isOverPermissive = ({ unusedPercent, riskGrade, isAwsOwned }: ReportRole): boolean =>
  !isAwsOwned && unusedPercent >= LARGE_SHARE && grave.has(riskGrade)

/** Worst first. */
export function findOverPermissive(roles: readonly ReportRole[]): readonly OverPermissiveRole[] {
  return roles
    .filter(isOverPermissive)
    .toSorted((a, b) => b.riskScore - a.riskScore || b.unusedPercent - a.unusedPercent || (a.role.roleName < b.role.roleName ? -1 : 1))
    .map((found) => ({
      roleName: found.role.roleName,
      policies: [...found.role.attached.map(({ name }) => name), ...found.role.inline.map(({ name }) => name)],
      unusedPercent: found.unusedPercent,
      grade: found.riskGrade,
      riskScore: found.riskScore,
      unusedActions: found.unusedActions,
      grantedActions: found.grantedActions,
      ...topDanger(found),
      guards: found.guards,
    }))
}

function topDanger({ riskFactors }: ReportRole): Pick<OverPermissiveRole, 'topRisk' | 'topRiskId'> {
  const top = riskFactors.find(({ kind }) => kind === 'danger')
  return { topRiskId: top?.id ?? null, topRisk: top?.reason ?? null }
}
