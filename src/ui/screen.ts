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
/** Edits of somebody else that a way back met: three looks at each policy, and the choice. */
export type DriftScreen = Panes & { readonly kind: 'drift' }
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
  | DriftScreen
  | BatchScreen
  | LogScreen
  | InventoryScreen
  | SettingsScreen
