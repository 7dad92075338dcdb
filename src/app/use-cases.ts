import type { OperationOutcome } from '../change/change.ts'
import type { DriftChoice } from '../change/conflicts.ts'
import type { PolicyDrift } from '../change/three-way.ts'
import type { PlanFile, RolePlan } from '../plan/plan.ts'
import type { Arn, Iso } from '../policy/names.ts'
import type { ReadOptions } from '../ports/aws.ts'
import type { StatusReport } from '../report/status-report.ts'
import type { AwsAdvice } from './aws-advice.ts'
import type { ChangeReport, DoctorCheck, GuardVerdict, HistoryEntry, RoleView, ScanView, WatchedChange } from './views.ts'

/** An expected failure, as a value: what happened and what to do, and the exit code of contract.md. */
export type Refusal = {
  readonly code: 2 | 3 | 4 | 5
  /** Which rule or guard refused, such as `drift`, `lock`, `proof`, `guard:caller-role`, `unknown-role`. */
  readonly id: string
  readonly message: string
  readonly hint: string | null
  /** Where the live role is not what was expected: the three-way view, policy by policy. */
  readonly drift?: readonly PolicyDrift[]
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }

/** One step of a running change: operation `k` of `n` with the AWS call as a copyable AWS CLI line. */
export type ChangeProgress = {
  readonly changeId: string
  readonly roleName: string
  readonly phase: 'preflight' | 'snapshot' | 'operation' | 'settle' | 'verify'
  readonly k: number
  readonly n: number
  readonly outcome: OperationOutcome
  readonly text: string
  readonly cli: string | null
  /** AWS asked for fewer calls: the operation is tried again after so long, in ms. A state, not a failure. */
  readonly throttledMs?: number
}

export type ChangeOptions = {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: ChangeProgress) => void) | undefined
  /** Guards overridden by name, with the reason given. */
  readonly overrides?: readonly string[]
  readonly reason?: string | null
  /** For quarantines: denies new sessions too, in the trust policy. */
  readonly trust?: boolean
  /** For rollbacks; without it a conflict is refused and shown. */
  readonly drift?: DriftChoice | null
  /** The changes of one batch carry one id. */
  readonly batchId?: string | null
}

export type PlanOptions = {
  readonly keep?: readonly string[]
  readonly remove?: readonly string[]
  readonly fresh?: boolean
  /** A Deny of what goes as the first stage, where it fits. */
  readonly overlay?: boolean
  readonly signal?: AbortSignal | undefined
}

/** `first` names the role that somebody looks at: its evidence is asked for before that of the others. */
export type ScanOptions = ReadOptions & { readonly first?: string | null | undefined }

/** A change that a dead process left open, with what each way out will do. */
export type Interrupted = {
  readonly changeId: string
  readonly roleName: string
  readonly stage: number | null
  readonly at: Iso
  readonly done: number
  readonly total: number
  readonly resume: readonly string[]
  readonly rollback: readonly string[]
}

/** The mark that every screen carries (ux.md, rule 11). */
export type Mode = 'demo' | 'live' | 'offline'

/** What both faces can do. The composition root builds it; neither face holds logic of its own. */
export type UseCases = {
  readonly mode: Mode
  readonly readOnly: boolean
  /** Account id and, where known, who is signed in; for the title line. */
  readonly accountLabel: string
  readonly window: number
  readonly dataDir: string
  now(): Date
  /** The last stored scan of this account, or null. Reads nothing but the ledger. */
  lastScan(): Promise<ScanView | null>
  scan(options?: ScanOptions): Promise<Outcome<ScanView>>
  /** The status report of the newest scan. */
  report(options?: ReadOptions): Promise<Outcome<StatusReport>>
  /** One role of the newest scan. */
  show(roleName: string): Promise<Outcome<RoleView>>
  /** The risk that a decision removes, by the ARN of each role of the newest scan. */
  gains(): Promise<ReadonlyMap<Arn, number>>
  /** What AWS itself proposes for one role of the newest scan, compared with ours. */
  advice(roleName: string, options?: ReadOptions): Promise<Outcome<readonly AwsAdvice[]>>
  plan(roleNames: readonly string[], options?: PlanOptions): Promise<Outcome<PlanFile>>
  guards(roleName: string): Promise<Outcome<readonly GuardVerdict[]>>
  /** The number of the plan's first open stage, by the ledger; null when all are in effect. */
  nextStage(plan: RolePlan): Promise<number | null>
  /** The next stage as files for the infrastructure code that owns the role, in this folder; null when all are in effect. */
  patch(plan: RolePlan): Promise<Outcome<string | null>>
  /** Applies one stage of one role; `stage` null means the first open one. */
  apply(plan: RolePlan, stage: number | null, options?: ChangeOptions): Promise<Outcome<ChangeReport>>
  /** An id under which the changes of a batch are kept together, and taken back together. */
  newBatchId(): string
  /** The newest change of this role that is still in effect, or why there is none to undo. */
  undoable(roleName: string, options?: Pick<ChangeOptions, 'signal'>): Promise<Outcome<HistoryEntry>>
  rollback(changeId: string, options?: ChangeOptions): Promise<Outcome<ChangeReport>>
  /** Gives one action that a stage removed back, on its original resources and conditions; the stage stays in effect. */
  giveBack(changeId: string, action: string, options?: ChangeOptions): Promise<Outcome<ChangeReport>>
  /** The actions that a change removed: what can be given back. */
  removedActions(changeId: string): Promise<Outcome<readonly string[]>>
  /** Denies an unused role everything, with one policy that one call removes. */
  quarantine(roleName: string, options?: ChangeOptions): Promise<Outcome<ChangeReport>>
  release(roleName: string, options?: ChangeOptions): Promise<Outcome<ChangeReport>>
  /** What the program stands on: caller, rights, quotas, sources. */
  doctor(): Promise<readonly DoctorCheck[]>
  /** Denied calls since the changes in effect, joined with what each removed; of one role, or of all. */
  watch(roleName: string | null, signal?: AbortSignal): Promise<Outcome<readonly WatchedChange[]>>
  /** The way back of a change as files: plain AWS CLI commands and JSON, by file name. */
  restoreFiles(changeId: string): Promise<Outcome<ReadonlyMap<string, string>>>
  history(roleName?: string): Promise<readonly HistoryEntry[]>
  /** Changes that dead processes left open, as far as can be told at once. */
  interrupted(): Promise<readonly Interrupted[]>
  /** The same for certain: waits for a living process that is changing the account, as long as `--lock-wait` says. */
  toRecover(options?: Pick<ChangeOptions, 'signal'>): Promise<Outcome<readonly Interrupted[]>>
  recover(changeId: string, way: 'resume' | 'rollback', options?: ChangeOptions): Promise<Outcome<ChangeReport>>
  close(): void
}
