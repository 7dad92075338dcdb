import type { Operation } from '../plan/operation.ts'
import type { Iso } from '../policy/names.ts'

/** The life of a change (safety.md). A change in one of `openStates` holds its role. */
export type ChangeState =
  | 'planned'
  | 'snapshotted'
  | 'applying'
  | 'applied'
  | 'verified'
  | 'soaking'
  | 'settled'
  | 'unobserved'
  | 'rolling-back'
  | 'rolled-back'
  | 'failed'
  | 'interrupted'

export type ChangeKind = 'tighten' | 'rollback' | 'give-back' | 'quarantine' | 'release' | 'overlay' | 'jit'

/** Where one operation of a change stands in the journal. `started` without `done` may have been carried out. */
export type OperationOutcome = 'pending' | 'started' | 'done' | 'already-done' | 'undone' | 'failed'

export type JournalOperation = {
  /** From 1. */
  readonly k: number
  readonly operation: Operation
  readonly outcome: OperationOutcome
  readonly ms: number
  readonly message: string | null
}

/** One applied stage (or rollback) as the ledger keeps it. */
export type Change = {
  readonly changeId: string
  readonly batchId: string | null
  readonly accountKey: string
  readonly roleName: string
  readonly roleArn: string
  readonly roleId: string
  readonly kind: ChangeKind
  /** The plan's stage number; null for what is no stage. */
  readonly stage: number | null
  /** `stateHash` of the plan that the stage belongs to. */
  readonly plan: string | null
  readonly state: ChangeState
  readonly at: Iso
  readonly by: string
  readonly reason: string | null
  /** Hash of the role's state before the change. */
  readonly snapshot: string
  /** The change that this one takes back. */
  readonly undoes: string | null
  readonly restoreScript: string | null
  readonly overrides: readonly string[]
  readonly operations: readonly JournalOperation[]
}
