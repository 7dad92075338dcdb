/**
 * Carries a begun change out: operations, verification. If AWS refuses half-way, what was done is undone; if even that fails,
 * the change stays open for `recover`.
 */
import type { RoleState } from '../account/role-state.ts'
import type { Change } from '../change/change.ts'
import { differences } from '../change/compare-states.ts'
import { applyOperations } from '../plan/apply-operation.ts'
import { inverseOperations, isAdditive } from '../plan/inverse-operations.ts'
import { touchesRole } from '../plan/operation.ts'
import type { NewChange } from '../ports/ledger.ts'
import type { AppContext } from './context.ts'
import { done, refuse } from './outcome.ts'
import { type RunResult, runJournal, whyStopped } from './run-journal.ts'
import { type Hands, runOperation } from './run-operation.ts'
import type { ChangeOptions, Outcome } from './use-cases.ts'
import type { ChangeReport } from './views.ts'

export async function carryOut(
  context: AppContext,
  hands: Hands,
  change: NewChange,
  before: RoleState,
  options: ChangeOptions,
): Promise<Outcome<ChangeReport>> {
  const { ledger, clock } = context
  const { changeId, roleName, roleId, operations } = change
  const begun = clock.now().getTime()
  const setState = (state: Change['state']): void => ledger.setChangeState(changeId, state, clock.now().toISOString())
  setState('applying')
  // A quarantine gives nothing in the place of what it takes: there is nothing to settle.
  const firstHalf = change.kind === 'quarantine' ? 0 : operations.filter(isAdditive).length
  const { signal, onProgress } = options
  const ways = { signal, settleSignal: signal, onProgress }
  const run = await runJournal(context, hands, { changeId, roleName, roleId, operations, firstHalf, alreadyDone: new Set(), ...ways })
  if (run.stopped !== null) return undo(context, hands, change, run)
  setState('applied')
  const live = await hands.live.roleState(roleName)
  const wrong = live === null ? [`role ${roleName} is gone`] : differences(applyOperations(before, operations), live)
  if (wrong.length === 0) {
    setState('verified')
    setState('soaking')
  }
  return done(
    reportOf(change, run, { outcome: wrong.length === 0 ? 'soaking' : 'applied', ms: clock.now().getTime() - begun, notes: wrong }),
  )
}

/**
 * Takes back what was done before AWS, the admin or somebody else's edit stopped the change. A role that has its name by now is not
 * touched: only what was made beside the role goes.
 */
async function undo(context: AppContext, hands: Hands, change: NewChange, run: RunResult): Promise<Outcome<ChangeReport>> {
  const { ledger, clock } = context
  const { changeId, roleName, roleId, operations } = change
  const { restore, tidy } = inverseOperations(operations.slice(0, run.operations.length))
  const setState = (state: Change['state']): void => ledger.setChangeState(changeId, state, clock.now().toISOString())
  setState('rolling-back')
  // First the journal: a process that dies in here must not leave an operation that looks done and is undone.
  for (const k of run.operations.keys()) ledger.setOperation(changeId, k + 1, { outcome: 'undone', ms: 0, message: null })
  const isStill = (await hands.live.roleId(roleName)) === roleId
  for (const operation of [...restore, ...tidy].filter((one) => isStill || !touchesRole(one))) {
    const carried = await runOperation(hands, { roleName, roleId, changeId, operation })
    if (carried.kind !== 'drift' && carried.kind !== 'failed') continue
    if (carried.kind === 'drift' && (run.stopped?.kind === 'drift' || !isStill)) continue
    setState('interrupted')
    return refuse(5, 'interrupted', `${why(run)}, and it could not be undone`, `finish it: zt-tui recover (or run ${change.restoreScript})`)
  }
  setState('failed')
  if (!isStill) return refuse(4, 'drift', `${why(run)}; nothing was written to it`, `what the role had is in ${change.restoreScript}`)
  const code = run.stopped?.kind === 'drift' ? 4 : 3
  return refuse(code, run.stopped?.kind ?? 'failed', `${why(run)}; everything is as it was before`)
}

const why = ({ stopped }: RunResult): string => (stopped === null ? 'stopped' : whyStopped(stopped))

export function reportOf(
  { changeId, batchId, roleName, stage, snapshot, restoreScript }: NewChange,
  run: RunResult,
  result: Pick<ChangeReport, 'outcome' | 'ms' | 'notes'> & { readonly restoredMs?: number },
): ChangeReport {
  return {
    changeId,
    ...(batchId === null ? {} : { batchId }),
    roleName,
    stage,
    outcome: result.outcome,
    operations: run.operations,
    ...(result.restoredMs === undefined ? {} : { restoredMs: result.restoredMs }),
    ms: result.ms,
    snapshot,
    restoreScript,
    notes: [...run.notes, ...result.notes],
  }
}
