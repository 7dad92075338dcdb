import { type Pane, splitHeight } from './draw/pane.ts'
import type { Cursor } from './screen.ts'

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), Math.max(low, high))

function indexOfId(pane: Pane, id: string): number {
  for (let index = 0; index < pane.count; index++) if (pane.idAt(index) === id) return index
  return -1
}

/** Where the cursor's thing is now: its old place when it is still there, else wherever it went, else the same row. */
function follow(cursor: Cursor, pane: Pane): number {
  if (cursor.id === null || pane.idAt(cursor.index) === cursor.id) return cursor.index
  const found = indexOfId(pane, cursor.id)
  return found < 0 ? cursor.index : found
}

/** Brings a cursor back into a pane after its rows, its order or its height changed. */
export function settleCursor(cursor: Cursor, pane: Pane, height: number): Cursor {
  const room = Math.max(1, splitHeight(pane, height).rows)
  const lastTop = Math.max(0, pane.count - room)
  if (pane.kind === 'text') {
    const top = clamp(cursor.top, 0, lastTop)
    return top === cursor.top && cursor.index === top && cursor.id === null ? cursor : { id: null, index: top, top }
  }
  const index = clamp(follow(cursor, pane), 0, pane.count - 1)
  const id = pane.count === 0 ? null : pane.idAt(index)
  const top = clamp(clamp(cursor.top, index - room + 1, index), 0, lastTop)
  return id === cursor.id && index === cursor.index && top === cursor.top ? cursor : { id, index, top }
}

/** Moves by rows; `Infinity` goes to the end. A text has no cursor: its window moves. */
export function moveCursor(cursor: Cursor, pane: Pane, by: number): Cursor {
  if (pane.kind === 'text') {
    const top = clamp(cursor.top + by, 0, Math.max(0, pane.count - 1))
    return { id: null, index: top, top }
  }
  const index = clamp(cursor.index + by, 0, pane.count - 1)
  return pane.count === 0 ? cursor : { ...cursor, index, id: pane.idAt(index) }
}
