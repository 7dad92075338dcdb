import type { Iso } from '../policy/names.ts'
import type { RiskGrade } from '../risk/score.ts'

/** What lists, screens and reports say of a role in figures. */
export type RoleFigures = {
  readonly riskScore: number
  readonly riskGrade: RiskGrade
  readonly grantedActions: number
  readonly usedActions: number
  readonly unusedActions: number
  readonly unknownActions: number
  readonly requiredActions: number
  /** unused ÷ granted, one decimal. */
  readonly unusedPercent: number
  readonly lastUsed: Iso | null
}

/** The figures alone, of whatever holds them. */
export const figuresOf = (holder: RoleFigures): RoleFigures => ({
  riskScore: holder.riskScore,
  riskGrade: holder.riskGrade,
  grantedActions: holder.grantedActions,
  usedActions: holder.usedActions,
  unusedActions: holder.unusedActions,
  unknownActions: holder.unknownActions,
  requiredActions: holder.requiredActions,
  unusedPercent: holder.unusedPercent,
  lastUsed: holder.lastUsed,
})
