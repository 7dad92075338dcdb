import type { Sifted } from '../app/role-index.ts'
import type { SortId } from '../app/role-order.ts'
import type { Interrupted, Mode, Refusal } from '../app/use-cases.ts'
import type { HistoryEntry, RoleRow, ScanView, WatchedChange } from '../app/views.ts'
import type { PreferenceRow } from '../ports/preferences.ts'
import type { StatusReport } from '../report/status-report.ts'
import type { Lang } from '../words/index.ts'
import type { BatchItem, BatchWay, ChangeRun } from './change-run.ts'
import type { Conflict } from './conflict.ts'
import type { KeyBindings } from './key-bindings.ts'
import type { KnownPlan } from './known-plan.ts'
import type { KnownRole } from './known-role.ts'
import type { Overlay } from './overlay.ts'
import type { ScanSummary } from './scan-summary.ts'
import { freshPanes, type Screen } from './screen.ts'

/** Something asked for: on its way, here, or refused with a reason. */
export type Loaded<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly refusal: Refusal }

export type Size = { readonly columns: number; readonly rows: number }

/** What does not change while the program runs. */
export type Facts = {
  readonly mode: Mode
  readonly readOnly: boolean
  readonly accountLabel: string
  /** Days. */
  readonly window: number
  readonly dataDir: string
  readonly lang: Lang
  readonly ascii: boolean
  readonly theme: ThemeName
  /** What the terminal's environment says of its background; absent where it says nothing. */
  readonly background?: 'dark' | 'light'
  /** Keys of the user's own, by command; already free of conflicts. */
  readonly keys: KeyBindings
  /** Percent of unused actions from which the list sets a role off. */
  readonly unusedFrom: number
  /** The options that opened this account: what a copied command line starts with. */
  readonly accountArgs: readonly string[]
}

export const themeNames = ['auto', 'dark', 'light'] as const
export type ThemeName = (typeof themeNames)[number]

/** `since`: when `what` began, so that a rate can be told. `throttledUntil`: until when AWS lets a call wait. */
export type ScanRun = {
  readonly what: string
  readonly done: number
  readonly total: number | null
  readonly since: number
  readonly throttledUntil: number | null
}

export type ScanPart = {
  readonly view: ScanView | null
  readonly summary: ScanSummary | null
  /** True while the ledger's scan is shown and no newer one has come. */
  readonly stored: boolean
  readonly running: ScanRun | null
  readonly refusal: Refusal | null
}

export type RolesPart = {
  /** The filter and what it leaves, kept for the next key; null before the first scan. */
  readonly sifted: Sifted | null
  readonly sort: SortId
  readonly filter: string
  readonly rows: readonly RoleRow[]
  /** The optional columns that are shown; null: the usual ones. */
  readonly columns: readonly RoleColumnId[] | null
}

export const roleColumnIds = ['risk', 'grade', 'unused', 'last', 'granted', 'used', 'unknown', 'flags', 'stage'] as const
export type RoleColumnId = (typeof roleColumnIds)[number]

/** Action patterns that the user keeps or removes besides what the proposal says. */
export type Choice = {
  readonly keep: readonly string[]
  readonly remove: readonly string[]
  /** A Deny of what goes as the first stage. */
  readonly overlay?: boolean
}

export type ChoiceSide = 'keep' | 'remove'

export const noChoice: Choice = { keep: [], remove: [] }

/** One thing that was said, or one AWS call. */
export type LogEntry = {
  readonly n: number
  readonly at: number
  readonly tone: Toast['tone'] | 'call'
  readonly text: string
  readonly cli: string | null
}

export type Toast = { readonly tone: 'ok' | 'info' | 'warn' | 'error'; readonly text: string; readonly at: number }

/** Where the command line asked to start; carried out when the first scan is there. */
export type DeepLink = { readonly role: string | null; readonly screen: string | null }

export type State = {
  readonly facts: Facts
  readonly size: Size
  /** Milliseconds; moves with the ticks. */
  readonly now: number
  readonly scan: ScanPart
  readonly roles: RolesPart
  /** Roles and plans looked at in this scan, newest last; bounded. */
  readonly known: ReadonlyMap<string, Loaded<KnownRole>>
  readonly plans: ReadonlyMap<string, Loaded<KnownPlan>>
  readonly history: Loaded<readonly HistoryEntry[]> | null
  readonly interrupted: readonly Interrupted[]
  readonly run: ChangeRun | null
  /** What the run that ended last met; null where nobody else was there. */
  readonly conflict: Conflict | null
  /** A question to the core on whose answer a command waits; a second such command is blocked meanwhile. */
  readonly waiting: { readonly command: 'apply' | 'rollback' | 'give-back' | 'export'; readonly roleName: string } | null
  readonly screen: Screen
  /** Screens beneath, the first at the bottom. */
  readonly below: readonly Screen[]
  readonly overlay: Overlay | null
  /** The text field that takes what is typed, while one is open. */
  readonly field: 'filter' | null
  readonly toast: Toast | null
  readonly link: DeepLink
  /** Names of marked roles, in the order in which they were marked. */
  readonly marks: readonly string[]
  /** What the user keeps and removes, by role. */
  readonly choices: ReadonlyMap<string, Choice>
  /** The role whose proposal is being made anew for a choice, with the choice before it. */
  readonly replanning: { readonly roleName: string; readonly before: Choice } | null
  readonly batch: readonly BatchItem[]
  readonly batchWay: BatchWay
  /** When the batch began, so that a rate can be told. */
  readonly batchSince: number
  /** Newest last; bounded. */
  readonly log: readonly LogEntry[]
  /** The actions that a change removed, by change. */
  readonly removed: ReadonlyMap<string, Loaded<readonly string[]>>
  readonly report: Loaded<StatusReport> | null
  readonly watch: WatchPart
  readonly preferences: readonly PreferenceRow[]
}

/** What the newest look at denied calls saw. `at`: when, in milliseconds; null: nobody has looked yet. */
export type WatchPart = {
  readonly at: number | null
  readonly isRunning: boolean
  readonly changes: readonly WatchedChange[]
  readonly problem: string | null
}

export type StartOptions = {
  readonly facts: Facts
  readonly size: Size
  readonly now: number
  readonly filter: string
  readonly link: DeepLink
  readonly columns?: readonly RoleColumnId[] | null
  readonly preferences?: readonly PreferenceRow[]
  /** What went wrong before the first screen, such as two commands on one key. */
  readonly warning?: string | null
}

export function initialState(options: StartOptions): State {
  return {
    facts: options.facts,
    size: options.size,
    now: options.now,
    scan: {
      view: null,
      summary: null,
      stored: false,
      running: { what: '', done: 0, total: null, since: options.now, throttledUntil: null },
      refusal: null,
    },
    roles: { sifted: null, sort: 'risk', filter: options.filter, rows: [], columns: options.columns ?? null },
    known: new Map(),
    plans: new Map(),
    history: null,
    interrupted: [],
    run: null,
    conflict: null,
    waiting: null,
    screen: { kind: 'roles', ...freshPanes },
    below: [],
    overlay: null,
    field: null,
    toast: options.warning == null ? null : { tone: 'warn', text: options.warning, at: options.now },
    link: options.link,
    marks: [],
    choices: new Map(),
    replanning: null,
    batch: [],
    batchWay: 'apply',
    batchSince: 0,
    log: [],
    removed: new Map(),
    report: null,
    watch: { at: null, isRunning: false, changes: [], problem: null },
    preferences: options.preferences ?? [],
  }
}

/** A change is under way, or a batch is between two of them. */
export const isRunning = (state: State): boolean =>
  (state.run !== null && state.run.result === null) || state.batch.some(({ status }) => status === 'running' || status === 'waiting')
