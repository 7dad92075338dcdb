/**
 * Puts a role back to what it was before a change. The later changes of the role go first, newest first. Each rollback is a
 * change of its own: journalled, resumable, undone only by its id. No network call is needed to know what to restore.
 */
import type { Change } from '../change/change.ts'
import { differences } from '../change/compare-states.ts'
import { driftOf, findConflicts, resolveConflicts } from '../change/conflicts.ts'
import { isInEffect, isOpen, isReversal, undoable } from '../change/lifecycle.ts'
import type { Standing } from '../change/standing.ts'
import { operationsToUndo } from '../change/their-versions.ts'
import { inverseOperations } from '../plan/inverse-operations.ts'
import { type Operation, operationTarget } from '../plan/operation.ts'
import type { NewChange } from '../ports/ledger.ts'
import { beginChange } from './begin-change.ts'
import { reportOf } from './carry-out.ts'
import { checkRights, rightsWarning } from './check-rights.ts'
import type { AppContext } from './context.ts'
import { done, refuse, refuseDrift } from './outcome.ts'
import { runJournal, whyStopped } from './run-journal.ts'
import type { Hands } from './run-operation.ts'
import type { ChangeOptions, Outcome } from './use-cases.ts'
import type { ChangeReport } from './views.ts'
import { warn } from './warning.ts'
import { withHands } from './with-hands.ts'

/** Rolls a change back, and before it every later change of the role that is still in effect. Reports on the change itself. */
export async function rollBack(context: AppContext, changeId: string, options: ChangeOptions): Promise<Outcome<ChangeReport>> {
  return withHands(context, { what: `roll back ${changeId}`, signal: options.signal }, async (hands) => {
    const change = context.ledger.change(changeId)
    if (change === null) return refuse(2, 'unknown-change', `there is no change ${changeId}`, 'see the changes with: zt-tui history')
    const ofRole = context.ledger.changes(context.accountKey, { roleId: change.roleId })
    const rolling = ofRole.find((other) => isOpen(other) && other.changeId !== changeId)
    if (rolling !== undefined)
      return refuse(5, 'open-change', `change ${rolling.changeId} on ${change.roleName} is not finished`, 'finish it first: zt-tui recover')
    if (change.state === 'rolled-back' || change.state === 'failed')
      return refuse(4, 'nothing-to-undo', `change ${changeId} is ${change.state}: there is nothing to undo`)
    if (!isInEffect(change) && !isOpen(change)) return refuse(4, 'not-in-effect', `change ${changeId} is not in effect: ${change.state}`)
    const newestFirst = ofRole.findIndex((other) => other.changeId === changeId)
    const later = undoable(ofRole.slice(0, newestFirst))
    let result: Outcome<ChangeReport> | null = null
    for (const next of [...later, change]) {
      result = await rollBackOne(context, hands, next, options)
      if (!result.ok) return result
    }
    return result ?? refuse(2, 'unknown-change', `there is no change ${changeId}`)
  })
}

/** One change whose later ones are undone already. */
export async function rollBackOne(
  context: AppContext,
  hands: Hands,
  change: Change,
  options: ChangeOptions,
  kind: 'rollback' | 'release' = 'rollback',
): Promise<Outcome<ChangeReport>> {
  const inverse = inverseOperations(operationsToUndo(change, context.ledger.changes(context.accountKey, { roleId: change.roleId })))
  const before = await hands.live.roleState(change.roleName)
  if (before === null || before.roleId !== change.roleId) {
    return refuse(
      4,
      'drift',
      `role ${change.roleName} (${change.roleId}) does not exist any more`,
      `its documents are in ${change.restoreScript ?? 'the ledger'}`,
    )
  }
  const conflicts = findConflicts(before, [...inverse.restore, ...inverse.tidy])
  const { drift: choice = null } = options
  if (conflicts.length > 0 && choice === null) {
    const names = [...new Set(conflicts.map(({ operation }) => operationTarget(operation)))].join(', ')
    return refuseDrift(
      `${names} of ${change.roleName} was changed by somebody else since: it is not overwritten`,
      `choose: --drift theirs keeps it and restores the rest, --drift snapshot writes the snapshot over it (${change.restoreScript ?? 'in the ledger'})`,
      driftOf(change, context.ledger.snapshot(change.snapshot), before),
    )
  }
  const { restore, tidy } = choice === null ? inverse : resolveConflicts(inverse, conflicts, choice)
  const rights = await checkRights(hands.live, before, [...restore, ...tidy])
  const { changeId, stage, plan } = change
  const rollback = beginChange(context, {
    kind,
    before,
    operations: [...restore, ...tidy],
    stage,
    plan,
    batchId: options.batchId ?? null,
    undoes: changeId,
    reason: options.reason ?? null,
    overrides: conflicts.length === 0 || choice === null ? [] : [`drift:${choice}`],
  })
  warn(options, rollback, rightsWarning(rights))
  const run = { rollback, undone: change, firstHalf: change.kind === 'quarantine' ? 0 : restore.length, alreadyDone: new Set<number>() }
  return finishRollback(context, hands, { ...run, doubts: doubtsAbout(change, rollback.operations) }, options)
}

/**
 * Where a dead process began something and did not say how it ended, a read may not show it yet: an inverse with nothing to do
 * is then in doubt.
 */
function doubtsAbout(change: Change, inverses: readonly Operation[]): ReadonlyMap<number, Standing> {
  if (!isOpen(change)) return new Map()
  const begun = new Set(change.operations.flatMap(({ operation, outcome }) => (outcome === 'started' ? [operationTarget(operation)] : [])))
  return new Map(inverses.flatMap((operation, at) => (begun.has(operationTarget(operation)) ? [[at + 1, 'after']] : [])))
}

export type RollbackRun = {
  readonly rollback: NewChange
  readonly undone: Change
  readonly firstHalf: number
  readonly alreadyDone: ReadonlySet<number>
  readonly doubts?: ReadonlyMap<number, Standing>
}

/** Also resumes: operations that the journal knows to be done are skipped. A rollback is cancelled in its settle time only. */
export async function finishRollback(
  context: AppContext,
  hands: Hands,
  { rollback, undone, firstHalf, alreadyDone, doubts }: RollbackRun,
  options: ChangeOptions,
): Promise<Outcome<ChangeReport>> {
  const { ledger, clock, accountKey } = context
  const { changeId, roleName, roleId, operations } = rollback
  const begun = clock.now().getTime()
  const setState = (id: string, state: Change['state']): void => ledger.setChangeState(id, state, clock.now().toISOString())
  setState(changeId, 'rolling-back')
  const run = await runJournal(context, hands, {
    changeId,
    roleName,
    roleId,
    operations,
    firstHalf,
    alreadyDone,
    doubts,
    // The admin has chosen: what only the operation itself could see is left, and said.
    onDrift: options.drift ? 'leave' : 'stop',
    settleSignal: options.signal,
    onProgress: options.onProgress,
  })
  if (run.stopped !== null) {
    setState(changeId, 'interrupted')
    const stands = run.firstHalfMs === null ? '' : '; the role has its rights back, what the change made is still there'
    return refuse(5, 'interrupted', `the rollback of ${roleName} stopped: ${whyStopped(run.stopped)}${stands}`, 'finish it: zt-tui recover')
  }
  setState(undone.changeId, 'rolled-back')
  if (isReversal(undone) && undone.undoes !== null) setState(undone.undoes, 'soaking')
  setState(changeId, 'verified')
  if (undoable(ledger.changes(accountKey, { roleId: undone.roleId })).length === 0) ledger.thawPlan(accountKey, undone.roleId)
  const ms = clock.now().getTime() - begun
  const notes = await othersEdits(context, hands, undone)
  return done(reportOf(rollback, run, { outcome: 'rolled-back', ms, restoredMs: run.firstHalfMs ?? ms, notes }))
}

/** What differs from the snapshot after the rollback is somebody else's later edit: it stays, and is said. */
async function othersEdits({ ledger }: AppContext, hands: Hands, undone: Change): Promise<readonly string[]> {
  const snapshot = ledger.snapshot(undone.snapshot)
  const live = await hands.live.roleState(undone.roleName)
  if (snapshot === null || live === null) return []
  return differences(snapshot, live).map((difference) => `changed by somebody else and left: ${difference}`)
}
