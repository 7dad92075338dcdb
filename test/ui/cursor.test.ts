import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { moveCursor, settleCursor } from '../../src/ui/cursor.ts'
import { line } from '../../src/ui/draw/line.ts'
import { listPane, textPane } from '../../src/ui/draw/pane.ts'
import { firstRow } from '../../src/ui/screen.ts'

const list = (ids: readonly string[]) => listPane({ title: [], rows: ids.map((id) => ({ id, line: line(id) })) })

describe('cursors', () => {
  test('follow their thing when the order changes', () => {
    const before = settleCursor({ id: 'b', index: 1, top: 0 }, list(['a', 'b', 'c']), 10)
    expect(settleCursor(before, list(['c', 'a', 'b']), 10)).toEqual({ id: 'b', index: 2, top: 0 })
  })

  test('stay in their row when their thing is gone', () =>
    expect(settleCursor({ id: 'b', index: 1, top: 0 }, list(['a', 'c']), 10)).toEqual({ id: 'c', index: 1, top: 0 }))

  test('scroll only at the edges of the window', () => {
    const ids = Array.from({ length: 20 }, (_, index) => `r${index}`)
    const at = (index: number, top: number) => settleCursor({ id: null, index, top }, list(ids), 5).top
    expect([at(3, 0), at(5, 0), at(19, 0), at(4, 6)]).toEqual([0, 1, 15, 4])
  })

  test('a text moves its window and stops at its last line', () => {
    const pane = textPane(
      [],
      Array.from({ length: 10 }, () => line('x')),
    )
    expect(settleCursor(moveCursor(firstRow, pane, Infinity), pane, 4).top).toBe(6)
    expect(settleCursor(moveCursor(firstRow, pane, -1), pane, 4).top).toBe(0)
  })

  test('are always on a row of the window', () =>
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 3 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 12 }),
        fc.array(fc.integer({ min: -40, max: 40 })),
        (names, height, moves) => {
          const pane = list([...new Set(names)])
          let cursor = settleCursor(firstRow, pane, height)
          for (const by of moves) {
            cursor = settleCursor(moveCursor(cursor, pane, by), pane, height)
            expect(cursor.index).toBeGreaterThanOrEqual(cursor.top)
            expect(cursor.index).toBeLessThan(cursor.top + height)
            expect(cursor.id).toBe(pane.count === 0 ? null : pane.idAt(cursor.index))
          }
        },
      ),
    ))
})
