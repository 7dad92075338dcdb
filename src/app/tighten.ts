/**
 * Applies one stage of one role: lock, preflight, snapshot and restore script, journal, operations, verification. If AWS
 * refuses half-way, what was done is undone; if even that fails, the change stays open for `recover`.
 */

import type { Change } from '../change/change.ts'
import { differences } from '../change/compare-states.ts'
import { restoreScript } from '../change/restore-script.ts'
import { inverseOperations, isAdditive } from '../plan/inverse-operations.ts'
import type { RolePlan } from '../plan/plan.ts'
import type { NewChange } from '../ports/ledger.ts'
import type { AppContext } from './context.ts'
import { done, refuse } from './outcome.ts'
import { type Cleared, preflight } from './preflight.ts'
import { type RunResult, runJournal } from './run-journal.ts'
import { type Hands, runOperation } from './run-operation.ts'
import type { ChangeOptions, Outcome } from './use-cases.ts'
import type { ChangeReport } from './views.ts'
import { withHands } from './with-hands.ts'

export async function tighten(
  context: AppContext,
  scanId: string,
  plan: RolePlan,
  stage: number | null,
  options: ChangeOptions,
): Promise<Outcome<ChangeReport>> {
  return withHands(context, `apply a stage of ${plan.roleName}`, async (hands) => {
    const cleared = await preflight(context, hands.live, plan, stage, options)
    if (!cleared.ok) return cleared
    const change = begin(context, scanId, plan, cleared.value, options)
    return carryOut(context, hands, change, cleared.value, options)
  })
}

/** From here on the way back exists: snapshot, restore script and journal are on disk before the first write. */
function begin(
  context: AppContext,
  scanId: string,
  plan: RolePlan,
  { stage, before, overrides }: Cleared,
  { reason }: ChangeOptions,
): NewChange {
  const { ledger, clock, accountKey, window, minAge, caller } = context
  const at = clock.now().toISOString()
  const changeId = context.newId()
  const change: NewChange = {
    changeId,
    batchId: null,
    accountKey,
    roleName: plan.roleName,
    roleArn: plan.arn,
    roleId: plan.roleId,
    kind: 'tighten',
    stage: stage.n,
    plan: plan.stateHash,
    at,
    by: caller?.arn ?? 'unknown',
    reason: reason ?? null,
    snapshot: ledger.saveSnapshot(accountKey, before, at),
    undoes: null,
    restoreScript: ledger.saveRestoreScript(changeId, restoreScript(changeId, before, stage.operations)),
    overrides,
    operations: stage.operations,
  }
  ledger.freezePlan(accountKey, { plan, scanId, createdAt: at, window, minAge })
  ledger.beginChange(change)
  ledger.setChangeState(changeId, 'snapshotted', at)
  return change
}

async function carryOut(
  context: AppContext,
  hands: Hands,
  change: NewChange,
  { after }: Cleared,
  options: ChangeOptions,
): Promise<Outcome<ChangeReport>> {
  const { ledger, clock } = context
  const { changeId, roleName, operations } = change
  const begun = clock.now().getTime()
  const setState = (state: Change['state']): void => ledger.setChangeState(changeId, state, clock.now().toISOString())
  setState('applying')
  const firstHalf = operations.filter(isAdditive).length
  const run = await runJournal(context, hands, {
    changeId,
    roleName,
    operations,
    firstHalf,
    alreadyDone: new Set(),
    signal: options.signal,
    onProgress: options.onProgress,
  })
  if (run.stopped !== null) return undo(context, hands, change, run)
  setState('applied')
  const live = await hands.live.roleState(roleName)
  const wrong = live === null ? [`role ${roleName} is gone`] : differences(after, live)
  if (wrong.length === 0) setState('verified')
  if (wrong.length === 0) setState('soaking')
  return done(
    reportOf(change, run, { outcome: wrong.length === 0 ? 'soaking' : 'applied', ms: clock.now().getTime() - begun, notes: wrong }),
  )
}

/** Takes back what was done before AWS, the admin or somebody else's edit stopped the change. */
async function undo(context: AppContext, hands: Hands, change: NewChange, run: RunResult): Promise<Outcome<ChangeReport>> {
  const { ledger, clock } = context
  const { changeId, roleName, operations } = change
  const { restore, tidy } = inverseOperations(operations.slice(0, run.operations.length))
  const setState = (state: Change['state']): void => ledger.setChangeState(changeId, state, clock.now().toISOString())
  setState('rolling-back')
  for (const operation of [...restore, ...tidy]) {
    const carried = await runOperation(hands, roleName, changeId, operation)
    if (carried.kind !== 'drift' && carried.kind !== 'failed') continue
    if (carried.kind === 'drift' && run.stopped?.kind === 'drift') continue
    setState('interrupted')
    return refuse(5, 'interrupted', `${why(run)}, and it could not be undone`, `finish it: zt-tui recover (or run ${change.restoreScript})`)
  }
  setState('failed')
  const code = run.stopped?.kind === 'drift' ? 4 : 3
  return refuse(code, run.stopped?.kind ?? 'failed', `${why(run)}; everything is as it was before`)
}

function why({ stopped }: RunResult): string {
  if (stopped?.kind === 'drift') return `${stopped.target} was changed by somebody else`
  return stopped?.kind === 'failed' ? stopped.failure.message : 'cancelled'
}

export function reportOf(
  { changeId, batchId, roleName, stage, snapshot, restoreScript: script }: NewChange,
  run: RunResult,
  result: Pick<ChangeReport, 'outcome' | 'ms' | 'notes'> & { readonly restoredMs?: number },
): ChangeReport {
  const restored = result.restoredMs === undefined ? {} : { restoredMs: result.restoredMs }
  return {
    changeId,
    ...(batchId === null ? {} : { batchId }),
    roleName,
    stage,
    outcome: result.outcome,
    operations: run.operations,
    ...restored,
    ms: result.ms,
    snapshot,
    restoreScript: script,
    notes: [...run.notes, ...result.notes],
  }
}
