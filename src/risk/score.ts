/**
 * Score 0–100 = danger × exposure, lessened by guards. Dangers saturate: each takes its share of what is left to 100.
 * Exposure moves the score between `HIDDEN` of the danger and all of it. No danger, no risk.
 */
import { type FactorRow, type RiskInput, riskFactors } from './factors.ts'

export type RiskGrade = 'critical' | 'high' | 'medium' | 'low'

export type RiskFactor = {
  readonly id: string
  readonly kind: FactorRow['kind']
  /** How much lower (or, for a guard, higher) the score would be without this factor. */
  readonly points: number
  readonly reason: string
}

export type Risk = { readonly score: number; readonly grade: RiskGrade; readonly factors: readonly RiskFactor[] }

/** A role that only its own account can reach still counts this share of its danger. */
const HIDDEN = 0.92

const GRADES: readonly (readonly [number, RiskGrade])[] = [
  [90, 'critical'],
  [70, 'high'],
  [40, 'medium'],
]

export const riskGrade = (score: number): RiskGrade => GRADES.find(([floor]) => score >= floor)?.[1] ?? 'low'

type Present = { readonly row: FactorRow; readonly strength: number }

/** The score alone: for many roles, and for each stage of a plan. */
export const riskScore = (input: RiskInput): number => scoreOf(present(input))

export function assessRisk(input: RiskInput): Risk {
  const rows = present(input)
  const score = scoreOf(rows)
  const factors = rows
    .map(({ row }) => ({ row, points: Math.abs(score - scoreOf(rows.filter((other) => other.row !== row))) }))
    .map(({ row, points }): RiskFactor => ({ id: row.id, kind: row.kind, points, reason: row.reason(input) }))
    .sort((a, b) => b.points - a.points)
  return { score, grade: riskGrade(score), factors }
}

const present = (input: RiskInput): Present[] =>
  riskFactors.map((row) => ({ row, strength: row.strength(input) })).filter(({ strength }) => strength > 0)

function scoreOf(rows: readonly Present[]): number {
  const left = (kind: FactorRow['kind']): number =>
    rows.filter(({ row }) => row.kind === kind).reduce((rest, { row, strength }) => rest * (1 - row.weight * strength), 1)
  const danger = 1 - left('danger')
  const exposure = 1 - (1 - HIDDEN) * left('exposure')
  return Math.round(100 * danger * exposure * left('guard'))
}
