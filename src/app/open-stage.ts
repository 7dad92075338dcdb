import type { PlanStage, RolePlan } from '../plan/plan.ts'

/** The stage that apply would take next: stages go in order, so it is the first one not in effect. */
export const openStage = (plan: RolePlan, applied: number): PlanStage | null => plan.stages.find(({ n }) => n > applied) ?? null
