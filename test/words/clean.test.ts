import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clean, cleanLines } from '../../src/words/clean.ts'

describe('clean', () => {
  test.each([
    ['a plain name', 'web-app-role', 'web-app-role'],
    ['an escape sequence', '\x1b[31mred', '\\x1b[31mred'],
    ['a C1 control that starts a sequence', '\x9b2J', '\\x9b2J'],
    ['a bell, a delete and a null', '\x07\x7f\x00', '\\x07\\x7f\\x00'],
    ['line breaks and tabs', 'a\nb\r\tc', 'a\\nb\\r\\tc'],
    ['a bidi override', 'user\u202enimda', 'user\\u202enimda'],
    ['bidi isolates and marks', '\u2066x\u2069\u200f', '\\u2066x\\u2069\\u200f'],
    ['an invisible separator', 'ad\u200bmin', 'ad\\u200bmin'],
    ['tag characters', 'a\u{e0041}', 'a\\u{e0041}'],
    ['a lone surrogate', 'a\ud800b', 'a\\ud800b'],
  ])('writes out %s', (_what, hostile, safe) => expect(clean(hostile)).toBe(safe))

  test.each(['日本語のロール', 'naïve', '👩‍👩‍👧', 'Ωmega'])('leaves %s as it is', (text) => expect(clean(text)).toBe(text))

  test('nothing that a terminal would obey is left, and cleaning twice changes nothing more', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const cleaned = clean(text)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is tested.
        expect(cleaned).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/)
        expect(clean(cleaned)).toBe(cleaned)
      }),
    ))

  test('the lines of a document are cleaned one by one and keep their indent', () =>
    expect(cleanLines('{\n\t"Sid": "\x1b]0;x"\r\n}')).toEqual(['{', '  "Sid": "\\x1b]0;x"', '}']))
})
