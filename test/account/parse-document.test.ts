import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../src/account/parse-document.ts'

const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::a b+c%20/*' }] }
const pretty = JSON.stringify(policy, null, 4)

/** As AWS encodes: RFC 3986, so also the characters that `encodeURIComponent` leaves. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)

describe('the text of a policy document', () => {
  it('is decoded byte for byte', () => {
    expect(parseDocument(encode(pretty))).toMatchObject({ text: pretty, problem: null })
  })

  it('is kept as it is when it is JSON already, percent signs and plus signs included', () => {
    expect(parseDocument(pretty)).toMatchObject({ text: pretty, problem: null })
    expect(parseDocument(`\n ${pretty}`)).toMatchObject({ text: `\n ${pretty}`, problem: null })
  })

  it('keeps a plus sign a plus sign', () => {
    const text = '{"Statement":[{"Sid":"a+b"}]}'
    expect(parseDocument(encode(text).replaceAll('%2B', '+'))).toMatchObject({ text, problem: null })
  })

  it('is compact JSON for an object', () => {
    expect(parseDocument(policy)).toMatchObject({ text: JSON.stringify(policy), problem: null })
  })

  it('keeps keys that mean something to JavaScript', () => {
    const text = '{"__proto__":{"polluted":true},"constructor":1,"Statement":[]}'
    expect(parseDocument(JSON.parse(text))).toMatchObject({ text, problem: null })
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted')
  })

  it('comes back from encoding whatever it holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string({ unit: 'grapheme' })), (statement) => {
        const text = JSON.stringify({ Statement: statement })
        expect(parseDocument(encode(text))).toMatchObject({ text, problem: null })
      }),
    )
  })

  it.each([
    ['nothing', undefined, '', 'the document is missing'],
    ['null', null, '', 'the document is missing'],
    ['a number', 4, '', 'the document must be an object or a text'],
    ['a list', [policy], '', 'the document must be an object or a text'],
    ['a malformed escape', '%7B%ZZ', '%7B%ZZ', 'the document has a malformed percent escape'],
    ['half a character', '%7B%22%C3%22%7D', '%7B%22%C3%22%7D', 'the document has a malformed percent escape'],
    ['a text that is no JSON', 'Allow all', 'Allow all', 'the document is not valid JSON'],
    ['a text cut short', '{"Statement":[', '{"Statement":[', 'the document is not valid JSON'],
    ['a text encoded twice', '%257B%257D', '%7B%7D', 'the document is not valid JSON'],
    ['an empty text', '', '', 'the document is not valid JSON'],
    ['a JSON list', '%5B%5D', '[]', 'the document is not a JSON object'],
    ['a JSON text', '"{}"', '"{}"', 'the document is not a JSON object'],
  ])('has a problem where it is %s', (_, source, text, problem) => {
    expect(parseDocument(source)).toMatchObject({ text, problem })
  })

  it('is bounded in size and depth', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`)
    expect(parseDocument(deep)).toMatchObject({ text: '', problem: 'the document is nested deeper than 64 levels' })
    expect(parseDocument(`${'{"a":'.repeat(200_000)}`).problem).toMatch(/longer|not valid/)
    expect(parseDocument({ Statement: 'x'.repeat(300_000) }).problem).toBe('the document is longer than 262144 characters')
  })
})
