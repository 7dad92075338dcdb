/**
 * The screens as plain lines: rows with numbers, then what is known about the one under the cursor. The same panes that are
 * drawn in boxes; nothing moves, nothing is overwritten, so a screen reader and a log read it from top to bottom.
 */

import { commandsHere } from '../command-records.ts'
import { type Line, lineText } from '../draw/line.ts'
import type { Pane } from '../draw/pane.ts'
import { keysOf } from '../key-bindings.ts'
import type { ListOverlay } from '../overlay.ts'
import { overlayRows } from '../overlay-rows.ts'
import { stageOf } from '../screens.ts'
import type { State } from '../state.ts'
import { confirmText } from '../views/confirm-text.ts'
import { type Scene, sceneOf } from '../views/scene.ts'
import { stripLine, titleLine } from '../views/title-view.ts'

/** Rows told at a time: as many as one listens to. */
export const pageRows = 15

const width = 100

export const linearScene = (state: State): Scene => sceneOf(state, width)

const textOf = (line: Line): string => lineText(line).trimEnd()

const plain = (lines: readonly Line[]): readonly string[] => lines.map(textOf)

/** Every screen is told as if it were wide: both panes exist. */
export const wideState = (state: State): State => ({ ...state, size: { columns: 2 * width, rows: pageRows + 12 } })

function paneLines(pane: Pane, first: number, more: (n: number) => string): readonly string[] {
  if (pane.count === 0) return plain(pane.empty)
  const last = Math.min(pane.count, first + pageRows)
  const rows = Array.from({ length: last - first }, (_, offset) => {
    const at = first + offset
    const row = textOf(pane.rowAt(at))
    return pane.kind === 'list' ? `${String(at + 1).padStart(4)}. ${row.trimStart()}` : row
  })
  const left = pane.count - last
  return [...rows, ...(left > 0 ? [`      ${more(left)}`] : [])]
}

/** The window of `pageRows` that holds the cursor. */
const pageStart = (index: number): number => Math.floor(index / pageRows) * pageRows

/** What the screen on top says, from its title to its rows. */
export function screenLines(state: State): readonly string[] {
  const wide = wideState(state)
  const scene = linearScene(wide)
  const main = stageOf(wide).panes.find(({ id }) => id === 'main')
  if (main === undefined) return []
  const { pane } = main
  const at = pane.kind === 'list' ? wide.screen.main.index : wide.screen.main.top
  const lines = paneLines(pane, pageStart(at), (n) => scene.w.linear.more(n))
  return [
    '',
    textOf(titleLine(scene)).trim(),
    textOf(stripLine(scene)).trim(),
    '',
    textOf(pane.title),
    ...plain(pane.head),
    ...lines,
    ...plain(pane.foot),
  ]
}

/** What is known about the thing under the cursor. */
export function detailLines(state: State): readonly string[] {
  const detail = stageOf(wideState(state)).panes.find(({ id }) => id === 'detail')
  if (detail === undefined) return []
  const { pane } = detail
  const rows = Array.from({ length: pane.count }, (_, at) => textOf(pane.rowAt(at)))
  return ['', textOf(pane.title), ...plain(pane.head), ...rows, ...plain(pane.foot)]
}

export function commandLines(state: State): readonly string[] {
  const { w } = linearScene(state)
  return commandsHere(state)
    .filter(({ group }) => group !== 'move')
    .map((record) => {
      const reason = record.blocked(state)
      const keys = keysOf(record, state.facts.keys).join(' ')
      const what = reason === null ? w.commands[record.id].help : `${w.linear.blocked}: ${reason}`
      return `  ${record.id.padEnd(12)} ${keys.padEnd(6)} ${what}`
    })
}

export function listLines(state: State, overlay: ListOverlay): readonly string[] {
  return overlayRows(state, overlay).map(
    (row, at) => `${String(at + 1).padStart(4)}. ${[row.keys, row.label, row.text].filter(Boolean).join('  ')}`,
  )
}

/** A question with its effect in full, and how to answer it. */
export function overlayLines(state: State): readonly string[] {
  const { overlay } = state
  const scene = linearScene(state)
  const { w } = scene
  switch (overlay?.kind) {
    case 'confirm': {
      const { title, body, button } = confirmText(scene, overlay.intent)
      const how = overlay.typed === null ? w.linear.typeYes(button) : w.linear.typeName(overlay.typed.expected, overlay.reason !== null)
      return ['', title, ...plain(body), how]
    }
    case 'refusal':
      return [
        '',
        w.refusal.title,
        overlay.refusal.message,
        ...(overlay.refusal.hint === null ? [] : [overlay.refusal.hint]),
        w.refusal.nothing,
      ]
    case 'list':
      return ['', ...listLines(state, overlay)]
    case 'input':
      return ['', overlay.key, ...(overlay.problem === null ? [] : [overlay.problem]), w.settings.keys]
    case undefined:
      return []
  }
}
