import { moveCursor } from '../cursor.ts'
import { splitHeight } from '../draw/pane.ts'
import { inventoryTabs, previewTabs, roleTabs } from '../screen.ts'
import { stageOf } from '../screens.ts'
import type { State } from '../state.ts'
import { type Step, stay, words } from '../step/result.ts'
import { type CommandRecord, never } from './record.ts'

/** Moves in the focused pane; `by` may be counted in windows of it. */
function moveBy(state: State, by: (windowRows: number) => number): Step {
  const { screen } = state
  const placed = stageOf(state).panes.find(({ id }) => id === screen.focus)
  if (placed === undefined) return stay(state)
  const rows = Math.max(1, splitHeight(placed.pane, placed.height).rows)
  const cursor = moveCursor(screen[screen.focus], placed.pane, by(rows))
  return stay({ ...state, screen: { ...screen, [screen.focus]: cursor, ...(screen.focus === 'main' ? atTop(state) : {}) } })
}

/** Another row, another detail: it is read from its start. Stages keep the tab that they are compared in. */
const atTop = ({ screen }: State): object => (screen.kind === 'change' ? {} : { detail: { id: null, index: 0, top: 0 } })

const otherPane = (state: State): Step =>
  stay({ ...state, screen: { ...state.screen, focus: state.screen.focus === 'main' ? 'detail' : 'main' } })

function turn<T extends string>(tabs: readonly T[], tab: T, by: number): T {
  return tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length] ?? tab
}

const first = { id: null, index: 0, top: 0 }

function turnTab(state: State, by: number): Step {
  const { screen } = state
  if (screen.kind === 'role')
    return stay({ ...state, screen: { ...screen, tab: turn(roleTabs, screen.tab, by), focus: 'main', main: first, detail: first } })
  if (screen.kind === 'inventory')
    return stay({ ...state, screen: { ...screen, tab: turn(inventoryTabs, screen.tab, by), focus: 'main', main: first, detail: first } })
  if (screen.kind !== 'preview') return stay(state)
  return stay({ ...state, screen: { ...screen, tab: turn(previewTabs, screen.tab, by), detail: first } })
}

const move = { group: 'move', on: 'all', blocked: never } as const
const tab = { group: 'move', on: ['role', 'preview', 'inventory'], blocked: never } as const

export const moveCommands: readonly CommandRecord[] = [
  { id: 'up', keys: ['Up', 'k'], ...move, run: (state) => moveBy(state, () => -1) },
  { id: 'down', keys: ['Down', 'j'], ...move, run: (state) => moveBy(state, () => 1) },
  { id: 'top', keys: ['g', 'Home'], ...move, run: (state) => moveBy(state, () => -Infinity) },
  { id: 'bottom', keys: ['G', 'End'], ...move, run: (state) => moveBy(state, () => Infinity) },
  { id: 'page-up', keys: ['PgUp', 'Ctrl-u'], ...move, run: (state) => moveBy(state, (rows) => -rows) },
  { id: 'page-down', keys: ['PgDn', 'Ctrl-d'], ...move, run: (state) => moveBy(state, (rows) => rows) },
  { id: 'next-pane', keys: ['Tab', 'Shift-Tab'], ...move, footer: 70, run: otherPane },
  { id: 'next-tab', keys: ['Right', 'l'], ...tab, footer: 60, run: (state) => turnTab(state, 1) },
  { id: 'previous-tab', keys: ['Left', 'h'], ...tab, run: (state) => turnTab(state, -1) },
]

export const unknownKey = (state: State, key: string): string => words(state).blocked.unknownKey(key)
