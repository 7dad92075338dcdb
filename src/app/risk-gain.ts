import { readableDocuments } from '../account/role-policies.ts'
import { hasIndex, indexesOf } from '../policy/action-set.ts'
import { unusedPoints } from '../risk/unused-points.ts'
import type { AccountAnalysis, RoleAnalysis } from './analysis.ts'

/** How many points of a role's score rest on what nobody uses. */
export function unusedPointsOf({ universe }: AccountAnalysis, { judgement, policies, riskWith }: RoleAnalysis): number {
  const isUnused = (action: string): boolean => {
    const index = universe.indexOf(action)
    return index !== null && hasIndex(judgement.unused, index)
  }
  return unusedPoints(riskWith(readableDocuments(policies)), isUnused)
}

/**
 * What a decision about this role removes of its risk, to two decimals: the points that rest on unused actions, shared among the
 * services that have some. A decision is one service: its unused actions go or stay together.
 */
export function riskGain(analysis: AccountAnalysis, analysed: RoleAnalysis): number {
  const { serviceAt } = analysis.universe
  const decisions = new Set(indexesOf(analysed.judgement.unused).map((index) => serviceAt[index])).size
  return decisions === 0 ? 0 : Math.round((100 * unusedPointsOf(analysis, analysed)) / decisions) / 100
}
