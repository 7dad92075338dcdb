import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findJsonError } from '../../src/aws/find-json-error.ts'

describe('where a text stops being JSON', () => {
  it.each([
    ['', 1, 1, 'a value'],
    ['{', 1, 2, 'a key or }'],
    ['{"a"', 1, 5, ':'],
    ['{"a":', 1, 6, 'a value'],
    ['{"a":1', 1, 7, ', or }'],
    ['{"a":1,}', 1, 8, 'a key'],
    ['{"a" 1}', 1, 6, ':'],
    ["{'a':1}", 1, 2, 'a key or }'],
    ['[1,\n 2,\n]', 3, 1, 'a value'],
    ['[1 2]', 1, 4, ', or ]'],
    ['[}', 1, 2, 'a value or ]'],
    ['{}\n{}', 2, 1, 'the end'],
    ['["a\nb"]', 1, 4, 'the end of the text in quotes'],
    ['["a', 1, 4, 'the end of the text in quotes'],
    ['["\\x"]', 1, 3, 'an escape such as \\n or \\u0041'],
    ['[01]', 1, 3, ', or ]'],
    ['[+1]', 1, 2, 'a value or ]'],
    ['nul', 1, 1, 'a value'],
  ])('%j', (text, line, column, expected) => {
    expect(() => JSON.parse(text)).toThrow()
    expect(findJsonError(text)).toEqual({ line, column, expected })
  })

  it('is the end of every text that is JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(findJsonError(text)).toEqual({ line: 1, column: text.length + 1, expected: 'the end' })
      }),
    )
  })

  it('is where a text is cut off', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, seed) => {
        const cut = text.slice(0, seed % text.length)
        fc.pre(!/^(?:-?\d|t|f|n)/.test(cut) && !/[\w.+-]$/.test(cut) && !cut.endsWith('\\'))
        expect(findJsonError(cut).column).toBe(cut.length + 1)
      }),
    )
  })
})
