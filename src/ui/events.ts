import type { ChangeProgress, Interrupted, Outcome } from '../app/use-cases.ts'
import type { ChangeReport, GuardVerdict, HistoryEntry, RoleView, ScanView } from '../app/views.ts'
import type { PlanFile, RolePlan } from '../plan/plan.ts'
import type { EffectKind } from './effects.ts'
import type { KeyPress } from './keys.ts'
import type { Size } from './state.ts'

type EventMap = {
  readonly key: { readonly press: KeyPress }
  readonly paste: { readonly text: string }
  readonly resized: { readonly size: Size }
  readonly tick: { readonly now: number }

  readonly 'last-scan': { readonly view: ScanView | null }
  readonly 'scan-progress': { readonly what: string; readonly done: number; readonly total: number | null }
  readonly 'scan-ended': { readonly outcome: Outcome<ScanView> }
  readonly 'scan-cancelled': object

  readonly 'role-shown': { readonly roleName: string; readonly outcome: Outcome<RoleView> }
  readonly planned: { readonly roleName: string; readonly outcome: Outcome<PlanFile> }
  readonly history: { readonly entries: readonly HistoryEntry[] }
  readonly interrupted: { readonly changes: readonly Interrupted[] }

  /** Plan and guards are here: the apply dialog can be asked. */
  readonly 'apply-ready': { readonly roleName: string; readonly outcome: Outcome<{ plan: RolePlan; guards: readonly GuardVerdict[] }> }
  readonly undoable: { readonly roleName: string; readonly outcome: Outcome<HistoryEntry> }
  readonly 'change-progress': { readonly progress: ChangeProgress }
  readonly 'change-ended': { readonly outcome: Outcome<ChangeReport> }

  /** An exception out of a use case: a bug below, shown as an error and survived. */
  readonly 'effect-threw': { readonly effect: EffectKind; readonly message: string }
}

export type EventKind = keyof EventMap
export type Event<K extends EventKind = EventKind> = { [P in K]: { readonly kind: P } & EventMap[P] }[K]
