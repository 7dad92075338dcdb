import { cleanLines } from '../../words/clean.ts'
import { graphemesOf } from '../../words/width.ts'
import { commandFor } from '../command-records.ts'
import { unknownKey } from '../commands/move-commands.ts'
import type { Event } from '../events.ts'
import type { KeyPress } from '../keys.ts'
import { layoutOf } from '../layout.ts'
import { runCommand } from '../run-command.ts'
import type { State } from '../state.ts'
import { overlayKey, overlayText } from './overlay-keys.ts'
import { next, type Step, stay, toast, words } from './result.ts'
import { reorder } from './scan-events.ts'

const withoutLast = (text: string): string => graphemesOf(text).slice(0, -1).join('')

const closeField = (state: State): State => ({ ...state, field: null })

/** Keys that the filter's field keeps for itself; all others type or move. */
const fieldKeys: Readonly<Record<string, (state: State) => State>> = {
  Enter: closeField,
  Esc: (state) => closeField(reorder(state, { filter: '' })),
  Backspace: (state) => (state.roles.filter === '' ? closeField(state) : reorder(state, { filter: withoutLast(state.roles.filter) })),
  Delete: (state) => state,
  'Ctrl-u': (state) => reorder(state, { filter: '' }),
}

const moves: ReadonlySet<string> = new Set(['Up', 'Down', 'PgUp', 'PgDn'])

function fieldKey(state: State, press: KeyPress): Step {
  const own = fieldKeys[press.id]
  if (own !== undefined) return stay(own(state))
  if (press.text !== null) return stay(reorder(state, { filter: state.roles.filter + press.text }))
  return moves.has(press.id) ? commandKey(state, press) : stay(state)
}

function commandKey(state: State, press: KeyPress): Step {
  const record = commandFor(state, press.id)
  return record === null ? stay(toast(state, 'info', unknownKey(state, press.id))) : runCommand(state, record)
}

/** These work whatever is open: nobody may be locked in. */
const always: ReadonlySet<string> = new Set(['Ctrl-c', 'Ctrl-z'])

/** Too small for panes: one line is shown, and the keys that leave are the only ones that do anything. */
function tinyKey(state: State, press: KeyPress): Step {
  return press.id === 'q' || press.id === 'Esc' ? next(state, { kind: 'exit', code: 0 }) : stay(state)
}

export function onKey(state: State, { press }: Event<'key'>): Step {
  if (always.has(press.id)) return commandKey(state, press)
  if (layoutOf(state.size, 0.5).kind === 'tiny') return tinyKey(state, press)
  if (state.overlay !== null) return overlayKey(state, state.overlay, press)
  return state.field === null ? commandKey(state, press) : fieldKey(state, press)
}

/** Pasted text never runs a command: it goes into a field, as one line, or nowhere. */
export function onPaste(state: State, { text }: Event<'paste'>): Step {
  const line = cleanLines(text).join(' ').trim()
  if (state.overlay !== null) return overlayText(state, state.overlay, line)
  if (state.field !== null) return stay(reorder(state, { filter: state.roles.filter + line }))
  return stay(toast(state, 'info', words(state).blocked.pasted))
}
