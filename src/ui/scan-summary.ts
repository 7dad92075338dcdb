import type { RiskGrade, RoleRow } from '../app/views.ts'

/** The account in a few figures, worked out once a scan: the list may have thousands of roles. */
export type ScanSummary = {
  readonly roles: number
  readonly grades: Readonly<Record<RiskGrade, number>>
  readonly granted: number
  readonly unused: number
}

export function summarise(roles: readonly RoleRow[]): ScanSummary {
  const grades: Record<RiskGrade, number> = { critical: 0, high: 0, medium: 0, low: 0 }
  let granted = 0
  let unused = 0
  for (const role of roles) {
    grades[role.riskGrade]++
    granted += role.grantedActions
    unused += role.unusedActions
  }
  return { roles: roles.length, grades, granted, unused }
}
