/** Finishes a change that a dead process left open: both ways out are always possible. */
import type { Change } from '../change/change.ts'
import { cliLine } from '../change/cli-line.ts'
import { differences } from '../change/compare-states.ts'
import { driftOf, findConflicts, overTheirs } from '../change/conflicts.ts'
import { isOpen, isReversal } from '../change/lifecycle.ts'
import type { Standing } from '../change/standing.ts'
import { applyOperations } from '../plan/apply-operation.ts'
import { inverseOperations, isAdditive, isRestoring } from '../plan/inverse-operations.ts'
import { type Operation, operationTarget, touchesRole } from '../plan/operation.ts'
import type { NewChange } from '../ports/ledger.ts'
import { reportOf } from './carry-out.ts'
import type { AppContext } from './context.ts'
import { done, refuse, refuseDrift } from './outcome.ts'
import { finishRollback, rollBackOne } from './roll-back.ts'
import { runJournal, whyStopped } from './run-journal.ts'
import { type Hands, runOperation } from './run-operation.ts'
import type { ChangeOptions, Interrupted, Outcome } from './use-cases.ts'
import type { ChangeReport } from './views.ts'
import { withHands } from './with-hands.ts'

/** Open changes of this account, if no living process is at work on them. */
export async function findInterrupted(context: AppContext): Promise<readonly Interrupted[]> {
  const { ledger, accountKey } = context
  const open = ledger.changes(accountKey).filter(isOpen)
  if (open.length === 0) return []
  const lock = await ledger.lock(accountKey, { waitMs: 0, what: 'look for interrupted changes' })
  if (!lock.held) return []
  lock.release()
  const takenBack = new Set(open.flatMap(({ undoes }) => undoes ?? []))
  return open.filter(({ changeId }) => !takenBack.has(changeId)).map((change) => describe(context, change))
}

/** A rollback of a change that never came to its end can only go on: half of a change is no place to go back to. */
function canOnlyGoOn({ ledger }: AppContext, change: Change): boolean {
  const undone = change.undoes === null ? null : ledger.change(change.undoes)
  return isReversal(change) && undone !== null && isOpen(undone)
}

function describe(context: AppContext, change: Change): Interrupted {
  const operations = change.operations.map(({ operation }) => operation)
  const finished = doneIn(change)
  const resume = operations.filter((_, at) => !finished.has(at + 1))
  const lines = (list: readonly Operation[]): string[] => list.map((operation) => cliLine(change.roleName, operation))
  const { restore, tidy } = inverseOperations(operations)
  return {
    changeId: change.changeId,
    roleName: change.roleName,
    stage: change.stage,
    at: change.at,
    done: finished.size,
    total: operations.length,
    resume: lines(resume),
    rollback: lines(canOnlyGoOn(context, change) ? resume : [...restore, ...tidy]),
  }
}

const doneIn = ({ operations }: Change): ReadonlySet<number> =>
  new Set(operations.flatMap(({ k, outcome }) => (outcome === 'done' || outcome === 'already-done' ? [k] : [])))

export async function recoverChange(
  context: AppContext,
  changeId: string,
  way: 'resume' | 'rollback',
  options: ChangeOptions,
): Promise<Outcome<ChangeReport>> {
  return withHands(context, { what: `recover ${changeId}`, signal: options.signal }, async (hands) => {
    const change = context.ledger.change(changeId)
    if (change === null) return refuse(2, 'unknown-change', `there is no change ${changeId}`)
    if (!isOpen(change)) return refuse(4, 'not-open', `change ${changeId} is not interrupted: ${change.state}`)
    if ((await hands.live.roleId(change.roleName)) !== change.roleId) return close(context, hands, change)
    if (way === 'resume' || canOnlyGoOn(context, change))
      return isReversal(change) ? resumeRollback(context, hands, change, options) : resume(context, hands, change, options)
    return rollBackOne(context, hands, change, options)
  })
}

/** Nothing can be given back to a role that is gone; one of the same name made since is another role, and is left alone. */
async function close(context: AppContext, hands: Hands, change: Change): Promise<ReturnType<typeof refuse>> {
  const { ledger, clock } = context
  const { changeId, roleName, roleId, undoes, restoreScript } = change
  const left = await takeBackBeside(hands, (undoes === null ? null : ledger.change(undoes)) ?? change)
  for (const id of [changeId, undoes]) if (id !== null) ledger.setChangeState(id, 'failed', clock.now().toISOString())
  const what = `role ${roleName} (${roleId}) does not exist any more: the change is closed`
  const remains = left.length === 0 ? '' : `left behind: ${left.join(', ')}; `
  return refuse(4, 'drift', what, `${remains}its documents are in ${restoreScript ?? 'the ledger'}`)
}

/** Takes back what a change did to managed policies. Gives what could not be: it is in use, was edited, or AWS refuses. */
async function takeBackBeside(hands: Hands, { roleName, roleId, changeId, operations }: Change): Promise<readonly string[]> {
  const begun = operations.filter(({ outcome }) => outcome !== 'pending' && outcome !== 'failed')
  const { restore, tidy } = inverseOperations(begun.map(({ operation }) => operation))
  const left: string[] = []
  for (const operation of [...restore, ...tidy].filter((one) => !touchesRole(one))) {
    const { kind } = await runOperation(hands, { roleName, roleId, changeId, operation })
    if (kind !== 'done' && kind !== 'already-done') left.push(operationTarget(operation))
  }
  return [...new Set(left)]
}

async function resume(context: AppContext, hands: Hands, change: Change, options: ChangeOptions): Promise<Outcome<ChangeReport>> {
  const { ledger, clock } = context
  const { changeId, roleName, roleId } = change
  const begun = clock.now().getTime()
  const setState = (state: Change['state']): void => ledger.setChangeState(changeId, state, clock.now().toISOString())
  const again = asNew(change)
  setState('applying')
  const firstHalf = change.kind === 'quarantine' ? 0 : again.operations.filter(isAdditive).length
  const run = await runJournal(context, hands, {
    changeId,
    roleName,
    roleId,
    operations: again.operations,
    firstHalf,
    alreadyDone: doneIn(change),
    signal: options.signal,
    settleSignal: options.signal,
    doubts: doubtsAbout(change),
    onProgress: options.onProgress,
  })
  if (run.stopped !== null) {
    setState('interrupted')
    const what = whyStopped(run.stopped)
    return refuse(
      run.stopped.kind === 'drift' ? 4 : 5,
      'interrupted',
      `the change could not be resumed: ${what}`,
      'go on or take it back: zt-tui recover',
    )
  }
  const before = ledger.snapshot(change.snapshot)
  const live = await hands.live.roleState(roleName)
  const notes = before === null || live === null ? [] : differences(applyOperations(before, again.operations), live)
  setState('verified')
  setState('soaking')
  return done(reportOf(again, run, { outcome: 'soaking', ms: clock.now().getTime() - begun, notes }))
}

async function resumeRollback(context: AppContext, hands: Hands, change: Change, options: ChangeOptions): Promise<Outcome<ChangeReport>> {
  const undone = change.undoes === null ? null : context.ledger.change(change.undoes)
  if (undone === null) return refuse(2, 'unknown-change', `the change that ${change.changeId} undoes is not in the ledger`)
  const finished = doneIn(change)
  const { operations, ...rollback } = asNew(change)
  const before = await hands.live.roleState(change.roleName)
  const left = operations.filter((_, at) => !finished.has(at + 1))
  const conflicts = before === null ? [] : findConflicts(before, left)
  if (before !== null && conflicts.length > 0 && !options.drift) {
    const names = [...new Set(conflicts.map(({ operation }) => operationTarget(operation)))].join(', ')
    return refuseDrift(
      `${names} of ${change.roleName} was changed by somebody else since: it is not overwritten`,
      'choose: --drift theirs keeps it and restores the rest, --drift snapshot writes the snapshot over it',
      driftOf(undone, context.ledger.snapshot(undone.snapshot), before),
    )
  }
  // The journal has numbered the operations: what stays theirs is passed over in its place.
  const settled = options.drift === 'snapshot' ? overTheirs(operations, conflicts) : operations
  const run = {
    rollback: { ...rollback, operations: settled },
    undone,
    firstHalf: undone.kind === 'quarantine' ? 0 : settled.filter(isRestoring).length,
  }
  return finishRollback(context, hands, { ...run, alreadyDone: finished }, options)
}

/** To repeat an operation is harmless, but a policy would get its new version twice. */
const doubtsAbout = ({ operations }: Change): ReadonlyMap<number, Standing> =>
  new Map(
    operations.flatMap(({ k, operation, outcome }) =>
      operation.kind === 'CreatePolicyVersion' && outcome === 'started' ? [[k, 'before']] : [],
    ),
  )

const asNew = ({ state: _, operations, ...change }: Change): NewChange => ({
  ...change,
  operations: operations.map(({ operation }) => operation),
})
