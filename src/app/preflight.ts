/**
 * Everything that must hold before the first write, read anew: identity, guards, order, drift, proof, age of the evidence. Each
 * refusal names its rule. Nothing here writes.
 */

import type { Account } from '../account/account.ts'
import { createPolicyReader } from '../account/role-policies.ts'
import type { RoleState } from '../account/role-state.ts'
import type { Change } from '../change/change.ts'
import { isInEffect, isOpen, stagesInEffect } from '../change/lifecycle.ts'
import { areShownTruly } from '../change/shown-policies.ts'
import { textsOfPlan, textsOfState, threeWay } from '../change/three-way.ts'
import { applyOperations } from '../plan/apply-operation.ts'
import type { PlanStage, RolePlan } from '../plan/plan.ts'
import { isProved, proveStage } from '../plan/proof.ts'
import { NOTHING_PROPOSED } from '../plan/propose.ts'
import { plannedPolicies, stateDocuments } from '../plan/role-state-policies.ts'
import { stateHash } from '../plan/state-hash.ts'
import { createUniverse, patternSet } from '../policy/universe.ts'
import type { LiveReader } from '../ports/aws.ts'
import { checkRights, rightsWarning } from './check-rights.ts'
import type { AppContext } from './context.ts'
import { checkGuards } from './guard-role.ts'
import { shapeLimits } from './make-plan.ts'
import { done, refuse, refuseDrift } from './outcome.ts'
import { saveStagePatch } from './stage-patch.ts'
import type { ChangeOptions, Outcome, Refusal } from './use-cases.ts'

export type Cleared = {
  readonly stage: PlanStage
  readonly before: RoleState
  readonly after: RoleState
  readonly overrides: readonly string[]
  /** What people should hear before the first write. */
  readonly warning: string | null
}

/** The stage that is asked for: `stage` null means the first open one. `account` is the newest scan, where there was one. */
export type Asked = { readonly plan: RolePlan; readonly stage: number | null; readonly account: Account | null }

export async function preflight(context: AppContext, live: LiveReader, asked: Asked, options: ChangeOptions): Promise<Outcome<Cleared>> {
  const { ledger, accountKey } = context
  const { plan, account } = asked
  const changes = ledger.changes(accountKey, { roleId: plan.roleId })
  const open = changes.find(isOpen)
  if (open !== undefined)
    return refuse(5, 'open-change', `change ${open.changeId} on ${plan.roleName} is not finished`, 'finish it first: zt-tui recover')

  const before = await live.roleState(plan.roleName)
  if (before === null) return refuse(2, 'unknown-role', `there is no role ${plan.roleName} in this account`)
  if (before.roleId !== plan.roleId) {
    return refuse(
      4,
      'drift',
      `${plan.roleName} is another role now: its id is ${before.roleId}, the plan was made for ${plan.roleId}`,
      PLAN_AGAIN,
    )
  }
  const stage = nextStage(plan, changes, asked.stage)
  const approach = { account, operations: stage.ok ? stage.value.operations : [], stage: stage.ok ? stage.value.n : null }
  const guarded = checkGuards(context, before, approach, options)
  const isOwnedElsewhere = !guarded.ok && guarded.refusal.id === 'guard:iac-owned' && stage.ok
  if (!guarded.ok && !isOwnedElsewhere) return guarded
  if (!stage.ok) return stage
  const proved = await checkStage(context, before, { plan, stage: stage.value })
  if (!proved.ok) return proved
  if (!guarded.ok) return patchInstead(context, guarded.refusal, { plan, stage: stage.value })
  const rights = await checkRights(live, before, stage.value.operations)
  if (rights.kind === 'lacking') {
    const message = `you may not do everything that this change and its way back need: ${rights.list}`
    return refuse(4, 'rights', message, 'see docs/iam/operator.json')
  }
  return done({ stage: stage.value, before, after: proved.value, overrides: guarded.value, warning: rightsWarning(rights) })
}

type Step = { readonly plan: RolePlan; readonly stage: PlanStage }

/** No drift, and the proof made again on what is live. Gives the state that the stage leads to. */
async function checkStage(context: AppContext, live: RoleState, { plan, stage }: Step): Promise<Outcome<RoleState>> {
  const { ledger, accountKey } = context
  if (stateHash(live) === stage.startHash) return prove(context, live, stage)
  const looks = { snapshot: textsOfPlan(stage.before), ours: textsOfPlan(stage.before), live: textsOfState(live) }
  const ahead = threeWay({ ...looks, ours: textsOfPlan(stage.after) })
  const drift = threeWay(looks).map((edit) => ahead.find(({ kind, name }) => kind === edit.kind && name === edit.name) ?? edit)
  const given = ledger.changes(accountKey, { roleId: plan.roleId }).filter((change) => change.kind === 'give-back' && isInEffect(change))
  if (given.length > 0 && drift.length > 0) {
    const which = given.map(({ changeId }) => changeId).join(', ')
    const message = `stage ${stage.n} does not start from what ${plan.roleName} was given back since (${which})`
    return refuseDrift(message, `make a new plan: zt-tui plan ${plan.roleName} --fresh (what shall stay: --keep ACTION)`, drift)
  }
  return refuseDrift(`the permissions of ${plan.roleName} are not what stage ${stage.n} starts from`, PLAN_AGAIN, drift)
}

function patchInstead({ ledger }: AppContext, refusal: Refusal, { plan, stage }: Step): Outcome<Cleared> {
  const folder = saveStagePatch(ledger, plan, stage)
  return refuse(4, refusal.id, `${refusal.message}; stage ${stage.n} as a patch is in ${folder}`, refusal.hint)
}

const PLAN_AGAIN = 'make a new plan: zt-tui plan ROLE --fresh'

function nextStage(plan: RolePlan, changes: readonly Change[], asked: number | null): Outcome<PlanStage> {
  const nothingFits = plan.notes.some((note) => note.startsWith(NOTHING_PROPOSED))
  if (plan.stages.length === 0)
    return refuse(
      4,
      nothingFits ? 'nothing-proposed' : 'nothing-to-apply',
      `there is nothing to remove from ${plan.roleName}`,
      plan.notes[0] ?? null,
    )
  const next = plan.stages[stagesInEffect(changes, plan.stateHash).length]
  if (next === undefined)
    return refuse(
      4,
      'nothing-to-apply',
      plan.stages.length === 1
        ? `the only stage of ${plan.roleName} is applied`
        : `all ${plan.stages.length} stages of ${plan.roleName} are applied`,
      'for a new plan: zt-tui plan ROLE --fresh',
    )
  if (asked !== null && asked !== next.n)
    return refuse(4, 'stage-order', `stage ${asked} of ${plan.roleName} cannot be applied now: stage ${next.n} is next`)
  return done(next)
}

/** A plan may come from a file: nothing that it says of itself counts, the proof is made again on the live state. */
async function prove(context: AppContext, before: RoleState, stage: PlanStage): Promise<Outcome<RoleState>> {
  const read = createPolicyReader()
  const after = applyOperations(before, stage.operations)
  const named = stateDocuments(before, read).flatMap(({ statements }) => statements.flatMap(({ actions }) => actions.patterns))
  const universe = createUniverse(context.catalog, [...named, ...stage.removes])
  const removed = patternSet(universe, stage.removes)
  const limits = await shapeLimits(context)
  const proof = proveStage({ universe, read, limits, before, after, operations: stage.operations, removed })
  if (!isProved(proof)) return refuse(4, 'proof', `stage ${stage.n} is not proved: ${proof.counterexample ?? 'no witness'}`, PLAN_AGAIN)
  const isTold = areShownTruly(stage.before, plannedPolicies(before, read)) && areShownTruly(stage.after, plannedPolicies(after, read))
  return isTold
    ? done(after)
    : refuse(4, 'proof', `stage ${stage.n} is not proved: its operations do not lead to the documents that it shows`, PLAN_AGAIN)
}
