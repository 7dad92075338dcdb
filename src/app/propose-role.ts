import type { Role } from '../account/account.ts'
import { isAwsManaged } from '../account/role-policies.ts'
import { createStateReader } from '../account/state-of-role.ts'
import type { RolePlan } from '../plan/plan.ts'
import { proposeRole } from '../plan/propose.ts'
import type { ShapeLimits } from '../plan/shape.ts'
import { createPlacer } from '../policy/cover.ts'
import { createPatternGrouper } from '../policy/pattern-groups.ts'
import { riskScore } from '../risk/score.ts'
import type { AccountAnalysis } from './analysis.ts'
import { futureToKeep } from './keep-future.ts'
import type { PlanOptions } from './use-cases.ts'

/** Proposes for one role after another; what concerns the whole account is looked up once. */
export function createProposer(
  analysis: AccountAnalysis,
  limits: ShapeLimits,
  { keep = [], remove = [], overlay = false }: Pick<PlanOptions, 'keep' | 'remove' | 'overlay'> = {},
): (role: Role) => RolePlan {
  const { account, universe, read, escalation } = analysis
  const stateOf = createStateReader(account)
  const takenNames = new Set([...account.policies.values()].filter(({ arn }) => !isAwsManaged(arn)).map(({ name }) => name.toLowerCase()))
  const shaping = { universe, read, limits, takenNames, group: createPatternGrouper(universe), future: futureToKeep(keep) }
  const place = createPlacer()
  return (role) => {
    const { judgement, ages, riskWith } = analysis.role(role)
    return proposeRole({
      shaping,
      state: stateOf(role),
      judgement,
      undated: ages.undated,
      escalation,
      keep,
      remove,
      overlay,
      place,
      riskOf: (documents) => riskScore(riskWith(documents)),
    })
  }
}
