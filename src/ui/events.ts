import type { ChangeProgress, Interrupted, Outcome } from '../app/use-cases.ts'
import type { ChangeReport, GuardVerdict, HistoryEntry, RoleView, ScanView, WatchedChange } from '../app/views.ts'
import type { PlanFile, RolePlan } from '../plan/plan.ts'
import type { Arn } from '../policy/names.ts'
import type { ReadStep } from '../ports/aws.ts'
import type { PreferenceRow } from '../ports/preferences.ts'
import type { StatusReport } from '../report/status-report.ts'
import type { BatchItem } from './change-run.ts'
import type { EffectKind } from './effects.ts'
import type { KeyPress } from './keys.ts'
import type { Size } from './state.ts'
import type { Batched } from './step/batch-events.ts'

/** `patch`: where the stage lies as files, for a role that infrastructure code owns. */
type ReadyToApply = { readonly plan: RolePlan; readonly guards: readonly GuardVerdict[]; readonly patch: string | null }

type EventMap = {
  readonly key: { readonly press: KeyPress }
  readonly paste: { readonly text: string }
  readonly resized: { readonly size: Size }
  readonly tick: { readonly now: number }

  readonly 'last-scan': { readonly view: ScanView | null }
  readonly 'scan-progress': ReadStep
  readonly 'scan-ended': { readonly outcome: Outcome<ScanView> }
  readonly 'scan-cancelled': object
  /** The account behind the first screen is open: who is signed in is known now. */
  readonly opened: { readonly accountLabel: string }

  readonly 'role-shown': { readonly roleName: string; readonly outcome: Outcome<RoleView> }
  readonly gained: { readonly gains: ReadonlyMap<Arn, number> }
  readonly planned: { readonly roleName: string; readonly outcome: Outcome<PlanFile> }
  readonly history: { readonly entries: readonly HistoryEntry[] }
  readonly interrupted: { readonly changes: readonly Interrupted[] }

  /** Plan and guards are here: the apply dialog can be asked. */
  readonly 'apply-ready': { readonly roleName: string; readonly outcome: Outcome<ReadyToApply> }
  readonly undoable: { readonly roleName: string; readonly outcome: Outcome<HistoryEntry> }
  readonly 'change-progress': { readonly progress: ChangeProgress }
  readonly 'change-ended': { readonly outcome: Outcome<ChangeReport> }

  /** One role of a batch begins (then `change-progress` tells of it), ends or is refused. */
  readonly 'batch-begins': { readonly roleName: string; readonly begun: Batched }
  readonly 'batch-refused': { readonly roleName: string; readonly status: BatchItem['status']; readonly text: string }
  readonly 'batch-ended': object
  readonly removed: { readonly changeId: string; readonly outcome: Outcome<readonly string[]> }
  readonly watched: { readonly outcome: Outcome<readonly WatchedChange[]> }
  readonly reported: { readonly outcome: Outcome<StatusReport> }
  readonly exported: { readonly outcome: Outcome<string> }
  readonly paged: { readonly problem: string | null }
  readonly 'preference-set': { readonly key: string; readonly outcome: Outcome<readonly PreferenceRow[]> }

  /** An exception out of a use case: a bug below, shown as an error and survived. */
  readonly 'effect-threw': { readonly effect: EffectKind; readonly message: string }
}

export type EventKind = keyof EventMap
export type Event<K extends EventKind = EventKind> = { [P in K]: { readonly kind: P } & EventMap[P] }[K]
