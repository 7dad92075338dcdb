import { type ActionName, actionKey, serviceOf } from '../policy/names.ts'
import type { RolePlan } from './plan.ts'

/** What plans ask of an admin. Removals are counted by role and action. */
export type PlanSummary = { readonly removals: number; readonly roles: number; readonly decisions: number }

/** Folds removals into decisions: one a service, and one for all roles from which the same goes of that service. */
export function summarise(plans: readonly Pick<RolePlan, 'stages'>[]): PlanSummary {
  const removals = plans.map(removedByPlan).filter((actions) => actions.length > 0)
  const services = removals.flatMap((actions) => [...Map.groupBy(actions, serviceOf).values()])
  return {
    removals: removals.reduce((sum, { length }) => sum + length, 0),
    roles: removals.length,
    decisions: new Set(services.map((actions) => actions.map(actionKey).sort().join())).size,
  }
}

/** An overlay denies what the stages after it take away: each action counts once. */
const removedByPlan = ({ stages }: Pick<RolePlan, 'stages'>): readonly ActionName[] => [
  ...new Set(stages.flatMap(({ removes }) => removes)),
]
