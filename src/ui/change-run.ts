import type { Interrupted, Refusal } from '../app/use-cases.ts'
import type { ChangeReport, GuardVerdict, HistoryEntry } from '../app/views.ts'
import type { OperationOutcome } from '../change/change.ts'
import type { DriftChoice } from '../change/conflicts.ts'
import type { RolePlan } from '../plan/plan.ts'
import type { Conflict } from './conflict.ts'

/** What a batch does to each of its roles: the next stage, or the newest change taken back. */
export type BatchWay = 'apply' | 'rollback'

/** One marked role of a batch and how it went. */
export type BatchItem = {
  readonly roleName: string
  readonly status: 'waiting' | 'running' | 'done' | 'refused' | 'skipped'
  readonly text: string
}

export type RunStep = { readonly k: number; readonly text: string; readonly cli: string | null; readonly outcome: OperationOutcome }

export type RunKind = 'apply' | 'rollback' | 'resume' | 'give-back' | 'quarantine' | 'release'

/** One change as it is carried out in front of the user. Times in milliseconds of the use cases' clock. */
export type ChangeRun = {
  readonly kind: RunKind
  readonly roleName: string
  readonly stage: number | null
  readonly title: string
  readonly removes: number
  readonly riskBefore: number | null
  readonly riskAfter: number | null
  readonly startedAt: number
  readonly phase: 'preflight' | 'snapshot' | 'operation' | 'settle' | 'verify'
  readonly phaseText: string
  readonly phaseSince: number
  /** Until when AWS lets the operation wait; null while it does not. */
  readonly throttledUntil: number | null
  /** The change that reports now, and how many steps those before it had: a rollback takes later changes back first. */
  readonly changeId: string | null
  readonly offset: number
  readonly steps: readonly RunStep[]
  /** What was asked for, where it can be asked for again with an answer to a conflict. */
  readonly undo: Undo | null
  readonly result: { readonly ok: true; readonly report: ChangeReport } | { readonly ok: false; readonly refusal: Refusal } | null
}

/** A way back that may meet edits of somebody else. */
export type Undo =
  | { readonly kind: 'rollback'; readonly entry: HistoryEntry }
  | { readonly kind: 'recover'; readonly change: Interrupted; readonly way: 'resume' | 'rollback' }
  | { readonly kind: 'release'; readonly roleName: string }

/** What a confirmed dialog will do: captured when it opens, so that it acts on what was highlighted then. */
export type Intent =
  | {
      readonly kind: 'apply'
      readonly plan: RolePlan
      readonly stage: number
      readonly guards: readonly GuardVerdict[]
      readonly patch: string | null
    }
  | Undo
  | { readonly kind: 'settle'; readonly conflict: Conflict; readonly undo: Undo; readonly choice: DriftChoice }
  | { readonly kind: 'give-back'; readonly entry: HistoryEntry; readonly action: string }
  | { readonly kind: 'quarantine'; readonly roleName: string }
  | { readonly kind: 'batch'; readonly way: BatchWay; readonly roleNames: readonly string[] }
  | { readonly kind: 'quit' }
