import type { Sifted } from '../app/role-index.ts'
import type { SortId } from '../app/role-order.ts'
import type { Interrupted, Mode, Refusal } from '../app/use-cases.ts'
import type { ChangeReport, GuardVerdict, HistoryEntry, RoleRow, ScanView, WatchedChange } from '../app/views.ts'
import type { OperationOutcome } from '../change/change.ts'
import type { RolePlan } from '../plan/plan.ts'
import type { PreferenceRow } from '../ports/preferences.ts'
import type { StatusReport } from '../report/status-report.ts'
import type { Lang } from '../words/index.ts'
import type { KeyBindings } from './key-bindings.ts'
import type { KnownPlan } from './known-plan.ts'
import type { KnownRole } from './known-role.ts'
import type { ScanSummary } from './scan-summary.ts'

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

/** Where a pane stands. Lists follow `id`, so that a new order or a filter leaves the cursor on the same thing. */
export type Cursor = { readonly id: string | null; readonly index: number; readonly top: number }

export const firstRow: Cursor = { id: null, index: 0, top: 0 }

export type PaneId = 'main' | 'detail'

type Panes = { readonly focus: PaneId; readonly main: Cursor; readonly detail: Cursor }

export const freshPanes: Panes = { focus: 'main', main: firstRow, detail: firstRow }

export const roleTabs = ['unused', 'policies', 'trust', 'evidence', 'history'] as const
export type RoleTab = (typeof roleTabs)[number]

export const previewTabs = ['removes', 'policies', 'operations', 'kept'] as const
export type PreviewTab = (typeof previewTabs)[number]

export type RolesScreen = Panes & { readonly kind: 'roles' }
export type RoleScreen = Panes & {
  readonly kind: 'role'
  readonly roleName: string
  readonly tab: RoleTab
  readonly open: readonly string[]
}
export type PreviewScreen = Panes & {
  readonly kind: 'preview'
  readonly roleName: string
  readonly tab: PreviewTab
  readonly open: readonly string[]
}
/** Every role with a stage in sight. */
export type BoardScreen = Panes & { readonly kind: 'board' }
/** The change that runs or ran last: progress, done, restored, refused. */
export type ChangeScreen = Panes & { readonly kind: 'change' }
export type LedgerScreen = Panes & { readonly kind: 'ledger'; readonly roleName: string | null }
export type InterruptedScreen = Panes & { readonly kind: 'interrupted' }
/** The marked roles, one after another. */
export type BatchScreen = Panes & { readonly kind: 'batch' }
/** What was said and which AWS calls were made, newest first. */
export type LogScreen = Panes & { readonly kind: 'log' }

export const inventoryTabs = ['users', 'policies', 'external', 'findings'] as const
export type InventoryTab = (typeof inventoryTabs)[number]
/** What the account holds besides roles, as the status report tells it. */
export type InventoryScreen = Panes & { readonly kind: 'inventory'; readonly tab: InventoryTab }
/** Preferences, each with its value. */
export type SettingsScreen = Panes & { readonly kind: 'settings' }

export type Screen =
  | RolesScreen
  | RoleScreen
  | PreviewScreen
  | BoardScreen
  | ChangeScreen
  | LedgerScreen
  | InterruptedScreen
  | BatchScreen
  | LogScreen
  | InventoryScreen
  | SettingsScreen

/** `since`: when `what` began, so that a rate can be told. */
export type ScanRun = { readonly what: string; readonly done: number; readonly total: number | null; readonly since: number }

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
  /** The change that reports now, and how many steps those before it had: a rollback takes later changes back first. */
  readonly changeId: string | null
  readonly offset: number
  readonly steps: readonly RunStep[]
  readonly result: { readonly ok: true; readonly report: ChangeReport } | { readonly ok: false; readonly refusal: Refusal } | null
}

/** What a confirmed dialog will do: captured when it opens, so that it acts on what was highlighted then. */
export type Intent =
  | { readonly kind: 'apply'; readonly plan: RolePlan; readonly stage: number; readonly guards: readonly GuardVerdict[] }
  | { readonly kind: 'rollback'; readonly entry: HistoryEntry }
  | { readonly kind: 'recover'; readonly change: Interrupted; readonly way: 'resume' | 'rollback' }
  | { readonly kind: 'give-back'; readonly entry: HistoryEntry; readonly action: string }
  | { readonly kind: 'quarantine' | 'release'; readonly roleName: string }
  | { readonly kind: 'batch'; readonly way: BatchWay; readonly roleNames: readonly string[] }
  | { readonly kind: 'quit' }

export type ConfirmOverlay = {
  readonly kind: 'confirm'
  readonly intent: Intent
  readonly focus: 'cancel' | 'confirm'
  /** The name to type before the button works, and what has been typed; null where a button is enough. */
  readonly typed: { readonly expected: string; readonly value: string } | null
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
    scan: { view: null, summary: null, stored: false, running: null, refusal: null },
    roles: { sifted: null, sort: 'risk', filter: options.filter, rows: [], columns: options.columns ?? null },
    known: new Map(),
    plans: new Map(),
    history: null,
    interrupted: [],
    run: null,
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
