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
  /** How many points of the score stand for this danger; the shares of all dangers sum to the score. 0 for the other kinds. */
  readonly share: number
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

/** Lists ask for the score and the grade; the factors and their words are found when a role is shown. */
export function assessRisk(input: RiskInput): Risk {
  const rows = present(input)
  const score = scoreOf(rows)
  let factors: readonly RiskFactor[] | null = null
  return {
    score,
    grade: riskGrade(score),
    get factors() {
      factors ??= riskFactorsIn(input, rows, score)
      return factors
    },
  }
}

function riskFactorsIn(input: RiskInput, rows: readonly Present[], score: number): readonly RiskFactor[] {
  const shares = dangerShares(rows, score)
  return rows
    .map(({ row }): RiskFactor => {
      const points = Math.abs(score - scoreOf(rows.filter((other) => other.row !== row)))
      return { id: row.id, kind: row.kind, points, share: shares.get(row) ?? 0, reason: row.reason(input) }
    })
    .sort((a, b) => b.points - a.points || b.share - a.share)
}

/**
 * Each danger leaves a part of what the others leave, so their logarithms add up, and the score divides in that proportion.
 * Where dangers saturate, as for an administrator, leaving one out changes nothing, but its share still says how much it is.
 */
function dangerShares(rows: readonly Present[], score: number): ReadonlyMap<FactorRow, number> {
  const dangers = rows
    .filter(({ row }) => row.kind === 'danger')
    .map(({ row, strength }) => ({ row, weight: -Math.log1p(-row.weight * strength) }))
  const total = dangers.reduce((sum, { weight }) => sum + weight, 0)
  const shares = new Map<FactorRow, number>()
  let counted = 0
  let given = 0
  for (const { row, weight } of dangers) {
    counted += weight
    // Rounding the running sum keeps the whole exact.
    const upTo = Math.round((score * counted) / total)
    shares.set(row, upTo - given)
    given = upTo
  }
  return shares
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
