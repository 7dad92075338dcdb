import { losesIam } from '../change/loses-iam.ts'
import { unmarked } from '../change/their-versions.ts'
import { visibleIn, type WatchSight } from '../change/watch.ts'
import { isOverlayStage } from '../plan/overlay.ts'
import type { RolePlan } from '../plan/plan.ts'
import type { ActionName } from '../policy/names.ts'
import type { AccountAnalysis } from './analysis.ts'
import { beginChange } from './begin-change.ts'
import { carryOut } from './carry-out.ts'
import { checkEvidence } from './check-evidence.ts'
import type { AppContext } from './context.ts'
import { done } from './outcome.ts'
import { preflight } from './preflight.ts'
import type { ChangeOptions, Outcome } from './use-cases.ts'
import type { ChangeReport } from './views.ts'
import { warn } from './warning.ts'
import { withHands } from './with-hands.ts'

export type StageToApply = {
  readonly plan: RolePlan
  /** Null: the first open one. */
  readonly stage: number | null
  readonly scanId: string
  /** The newest scan of this process; null where there was none. */
  readonly analysis: AccountAnalysis | null
}

/** Applies one stage of one role: lock, preflight, snapshot and restore script, journal, operations, verification. */
export async function tighten(
  context: AppContext,
  { scanId, analysis, plan, stage: asked }: StageToApply,
  options: ChangeOptions,
): Promise<Outcome<ChangeReport>> {
  return withHands(context, { what: `apply a stage of ${plan.roleName}`, signal: options.signal }, async (hands) => {
    const cleared = await preflight(context, hands.live, { plan, stage: asked, account: analysis?.account ?? null }, options)
    if (!cleared.ok) return cleared
    const { stage, before, overrides, warning } = cleared.value
    const evident = analysis === null ? done(null) : checkEvidence(analysis, plan, stage.removes)
    if (!evident.ok) return evident
    const { ledger, accountKey, clock, window, minAge } = context
    ledger.freezePlan(accountKey, { plan, scanId, createdAt: clock.now().toISOString(), window, minAge })
    const { operations, n } = stage
    const change = beginChange(context, {
      kind: isOverlayStage(operations) ? 'overlay' : 'tighten',
      before,
      operations: unmarked(operations),
      stage: n,
      plan: plan.stateHash,
      reason: options.reason ?? null,
      batchId: options.batchId ?? null,
      overrides,
    })
    warn(options, change, warning)
    warn(options, change, losesIam(plan.roleName, stage.removes, change.restoreScript))
    const outcome = await carryOut(context, hands, change, before, options)
    if (outcome.ok) ledger.keepWatch(change.changeId, { ...firstSight(context, stage.removes), checkedAt: clock.now().toISOString() })
    return outcome
  })
}

/** What a watch will be able to see, before it has looked. */
const firstSight = ({ catalog }: AppContext, removes: readonly ActionName[]): WatchSight => ({
  visible: visibleIn(catalog, removes),
  total: removes.length,
  denied: [],
})
