import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonPieces, jsonText } from '../../src/words/json-text.ts'

test('the text is what JSON.stringify writes, where nothing in it is hostile', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(jsonText(value)).toBe(`${JSON.stringify(value, null, 2)}\n`)
    }),
  )
})

test('what JSON has no word for is left out of objects and null in lists', () => {
  const value = { gone: undefined, list: [undefined, { gone: undefined }], at: new Date(0) }
  expect(jsonText(value)).toBe(`${JSON.stringify(value, null, 2)}\n`)
})

test('hostile characters are escapes and the value stays what it was', () => {
  const hostile = { 'name\u202e': ['\u009b31m', { deep: '\ufeff\u{e0041}' }] }
  expect(jsonText(hostile)).toMatch(/^[\n\x20-\x7e]*$/)
  expect(JSON.parse(jsonText(hostile))).toEqual(hostile)
})

test('a long list comes in pieces of a few members, however long it is', () => {
  const member = { removes: Array.from({ length: 1_000 }, (_, n) => `s3:Action${n}`) }
  const pieces = [...jsonPieces({ roles: Array.from({ length: 100 }, () => member) })]
  expect(pieces.length).toBeGreaterThan(10)
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(65_536 + JSON.stringify(member, null, 8).length)
})
