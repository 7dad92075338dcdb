/**
 * Runs the operations of a change in order, each journalled before and after, with the settle time between the half that
 * adds and the half that takes away. It stops between operations only.
 */

import type { OperationOutcome } from '../change/change.ts'
import { cliLine } from '../change/cli-line.ts'
import type { Standing } from '../change/standing.ts'
import { type Operation, operationTarget } from '../plan/operation.ts'
import type { AwsFailure } from '../ports/aws-failure.ts'
import type { AppContext } from './context.ts'
import { type Carried, type Hands, runOperation } from './run-operation.ts'
import type { ChangeProgress } from './use-cases.ts'
import type { ChangeReport } from './views.ts'

export type Run = {
  readonly changeId: string
  readonly roleName: string
  readonly roleId: string
  readonly operations: readonly Operation[]
  /** How many operations come before the settle time; 0 or all of them: no settle time. */
  readonly firstHalf: number
  /** Numbers (from 1) of operations that the journal knows to be done: skipped. */
  readonly alreadyDone: ReadonlySet<number>
  /** Numbers of operations that a dead process left in doubt, each with the look that is not believed at once. */
  readonly doubts?: ReadonlyMap<number, Standing> | undefined
  /** What somebody else changed ends the run, or is left as it is and said. */
  readonly onDrift?: 'stop' | 'leave' | undefined
  /** Stops between two operations. */
  readonly signal?: AbortSignal | undefined
  /** Stops while nothing is done: in the settle time. */
  readonly settleSignal?: AbortSignal | undefined
  readonly onProgress?: ((progress: ChangeProgress) => void) | undefined
}

export type RunResult = {
  readonly stopped:
    | null
    | { readonly kind: 'drift'; readonly target: string }
    | { readonly kind: 'another-role'; readonly roleName: string }
    | { readonly kind: 'cancelled' }
    | { readonly kind: 'failed'; readonly failure: AwsFailure }
  readonly operations: ChangeReport['operations']
  /** Milliseconds until the first half was done; null when it was not. */
  readonly firstHalfMs: number | null
  readonly notes: readonly string[]
}

/** Why a run did not come to its end, for people. */
export function whyStopped(stopped: NonNullable<RunResult['stopped']>): string {
  if (stopped.kind === 'failed') return stopped.failure.message
  if (stopped.kind === 'another-role') return `${stopped.roleName} is another role now: somebody deleted it and made one of the same name`
  return stopped.kind === 'drift' ? `${stopped.target} was changed by somebody else` : 'cancelled'
}

export async function runJournal(context: AppContext, hands: Hands, run: Run): Promise<RunResult> {
  const { ledger, clock } = context
  const begun = clock.now().getTime()
  const report: { kind: Operation['kind']; target: string; outcome: OperationOutcome; ms: number }[] = []
  const notes: string[] = []
  let firstHalfMs: number | null = run.firstHalf === 0 ? 0 : null
  const finish = (stopped: RunResult['stopped']): RunResult => ({ stopped, operations: report, firstHalfMs, notes })

  for (const [k, operation] of run.operations.entries()) {
    if (run.signal?.aborted === true) return finish({ kind: 'cancelled' })
    const target = operationTarget(operation)
    const tell = (outcome: OperationOutcome): void => run.onProgress?.(progressOf(run, k, operation, outcome))
    if (run.alreadyDone.has(k + 1)) {
      report.push({ kind: operation.kind, target, outcome: 'already-done', ms: 0 })
      tell('already-done')
    } else {
      ledger.setOperation(run.changeId, k + 1, { outcome: 'started', ms: 0, message: null })
      tell('started')
      const from = clock.now().getTime()
      const { roleName, roleId, changeId } = run
      const carried = await runOperation(hands, {
        roleName,
        roleId,
        changeId,
        operation,
        isRoleDoubted: k > 0 && k === run.firstHalf,
        doubted: run.doubts?.get(k + 1),
        onThrottled: (throttledMs) => run.onProgress?.({ ...progressOf(run, k, operation, 'started'), throttledMs }),
      })
      const ms = clock.now().getTime() - from
      const outcome = outcomeOf(carried)
      const message = messageOf(carried, target)
      ledger.setOperation(run.changeId, k + 1, { outcome, ms, message })
      report.push({ kind: operation.kind, target, outcome, ms })
      tell(outcome)
      if (carried.kind === 'orphan-kept' && message !== null) notes.push(message)
      if (carried.kind === 'drift' && run.onDrift !== 'leave') return finish({ kind: 'drift', target })
      if (carried.kind === 'another-role') return finish({ kind: 'another-role', roleName })
      if (carried.kind === 'failed') return finish({ kind: 'failed', failure: carried.failure })
    }
    if (k + 1 === run.firstHalf) {
      firstHalfMs = clock.now().getTime() - begun
      if (k + 1 < run.operations.length && !(await settle(context, run))) return finish({ kind: 'cancelled' })
    }
  }
  return finish(null)
}

/**
 * Reads show a write at once, enforcement lags: nothing is taken away before what replaces it can be relied on. False when the
 * user did not want to wait: whoever asked decides what becomes of what was added.
 */
async function settle({ clock, settleMs }: AppContext, run: Run): Promise<boolean> {
  if (settleMs <= 0) return true
  const { changeId, roleName, operations, firstHalf, settleSignal } = run
  const text = `waiting ${Math.round(settleMs / 1000)} s for AWS to enforce what was added`
  run.onProgress?.({ changeId, roleName, phase: 'settle', k: firstHalf, n: operations.length, outcome: 'started', text, cli: null })
  try {
    await clock.sleep(settleMs, settleSignal)
  } catch (error) {
    if (settleSignal?.aborted !== true) throw error
  }
  return settleSignal?.aborted !== true
}

function progressOf({ changeId, roleName, operations }: Run, k: number, operation: Operation, outcome: OperationOutcome): ChangeProgress {
  const text = `${operation.kind} ${operationTarget(operation)}`
  return { changeId, roleName, phase: 'operation', k: k + 1, n: operations.length, outcome, text, cli: cliLine(roleName, operation) }
}

const OUTCOMES: Readonly<Record<Carried['kind'], OperationOutcome>> = {
  done: 'done',
  'already-done': 'already-done',
  'orphan-kept': 'already-done',
  drift: 'failed',
  'another-role': 'failed',
  failed: 'failed',
}

const outcomeOf = ({ kind }: Carried): OperationOutcome => OUTCOMES[kind]

function messageOf(carried: Carried, target: string): string | null {
  if (carried.kind === 'failed') return carried.failure.message
  if (carried.kind === 'another-role') return 'the role is another one now'
  if (carried.kind === 'drift') return `${target} is not what the plan showed`
  return carried.kind === 'orphan-kept' ? `orphanKept: ${target} is used by somebody else now and was left` : null
}
