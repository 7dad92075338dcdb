import { graphemesOf } from '../../words/width.ts'
import { helpRows } from '../help-rows.ts'
import type { KeyPress } from '../keys.ts'
import { runCommand } from '../run-command.ts'
import { type ConfirmOverlay, firstRow, type Overlay, type State } from '../state.ts'
import { carryOut } from './intents.ts'
import { type Step, stay, toast, words } from './result.ts'

const close = (state: State): State => ({ ...state, overlay: null })

const withoutLast = (text: string): string => graphemesOf(text).slice(0, -1).join('')

export const isEnabled = ({ typed }: ConfirmOverlay): boolean => typed === null || typed.value === typed.expected

const closing: ReadonlySet<string> = new Set(['Esc', 'q', 'n'])
const turning: ReadonlySet<string> = new Set(['Tab', 'Shift-Tab', 'Left', 'Right'])

/** A complete name moves the focus to the button, an incomplete one takes it back. */
function typeName(state: State, overlay: ConfirmOverlay, value: string): Step {
  if (overlay.typed === null) return stay(state)
  const named: ConfirmOverlay = { ...overlay, typed: { ...overlay.typed, value } }
  return stay({ ...state, overlay: { ...named, focus: isEnabled(named) ? 'confirm' : 'cancel' } })
}

function confirmKey(state: State, overlay: ConfirmOverlay, { id, text }: KeyPress): Step {
  const { typed } = overlay
  if (id === 'Esc' || (typed === null && closing.has(id))) return stay(toast(close(state), 'info', words(state).confirm.cancelled))
  if (turning.has(id)) {
    if (!isEnabled(overlay)) return stay(toast(state, 'warn', words(state).confirm.typeFirst))
    return stay({ ...state, overlay: { ...overlay, focus: overlay.focus === 'cancel' ? 'confirm' : 'cancel' } })
  }
  if (id === 'Enter') {
    if (overlay.focus === 'confirm' && isEnabled(overlay)) return carryOut(close(state), overlay.intent)
    const said = typed !== null && typed.value !== '' ? words(state).confirm.nameDiffers : words(state).confirm.cancelled
    return stay(toast(typed !== null && typed.value !== '' ? state : close(state), 'info', said))
  }
  if (typed === null) return stay(state)
  if (id === 'Backspace') return typeName(state, overlay, withoutLast(typed.value))
  return text === null ? stay(state) : typeName(state, overlay, typed.value + text)
}

type HelpOverlay = Extract<Overlay, { readonly kind: 'help' }>

function helpKey(state: State, overlay: HelpOverlay, { id, text }: KeyPress): Step {
  const rows = helpRows(state, overlay.filter)
  const move = (by: number): Step => {
    const index = Math.min(Math.max(0, overlay.cursor.index + by), Math.max(0, rows.length - 1))
    return stay({ ...state, overlay: { ...overlay, cursor: { ...overlay.cursor, index, id: rows[index]?.id ?? null } } })
  }
  const filterBy = (filter: string): Step => stay({ ...state, overlay: { ...overlay, filter, cursor: firstRow } })
  if (id === 'Esc' || (id === '?' && overlay.filter === '')) return stay(close(state))
  if (id === 'Up') return move(-1)
  if (id === 'Down') return move(1)
  if (id === 'PgUp') return move(-10)
  if (id === 'PgDn') return move(10)
  if (id === 'Backspace') return overlay.filter === '' ? stay(close(state)) : filterBy(withoutLast(overlay.filter))
  if (id === 'Enter') {
    const record = rows[overlay.cursor.index]
    return record === undefined ? stay(state) : runCommand(close(state), record)
  }
  return text === null ? stay(state) : filterBy(overlay.filter + text)
}

const dismissing: ReadonlySet<string> = new Set(['Esc', 'Enter', 'q', 'Space'])

export function overlayKey(state: State, overlay: Overlay, press: KeyPress): Step {
  switch (overlay.kind) {
    case 'confirm':
      return confirmKey(state, overlay, press)
    case 'help':
      return helpKey(state, overlay, press)
    case 'refusal':
      return stay(dismissing.has(press.id) ? close(state) : state)
  }
}

/** Pasted text, already one clean line. */
export function overlayText(state: State, overlay: Overlay, text: string): Step {
  switch (overlay.kind) {
    case 'confirm':
      return overlay.typed === null ? stay(state) : typeName(state, overlay, overlay.typed.value + text)
    case 'help':
      return stay({ ...state, overlay: { ...overlay, filter: overlay.filter + text, cursor: firstRow } })
    case 'refusal':
      return stay(state)
  }
}
