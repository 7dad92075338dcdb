import { type ActionName, actionKey, serviceOf } from '../policy/names.ts'
import type { RolePlan } from './plan.ts'

/** What plans ask of an admin. Removals are counted by role and action. */
export type PlanSummary = { readonly removals: number; readonly roles: number; readonly decisions: number }

/** Folds removals into decisions: one a service, and the same for all roles from which the same goes. */
export function summarise(plans: readonly Pick<RolePlan, 'stages'>[]): PlanSummary {
  const removals = plans.map(removedByPlan).filter((actions) => actions.length > 0)
  const groups = new Map(removals.map((actions) => [actions.map(actionKey).sort().join(), actions]))
  return {
    removals: removals.reduce((sum, { length }) => sum + length, 0),
    roles: removals.length,
    decisions: [...groups.values()].reduce((sum, actions) => sum + new Set(actions.map(serviceOf)).size, 0),
  }
}

/** An overlay denies what the stages after it take away: each action counts once. */
const removedByPlan = ({ stages }: Pick<RolePlan, 'stages'>): readonly ActionName[] => [
  ...new Set(stages.flatMap(({ removes }) => removes)),
]
