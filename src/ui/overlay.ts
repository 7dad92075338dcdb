import type { Refusal } from '../app/use-cases.ts'
import type { HistoryEntry } from '../app/views.ts'
import type { Intent } from './change-run.ts'
import type { Cursor } from './screen.ts'

export type ConfirmOverlay = {
  readonly kind: 'confirm'
  readonly intent: Intent
  readonly focus: 'cancel' | 'confirm'
  /** The name to type before the button works, and what has been typed; null where a button is enough. */
  readonly typed: { readonly expected: string; readonly value: string } | null
  /** Why guards are overridden, typed after the name; it goes into the ledger. Null where none are. */
  readonly reason: string | null
}

/** A box with rows to choose from; what is typed filters them. */
export type ListOverlay = {
  readonly kind: 'list'
  readonly list: 'help' | 'palette' | 'columns' | 'give-back' | 'report'
  readonly filter: string
  readonly cursor: Cursor
  /** The change whose actions are offered. */
  readonly entry: HistoryEntry | null
}

/** A value to type. */
export type InputOverlay = { readonly kind: 'input'; readonly key: string; readonly value: string; readonly problem: string | null }

export type Overlay = ConfirmOverlay | ListOverlay | InputOverlay | { readonly kind: 'refusal'; readonly refusal: Refusal }
