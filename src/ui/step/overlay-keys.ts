import { graphemesOf } from '../../words/width.ts'
import type { KeyPress } from '../keys.ts'
import type { ConfirmOverlay, InputOverlay, ListOverlay, Overlay } from '../overlay.ts'
import { type OverlayRow, overlayRows } from '../overlay-rows.ts'
import { firstRow } from '../screen.ts'
import type { State } from '../state.ts'
import { carryOut } from './intents.ts'
import { next, type Step, stay, toast, words } from './result.ts'

const close = (state: State): State => ({ ...state, overlay: null })

const withoutLast = (text: string): string => graphemesOf(text).slice(0, -1).join('')

const isNamed = ({ typed }: ConfirmOverlay): boolean => typed === null || typed.value === typed.expected

export const isEnabled = (overlay: ConfirmOverlay): boolean => isNamed(overlay) && overlay.reason?.trim() !== ''

/** What is still missing before the button works. */
function missing(state: State, overlay: ConfirmOverlay): string {
  const { confirm } = words(state)
  if (isNamed(overlay)) return confirm.reasonFirst
  return overlay.typed?.value === '' ? confirm.typeFirst : confirm.nameDiffers
}

const closing: ReadonlySet<string> = new Set(['Esc', 'q', 'n'])
const turning: ReadonlySet<string> = new Set(['Tab', 'Shift-Tab', 'Left', 'Right'])

/** What is typed completes the name, then says the reason. The button is focused when nothing is missing. */
function typeOn(state: State, overlay: ConfirmOverlay, change: (text: string) => string): Step {
  const { typed, reason } = overlay
  if (typed === null) return stay(state)
  const isReason = reason !== null && isNamed(overlay) && (reason !== '' || change('') !== '')
  const written: ConfirmOverlay = isReason
    ? { ...overlay, reason: change(reason) }
    : { ...overlay, typed: { ...typed, value: change(typed.value) } }
  return stay({ ...state, overlay: { ...written, focus: isEnabled(written) ? 'confirm' : 'cancel' } })
}

function confirmKey(state: State, overlay: ConfirmOverlay, { id, text }: KeyPress): Step {
  const { typed } = overlay
  if (id === 'Esc' || (typed === null && closing.has(id))) return stay(toast(close(state), 'info', words(state).confirm.cancelled))
  if (turning.has(id)) {
    if (!isEnabled(overlay)) return stay(toast(state, 'warn', missing(state, overlay)))
    return stay({ ...state, overlay: { ...overlay, focus: overlay.focus === 'cancel' ? 'confirm' : 'cancel' } })
  }
  if (id === 'Enter') {
    if (overlay.focus === 'confirm' && isEnabled(overlay)) return carryOut(close(state), overlay.intent, overlay.reason?.trim() ?? null)
    const isBegun = typed !== null && typed.value !== '' && !isEnabled(overlay)
    return stay(isBegun ? toast(state, 'info', missing(state, overlay)) : toast(close(state), 'info', words(state).confirm.cancelled))
  }
  if (typed === null) return stay(state)
  if (id === 'Backspace') return typeOn(state, overlay, withoutLast)
  return text === null ? stay(state) : typeOn(state, overlay, (before) => before + text)
}

function listKey(state: State, overlay: ListOverlay, { id, text }: KeyPress): Step {
  const rows = overlayRows(state, overlay)
  const move = (by: number): Step => {
    const index = Math.min(Math.max(0, overlay.cursor.index + by), Math.max(0, rows.length - 1))
    return stay({ ...state, overlay: { ...overlay, cursor: { ...overlay.cursor, index, id: rows[index]?.id ?? null } } })
  }
  const filterBy = (filter: string): Step => stay({ ...state, overlay: { ...overlay, filter, cursor: firstRow } })
  const moves: Readonly<Record<string, number>> = { Up: -1, Down: 1, PgUp: -10, PgDn: 10, 'Ctrl-p': -1, 'Ctrl-n': 1 }
  if (id === 'Esc' || (id === '?' && overlay.list === 'help' && overlay.filter === '')) return stay(close(state))
  const by = moves[id]
  if (by !== undefined) return move(by)
  if (id === 'Backspace') return overlay.filter === '' ? stay(close(state)) : filterBy(withoutLast(overlay.filter))
  if (id === 'Enter' || (id === 'Space' && overlay.list === 'columns')) {
    const row = rows[overlay.cursor.index]
    return row === undefined ? stay(state) : runRow(state, row)
  }
  return text === null ? stay(state) : filterBy(overlay.filter + text)
}

/** What cannot be run from here says why and leaves the list open. */
function runRow(state: State, row: OverlayRow): Step {
  const ran = row.run(state)
  return ran.state === state && ran.effects.length === 0 ? stay(toast(state, 'warn', row.text)) : ran
}

function inputKey(state: State, overlay: InputOverlay, { id, text }: KeyPress): Step {
  const put = (value: string): Step => stay({ ...state, overlay: { ...overlay, value, problem: null } })
  if (id === 'Esc') return stay(close(state))
  if (id === 'Enter') return next(state, { kind: 'set-preference', key: overlay.key, value: overlay.value })
  if (id === 'Backspace') return put(withoutLast(overlay.value))
  if (id === 'Ctrl-u') return put('')
  return text === null ? stay(state) : put(overlay.value + text)
}

const dismissing: ReadonlySet<string> = new Set(['Esc', 'Enter', 'q', 'Space'])

export function overlayKey(state: State, overlay: Overlay, press: KeyPress): Step {
  switch (overlay.kind) {
    case 'confirm':
      return confirmKey(state, overlay, press)
    case 'list':
      return listKey(state, overlay, press)
    case 'input':
      return inputKey(state, overlay, press)
    case 'refusal':
      return stay(dismissing.has(press.id) ? close(state) : state)
  }
}

/** Pasted text, already one clean line. */
export function overlayText(state: State, overlay: Overlay, text: string): Step {
  switch (overlay.kind) {
    case 'confirm':
      return typeOn(state, overlay, (before) => before + text)
    case 'list':
      return stay({ ...state, overlay: { ...overlay, filter: overlay.filter + text, cursor: firstRow } })
    case 'input':
      return stay({ ...state, overlay: { ...overlay, value: overlay.value + text, problem: null } })
    case 'refusal':
      return stay(state)
  }
}
