import { nextSort } from '../../app/role-order.ts'
import { copyText } from '../copy-text.ts'
import { firstRow } from '../screen.ts'
import type { State } from '../state.ts'
import { toRoles } from '../step/navigate.ts'
import { next, type Step, stay, toast, words } from '../step/result.ts'
import { reorder, startScan } from '../step/scan-events.ts'
import { type CommandRecord, never } from './record.ts'

const sort = (state: State): Step => stay(reorder(state, { sort: nextSort(state.roles.sort) }))

/** The filter is the list's: asked for elsewhere, it leads there. */
const filter = (state: State): Step => {
  const there = toRoles(state)
  return stay({ ...there, field: 'filter', screen: { ...there.screen, focus: 'main' } })
}

function copy(state: State): Step {
  const text = copyText(state)
  return text === null
    ? stay(state)
    : next(toast(state, 'ok', words(state).toasts.copied(text.split('\n')[0] ?? '')), { kind: 'copy', text })
}

export const lookCommands: readonly CommandRecord[] = [
  { id: 'filter', keys: ['/'], group: 'look', on: ['roles'], footer: 50, blocked: never, run: filter },
  { id: 'sort', keys: ['s'], group: 'look', on: ['roles'], footer: 52, blocked: never, run: sort },
  {
    id: 'rescan',
    keys: ['r'],
    group: 'look',
    on: 'all',
    blocked: (state) => (state.scan.running === null ? null : words(state).blocked.scanning),
    run: startScan,
  },
  {
    id: 'copy',
    keys: ['y'],
    group: 'look',
    on: 'all',
    blocked: (state) => (copyText(state) === null ? words(state).blocked.nothingToCopy : null),
    run: copy,
  },
  {
    id: 'help',
    keys: ['?'],
    group: 'look',
    on: 'all',
    footer: 90,
    blocked: never,
    run: (state) => stay({ ...state, overlay: { kind: 'list', list: 'help', filter: '', cursor: firstRow, entry: null } }),
  },
]

export const programCommands: readonly CommandRecord[] = [
  { id: 'redraw', keys: ['Ctrl-l'], group: 'program', on: 'all', blocked: never, run: (state) => next(state, { kind: 'redraw' }) },
  { id: 'suspend', keys: ['Ctrl-z'], group: 'program', on: 'all', blocked: never, run: (state) => next(state, { kind: 'suspend' }) },
  {
    id: 'interrupt',
    keys: ['Ctrl-c'],
    group: 'program',
    on: 'all',
    blocked: never,
    run: (state) => next(state, { kind: 'exit', code: 130 }),
  },
]
