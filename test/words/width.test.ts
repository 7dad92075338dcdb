import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { fit as fitted, graphemesOf, oneCellSigns, takeWidth, truncate, widthOf, wrap } from '../../src/words/width.ts'

const text = fc.string({ unit: fc.constantFrom('a', '-', ' ', '日', 'ﾛ', '👩‍👩‍👧', 'é', '…') })

describe('widths', () => {
  test('wide characters take two cells, joined emoji too', () => {
    expect(widthOf('日本')).toBe(4)
    expect(widthOf('👩‍👩‍👧')).toBe(2)
    expect(graphemesOf('a👩‍👩‍👧')).toEqual(['a', '👩‍👩‍👧'])
  })

  test('what is counted instead of looked up takes one cell, alone and beside each other', () => {
    const counted = Array.from({ length: 0x2800 }, (_, code) => String.fromCharCode(code)).filter((sign) => oneCellSigns.test(sign))
    expect(counted.length).toBeGreaterThan(700)
    expect(counted.filter((sign) => stringWidth(sign) !== 1)).toEqual([])
    expect(stringWidth(counted.join(''))).toBe(counted.length)
  })

  test('a cut never goes through a wide character', () => {
    expect(takeWidth('日本', 3)).toBe('日')
    expect(truncate('日本語', 4)).toBe('日…')
    expect(truncate('abc', 3)).toBe('abc')
    expect(fitted('日本語', 4)).toBe('日… ')
  })

  test('numbers stand at the right', () => expect(fitted('7', 3, { align: 'right' })).toBe('  7'))

  test('a fitted text takes exactly its cells', () =>
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 30 }), (value, width) => {
        expect(widthOf(fitted(value, width))).toBe(width)
        expect(widthOf(truncate(value, width))).toBeLessThanOrEqual(width)
      }),
    ))

  test('wrapped prose loses no letter and no line is too wide', () =>
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 30 }), (value, width) => {
        const lines = wrap(value, width)
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width)
        expect(lines.join('').replaceAll(' ', '')).toBe(value.replaceAll(' ', ''))
      }),
    ))

  test('prose breaks at its spaces', () => expect(wrap('one two three', 8)).toEqual(['one two', 'three']))
})
