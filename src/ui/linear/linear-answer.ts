import { commandFor, commandsHere } from '../command-records.ts'
import { splitTyped } from '../keys.ts'
import type { ListOverlay } from '../overlay.ts'
import { overlayRows } from '../overlay-rows.ts'
import { runCommand } from '../run-command.ts'
import { stageOf } from '../screens.ts'
import type { State } from '../state.ts'
import { carryOut } from '../step/intents.ts'
import { next, type Step, stay, toast, words } from '../step/result.ts'
import { reorder } from '../step/scan-events.ts'
import { pageRows, wideState } from './linear-text.ts'

/** What a line does: an event of the usual kind, or a step of its own. `detail` asks for what is beside the list. */
export type Answer = { readonly step: Step; readonly tell: 'screen' | 'detail' | 'commands' | 'nothing' }

const told = (step: Step, tell: Answer['tell'] = 'screen'): Answer => ({ step, tell })

const close = (state: State): State => ({ ...state, overlay: null })

/** `NAME because it is late`: what stands behind the name. */
function reasonAfter(name: string, line: string): string | null {
  const reason = line.startsWith(`${name} `) ? line.slice(name.length).trim() : ''
  return reason === '' ? null : reason
}

function answerConfirm(state: State, line: string): Answer {
  const { overlay } = state
  if (overlay?.kind !== 'confirm') return told(stay(state))
  const { typed, intent } = overlay
  const why = overlay.reason === null || typed === null ? null : reasonAfter(typed.expected, line)
  const isYes = typed === null ? /^(y|yes|はい)$/i.test(line) : overlay.reason === null ? line === typed.expected : why !== null
  if (isYes) return told(carryOut(close(state), intent, why))
  const said = typed !== null && line !== '' ? words(state).confirm.nameDiffers : words(state).confirm.cancelled
  return told(stay(toast(close(state), 'info', said)))
}

/** A number chooses; other words filter. */
function answerList(state: State, overlay: ListOverlay, line: string): Answer {
  if (line === '') return told(stay(close(state)))
  const rows = overlayRows(state, overlay)
  const row = /^\d+$/.test(line) ? rows[Number(line) - 1] : rows.find(({ id }) => id === line)
  if (row !== undefined) return told(row.run(state))
  return told(stay({ ...state, overlay: { ...overlay, filter: line } }))
}

/** The cursor goes to a row; the views behind it are those of a wide screen. */
function toRow(state: State, index: number): State | null {
  const main = stageOf(wideState(state)).panes.find(({ id }) => id === 'main')
  if (main === undefined || index < 0 || index >= main.pane.count) return null
  const id = main.pane.kind === 'list' ? main.pane.idAt(index) : null
  return { ...state, screen: { ...state.screen, focus: 'main', main: { id, index, top: index } } }
}

function turnPage(state: State, by: number): Answer {
  const { index } = state.screen.main
  const start = Math.floor(index / pageRows) * pageRows + by * pageRows
  const moved = toRow(state, Math.max(0, start))
  return told(stay(moved ?? state))
}

function runNamed(state: State, line: string): Answer | null {
  const keys = splitTyped(line)
  const [press] = keys
  const byKey = keys.length === 1 && press !== undefined ? commandFor(state, press.id) : null
  const record = byKey ?? commandsHere(state).find(({ id }) => id === line.toLowerCase()) ?? null
  return record === null ? null : told(runCommand(state, record))
}

const own: Readonly<Record<string, (state: State) => Answer>> = {
  '': (state) => told(stay(state)),
  help: (state) => told(stay(state), 'commands'),
  '?': (state) => told(stay(state), 'commands'),
  details: (state) => told(stay(state), 'detail'),
  d: (state) => told(stay(state), 'detail'),
  next: (state) => turnPage(state, 1),
  previous: (state) => turnPage(state, -1),
  exit: (state) => told(next(state, { kind: 'exit', code: 0 }), 'nothing'),
}

/** One line of a person, in the state that they were told. */
export function answer(state: State, typed: string): Answer {
  const line = typed.trim()
  const { overlay } = state
  if (overlay?.kind === 'confirm') return answerConfirm(state, line)
  if (overlay?.kind === 'list') return answerList(state, overlay, line)
  if (overlay?.kind === 'refusal') return told(stay(close(state)))
  if (overlay?.kind === 'input')
    return told(line === '' ? stay(close(state)) : next(close(state), { kind: 'set-preference', key: overlay.key, value: line }))
  if (line.startsWith('/')) return told(stay(reorder(state, { filter: line.replace(/^\/+/, '') })))
  if (/^\d+$/.test(line) && !(line.length === 1 && state.screen.kind !== 'roles' && Number(line) > 99)) {
    const moved = toRow(state, Number(line) - 1)
    if (moved === null) return told(stay(toast(state, 'warn', words(state).linear.noRow(Number(line)))), 'nothing')
    return told(openRow(moved), moved.screen.kind === 'roles' ? 'screen' : 'detail')
  }
  return own[line]?.(state) ?? runNamed(state, line) ?? told(stay(toast(state, 'warn', words(state).linear.unknown(line))), 'nothing')
}

const openRow = (state: State): Step => {
  const record = commandsHere(state).find(({ id }) => id === 'open')
  return record === undefined ? stay(state) : runCommand(state, record)
}
