import type { Tag } from '../account/account.ts'
import type { ChangeKind, ChangeState, OperationOutcome } from '../change/change.ts'
import type { WatchSight } from '../change/watch.ts'
import type { JudgedAction } from '../evidence/action-state.ts'
import type { SourceStatus } from '../evidence/evidence.ts'
import type { OperationKind } from '../plan/operation.ts'
import type { Arn, Iso } from '../policy/names.ts'
import type { RoleFigures } from '../report/role-figures.ts'
import type { RiskFactor, RiskGrade } from '../risk/score.ts'

/** The JSON shapes of contract.md. Screens and `--json` show the same values. */
export type { RiskFactor, RiskGrade }

export type StageStanding = {
  /** Stages in effect. */
  readonly applied: number
  /** Stages of the frozen plan, or of a fresh proposal when one was made in this scan; null when none was made. */
  readonly total: number | null
  /** State of the newest change, `open` when none. */
  readonly state: ChangeState | 'open'
}

/** One row of `roles`. */
export type RoleRow = RoleFigures & {
  readonly roleName: string
  readonly arn: Arn
  readonly roleId: string
  readonly accountId: string | null
  readonly path: string
  /** True when apply would refuse: any guard. */
  readonly protected: boolean
  readonly flags: readonly string[]
  /** Absent in scans that were stored before tags were kept. */
  readonly tags?: readonly Tag[]
  readonly stage: StageStanding
  /** Points of risk that a decision removes. Only in lists that were asked for in this order: it takes all roles' judgements. */
  readonly gain?: number
}

export type PolicyView = {
  readonly name: string
  readonly kind: 'inline' | 'managed' | 'aws-managed'
  readonly arn?: Arn
  readonly document: unknown
  readonly text: string
  /** Attachments over all principals, managed kinds only. */
  readonly attachedTo?: number
}

export type GuardVerdict = { readonly id: string; readonly reason: string; readonly overridable: boolean }

export type HistoryEntry = {
  readonly changeId: string
  /** Changes that were made together; `rollback` takes it like a change. */
  readonly batchId?: string
  readonly roleName: string
  readonly stage: number | null
  readonly kind: ChangeKind
  readonly outcome: ChangeState
  readonly at: Iso
  readonly by: string
  readonly reason?: string
  /** The guards that were overridden for it, by name; the reason says why. */
  readonly overrides?: readonly string[]
  readonly snapshot: string
  readonly undoes?: string
  /** Of a change that took another back after denied calls: ms from the first of them until the rights were there again. */
  readonly restoredAfterMs?: number
  /** What is still to be done about a change in effect: an overlay is never the end. */
  readonly reminder?: string
  /** What the newest watch of the change saw; nothing denied before the first one. */
  readonly watch: WatchSight
}

/** One change under watch, as `watch --json` prints it. */
export type WatchedChange = WatchSight & {
  readonly changeId: string
  readonly roleName: string
  readonly stage: number | null
  readonly at: Iso
  readonly state: ChangeState
  /** Regions whose event history was read. */
  readonly regions: readonly string[]
  /** Why part of it could not be read; null when everything was. */
  readonly problem: string | null
}

/** `show`. */
export type RoleView = RoleRow & {
  readonly policies: readonly PolicyView[]
  readonly trustPolicy: unknown
  readonly actions: readonly JudgedAction[]
  readonly riskFactors: readonly RiskFactor[]
  /** Points of the score that rest on unused actions. Absent in views that were made before it was computed. */
  readonly unusedPoints?: number
  readonly guards: readonly GuardVerdict[]
  readonly history: readonly HistoryEntry[]
}

/** `apply`, `rollback` and `recover` print one of these per role. Times in milliseconds. */
export type ChangeReport = {
  readonly changeId: string
  readonly batchId?: string
  readonly roleName: string
  readonly stage: number | null
  readonly outcome: ChangeState
  readonly operations: readonly {
    readonly kind: OperationKind
    readonly target: string
    readonly outcome: OperationOutcome
    readonly ms: number
  }[]
  readonly restoredMs?: number
  readonly ms: number
  readonly snapshot: string
  readonly restoreScript: string | null
  /** What people should know besides: warnings, kept orphans, why it stopped. */
  readonly notes: readonly string[]
}

export type ScanView = {
  readonly scanId: string
  readonly accountId: string | null
  readonly at: Iso
  readonly window: number
  readonly minAge: number
  readonly catalogDate: string
  readonly sources: readonly SourceStatus[]
  readonly problems: readonly string[]
  readonly roles: readonly RoleRow[]
}

/** One line of `doctor`. */
export type DoctorCheck = {
  readonly id: string
  readonly status: 'ok' | 'warning' | 'failed'
  readonly message: string
}
