import { freshPanes } from '../screen.ts'
import { isRunning, type State } from '../state.ts'
import { ask } from '../step/change-events.ts'
import { ledgerScreen, overRoles, pop, previewScreen, push, roleScreen, toRoles } from '../step/navigate.ts'
import { next, type Step, stay, words } from '../step/result.ts'
import { reorder } from '../step/scan-events.ts'
import { subjectEntry, subjectName } from '../subject.ts'
import { driftRows } from '../views/drift-view.ts'
import { waysOut } from '../views/interrupted-view.ts'
import { type CommandRecord, never } from './record.ts'

const focusOn = (state: State, focus: 'main' | 'detail'): Step => stay({ ...state, screen: { ...state.screen, focus } })

const withToggled = (open: readonly string[], id: string): readonly string[] =>
  open.includes(id) ? open.filter((one) => one !== id) : [...open, id]

/** Opens the thing under the cursor: a role, a fold, a document, a way out. */
function open(state: State): Step {
  const { screen } = state
  const name = subjectName(state)
  const { id } = screen.main
  switch (screen.kind) {
    case 'roles':
    case 'board':
      return name === null ? stay(state) : stay(push(state, roleScreen(name)))
    case 'ledger': {
      const entry = subjectEntry(state)
      return entry === null ? stay(state) : stay(push(state, roleScreen(entry.roleName)))
    }
    case 'role': {
      if (screen.focus === 'detail' || screen.tab !== 'unused' || id === null || id.includes(':')) return focusOn(state, 'detail')
      return stay({ ...state, screen: { ...screen, open: withToggled(screen.open, id) } })
    }
    case 'preview': {
      if (screen.focus === 'main') return focusOn(state, 'detail')
      if (screen.tab !== 'removes' || screen.detail.id === null) return stay(state)
      return stay({ ...state, screen: { ...screen, open: withToggled(screen.open, screen.detail.id) } })
    }
    case 'interrupted': {
      const way = waysOut(state)[screen.main.index]
      return way === undefined ? stay(state) : stay(ask(state, { kind: 'recover', ...way }))
    }
    case 'drift': {
      const row = driftRows(state)[screen.main.index]
      if (row === undefined || row.kind === 'policy') return focusOn(state, 'detail')
      const { conflict, undo, choice } = row
      return stay(ask(state, { kind: 'settle', conflict, undo, choice }))
    }
    case 'change':
      if (isRunning(state)) return stay(state)
      return stay(state.conflict === null ? pop(state) : push(state, { kind: 'drift', ...freshPanes }))
    case 'batch':
      return name === null ? stay(state) : stay(push(state, roleScreen(name)))
    case 'inventory':
      return name === null ? focusOn(state, 'detail') : stay(push(state, roleScreen(name)))
    case 'log':
      return focusOn(state, 'detail')
    case 'settings': {
      const row = state.preferences[screen.main.index]
      if (row === undefined) return stay(state)
      return stay({ ...state, overlay: { kind: 'input', key: row.key, value: row.value, problem: null } })
    }
  }
}

/** Filter first, then a running scan, then a pane, then the screen; at the top there is nothing left to close. */
function back(state: State): Step {
  if (state.screen.kind === 'roles' && state.roles.filter !== '') return stay(reorder(state, { filter: '' }))
  if (state.screen.kind === 'roles' && state.marks.length > 0) return stay({ ...state, marks: [] })
  if (state.screen.focus === 'detail') return focusOn(state, 'main')
  if (state.below.length === 0 && state.scan.running !== null) return next(state, { kind: 'cancel-scan' })
  return stay(pop(state))
}

function quit(state: State): Step {
  if (state.below.length > 0) return stay(pop(state))
  return isRunning(state) ? stay(ask(state, { kind: 'quit' })) : next(state, { kind: 'exit', code: 0 })
}

function tighten(state: State): Step {
  if (state.interrupted.length > 0 && !isRunning(state)) return stay(overRoles(state, { kind: 'interrupted', ...freshPanes }))
  return stay(overRoles(state, { kind: isRunning(state) ? 'change' : 'board', ...freshPanes }))
}

function design(state: State): Step {
  const name = subjectName(state)
  return name === null ? stay(state) : stay(overRoles(state, previewScreen(name)))
}

const noRole = (state: State): string | null => (subjectName(state) === null ? words(state).blocked.noRole : null)

const phase = { group: 'go', on: 'all' } as const

export const goCommands: readonly CommandRecord[] = [
  { id: 'open', keys: ['Enter'], group: 'go', on: 'all', footer: 45, blocked: never, run: open },
  { id: 'back', keys: ['Esc'], group: 'go', on: 'all', footer: 80, blocked: never, run: back },
  { id: 'audit', keys: ['1'], ...phase, blocked: never, run: (state) => stay(toRoles(state)) },
  { id: 'design', keys: ['2'], ...phase, blocked: noRole, run: design },
  { id: 'tighten', keys: ['3'], ...phase, blocked: never, run: tighten },
  { id: 'govern', keys: ['4'], ...phase, blocked: never, run: (state) => stay(overRoles(state, ledgerScreen(null))) },
  {
    id: 'history',
    keys: ['U'],
    group: 'go',
    on: ['roles', 'role', 'preview', 'board', 'change', 'batch'],
    blocked: noRole,
    run: (state) => stay(push(state, ledgerScreen(subjectName(state)))),
  },
  { id: 'quit', keys: ['q'], group: 'program', on: 'all', footer: 99, blocked: never, run: quit },
]
