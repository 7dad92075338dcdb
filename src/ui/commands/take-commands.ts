import { copyCli, copyJson, copyView } from '../copy-text.ts'
import { exportRequest } from '../export-request.ts'
import type { ListOverlay } from '../overlay.ts'
import { hasPage, pageOf } from '../page-text.ts'
import { firstRow, freshPanes } from '../screen.ts'
import { isRunning, type State } from '../state.ts'
import { overRoles, push } from '../step/navigate.ts'
import { next, type Step, stay, toast, words } from '../step/result.ts'
import { type CommandRecord, never } from './record.ts'

const openList =
  (list: ListOverlay['list']) =>
  (state: State): Step =>
    stay({ ...state, overlay: { kind: 'list', list, filter: '', cursor: firstRow, entry: null } })

/** A command that copies what `text` gives, and says why when that is nothing. */
const copies = (text: (state: State) => string | null): Pick<CommandRecord, 'blocked' | 'run'> => ({
  blocked: (state) => (text(state) === null ? words(state).blocked.nothingToCopy : null),
  run: (state) => {
    const copied = text(state)
    if (copied === null) return stay(state)
    return next(toast(state, 'ok', words(state).toasts.copied(copied.split('\n')[0] ?? '')), { kind: 'copy', text: copied })
  },
})

function exportView(state: State): Step {
  const request = exportRequest(state)
  if (request === null) return stay(state)
  if (request.what === 'report') return openList('report')(state)
  return next({ ...state, waiting: { command: 'export', roleName: '' } }, { kind: 'export', ...request })
}

function exportBlocked(state: State): string | null {
  if (exportRequest(state) === null) return words(state).blocked.nothingToExport
  return state.waiting === null ? null : words(state).blocked.waiting
}

const handsOver = (program: 'pager' | 'editor'): Pick<CommandRecord, 'blocked' | 'run'> => ({
  blocked: (state) => {
    // The program stands still while another has the terminal: not in the middle of a change.
    if (isRunning(state)) return words(state).blocked.running
    return hasPage(state) ? null : words(state).blocked.nothingToPage
  },
  run: (state) => {
    const page = pageOf(state)
    return page === null ? stay(state) : next(state, { kind: 'page', ...page, with: program })
  },
})

export const takeCommands: readonly CommandRecord[] = [
  { id: 'palette', keys: [':'], group: 'look', on: 'all', footer: 88, blocked: never, run: openList('palette') },
  { id: 'copy-view', keys: ['Y'], group: 'look', on: 'all', ...copies(copyView) },
  { id: 'copy-json', keys: ['J'], group: 'look', on: ['roles', 'role', 'board', 'ledger', 'preview'], ...copies(copyJson) },
  { id: 'copy-cli', keys: ['C'], group: 'look', on: ['roles', 'role', 'board', 'preview', 'change', 'log'], ...copies(copyCli) },
  { id: 'export', keys: ['e'], group: 'look', on: 'all', blocked: exportBlocked, run: exportView },
  { id: 'columns', keys: ['c'], group: 'look', on: ['roles'], blocked: never, run: openList('columns') },
  { id: 'pager', keys: ['v'], group: 'look', on: 'all', ...handsOver('pager') },
  { id: 'editor', keys: ['E'], group: 'look', on: 'all', ...handsOver('editor') },
  {
    id: 'log',
    keys: ['L'],
    group: 'go',
    on: 'all',
    blocked: (state) => (state.screen.kind === 'log' ? words(state).blocked.here : null),
    run: (state) => stay(push(state, { kind: 'log', ...freshPanes })),
  },
  {
    id: 'inventory',
    keys: ['i'],
    group: 'go',
    on: 'all',
    blocked: (state) => (state.scan.view === null ? words(state).blocked.notScanned : null),
    run: (state) => stay(overRoles(state, { kind: 'inventory', tab: 'users', ...freshPanes })),
  },
  {
    id: 'settings',
    keys: [','],
    group: 'go',
    on: 'all',
    blocked: (state) => (state.screen.kind === 'settings' ? words(state).blocked.here : null),
    run: (state) => stay(push(state, { kind: 'settings', ...freshPanes })),
  },
]
