import type { PlanStage, RolePlan } from '../plan/plan.ts'
import type { AccessLevel } from '../policy/access-level.ts'
import { type ActionName, actionKey, serviceOf } from '../policy/names.ts'
import type { DocumentDiff } from './document-diff.ts'
import { dangerOf, type KnownRole, levelsByDanger } from './known-role.ts'

export type RemovedService = { readonly service: string; readonly actions: readonly ActionName[] }

/** What a stage removes of one access level; `level` null: the catalog does not say, or the role is not here yet. */
export type RemovedLevel = { readonly level: AccessLevel | null; readonly count: number; readonly services: readonly RemovedService[] }

export type KnownStage = { readonly stage: PlanStage; readonly removed: readonly RemovedLevel[] }

/** A proposal with what the screens need of it worked out once. `diffs` fills as stages are looked at, by stage number. */
export type KnownPlan = {
  readonly plan: RolePlan
  readonly stages: readonly KnownStage[]
  readonly diffs: ReadonlyMap<number, readonly DocumentDiff[]>
}

function groupRemoved(removes: readonly ActionName[], levelOf: ReadonlyMap<string, AccessLevel | null>): readonly RemovedLevel[] {
  const byLevel = Map.groupBy(removes, (action) => levelOf.get(actionKey(action)) ?? null)
  return [...levelsByDanger, null]
    .flatMap((level) => {
      const actions = byLevel.get(level)
      if (actions === undefined) return []
      const services = [...Map.groupBy(actions, serviceOf)]
        .map(([service, named]) => ({ service, actions: named.toSorted() }))
        .toSorted((a, b) => b.actions.length - a.actions.length || (a.service < b.service ? -1 : 1))
      return [{ level, count: actions.length, services }]
    })
    .toSorted((a, b) => dangerOf(a.level) - dangerOf(b.level))
}

/** Levels come from the role; without it everything stands under "level unknown" until it arrives. */
export function knowPlan(plan: RolePlan, role: KnownRole | null): KnownPlan {
  const levelOf = new Map((role?.view.actions ?? []).map((action) => [actionKey(action.action), action.accessLevel]))
  return {
    plan,
    stages: plan.stages.map((stage) => ({ stage, removed: groupRemoved(stage.removes, levelOf) })),
    diffs: new Map(),
  }
}
