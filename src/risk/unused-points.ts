import type { ActionName } from '../policy/names.ts'
import type { RiskInput } from './factors.ts'
import { riskScore } from './score.ts'

/**
 * How many points of the score rest on actions that nobody uses: what the score loses when they go. It drives the order of work
 * and never adds to the score.
 */
export const unusedPoints = (input: RiskInput, isUnused: (action: ActionName) => boolean): number =>
  riskScore(input) - riskScore({ ...input, reach: (action) => (isUnused(action) ? 0 : input.reach(action)) })
