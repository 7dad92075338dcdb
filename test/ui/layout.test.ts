import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { layoutOf } from '../../src/ui/layout.ts'

const size = fc.record({ columns: fc.integer({ min: 1, max: 400 }), rows: fc.integer({ min: 1, max: 120 }) })
const share = fc.double({ min: 0.3, max: 0.7, noNaN: true })

describe('layout', () => {
  test.each([
    [200, 50, 'wide'],
    [120, 20, 'wide'],
    [119, 30, 'medium'],
    [100, 30, 'medium'],
    [70, 24, 'medium'],
    [100, 23, 'narrow'],
    [60, 20, 'narrow'],
    [20, 6, 'narrow'],
    [19, 6, 'tiny'],
    [200, 5, 'tiny'],
  ])('%d × %d is %s', (columns, rows, kind) => expect(layoutOf({ columns, rows }, 0.5).kind).toBe(kind))

  test('panes never stick out of the terminal and leave the chrome its lines', () =>
    fc.assert(
      fc.property(size, share, (terminal, part) => {
        const { kind, main, detail, strip } = layoutOf(terminal, part)
        const chrome = kind === 'tiny' ? 0 : 3 + (strip ? 1 : 0)
        const height = kind === 'medium' ? main.height + (detail?.height ?? 0) : Math.max(main.height, detail?.height ?? 0)
        const width = kind === 'wide' ? main.width + (detail?.width ?? 0) : Math.max(main.width, detail?.width ?? 0)
        expect(width).toBe(terminal.columns)
        expect(height + chrome).toBeLessThanOrEqual(Math.max(terminal.rows, chrome))
      }),
    ))
})
