import type { Screen } from '../screen.ts'
import type { State } from '../state.ts'
import type { Step } from '../step/result.ts'

export const commandGroups = ['change', 'go', 'look', 'move', 'program'] as const
export type CommandGroup = (typeof commandGroups)[number]

/**
 * One thing that a user can do. Footer, help, palette, linear mode and the keys page are projections of these records: what is
 * not here cannot be done, and what is here is told.
 */
export type CommandRecord = {
  /** Its name in the words, where its label and its sentence stand. */
  readonly id: CommandId
  /** Without keys it is run from the palette. */
  readonly keys: readonly string[]
  readonly group: CommandGroup
  /** Place in the footer; absent: not there. */
  readonly footer?: number
  /** Stands in the footer only while it can be run. */
  readonly isShy?: true
  /** Screens on which it means something. */
  readonly on: readonly Screen['kind'][] | 'all'
  /** Why it cannot be run now, as a sentence; null: it can. */
  readonly blocked: (state: State) => string | null
  readonly run: (state: State) => Step
}

export const commandIds = [
  'up',
  'down',
  'top',
  'bottom',
  'page-up',
  'page-down',
  'next-pane',
  'next-tab',
  'previous-tab',
  'open',
  'back',
  'quit',
  'audit',
  'design',
  'tighten',
  'govern',
  'filter',
  'sort',
  'rescan',
  'history',
  'copy',
  'help',
  'preview',
  'choose',
  'overlay',
  'apply',
  'rollback',
  'give-back',
  'quarantine',
  'release',
  'mark',
  'unmark',
  'palette',
  'export',
  'copy-view',
  'copy-json',
  'copy-cli',
  'columns',
  'pager',
  'editor',
  'log',
  'watch',
  'inventory',
  'settings',
  'redraw',
  'suspend',
  'interrupt',
] as const
export type CommandId = (typeof commandIds)[number]

export const never = (): null => null
