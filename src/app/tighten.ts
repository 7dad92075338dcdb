import type { RolePlan } from '../plan/plan.ts'
import { beginChange } from './begin-change.ts'
import { carryOut } from './carry-out.ts'
import type { AppContext } from './context.ts'
import { preflight } from './preflight.ts'
import type { ChangeOptions, Outcome } from './use-cases.ts'
import type { ChangeReport } from './views.ts'
import { withHands } from './with-hands.ts'

export type StageToApply = { readonly scanId: string; readonly plan: RolePlan; readonly stage: number | null }

/** Applies one stage of one role: lock, preflight, snapshot and restore script, journal, operations, verification. */
export async function tighten(
  context: AppContext,
  { scanId, plan, stage: asked }: StageToApply,
  options: ChangeOptions,
): Promise<Outcome<ChangeReport>> {
  return withHands(context, `apply a stage of ${plan.roleName}`, async (hands) => {
    const cleared = await preflight(context, hands.live, plan, asked, options)
    if (!cleared.ok) return cleared
    const { stage, before, overrides } = cleared.value
    const { ledger, accountKey, clock, window, minAge } = context
    ledger.freezePlan(accountKey, { plan, scanId, createdAt: clock.now().toISOString(), window, minAge })
    const { operations, n } = stage
    const change = beginChange(context, {
      kind: 'tighten',
      before,
      operations,
      stage: n,
      plan: plan.stateHash,
      reason: options.reason ?? null,
      overrides,
    })
    return carryOut(context, hands, change, before, options)
  })
}
