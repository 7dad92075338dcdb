import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseByTree, parsePolicy } from '../../src/policy/parse.ts'
import { policy } from '../support/arbitrary-policies.ts'
import { random } from '../support/random.ts'

const parsed = (text: string) => {
  const result = parsePolicy(text)
  if (!result.ok) throw new Error(result.problem.message)
  return result.document
}

const only = (members: string): string => `{"Version":"2012-10-17","Statement":[{${members}}]}`

describe('what is read', () => {
  it('a statement that is an object, with strings for lists', () => {
    expect(parsed('{"Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}')).toMatchObject({
      version: '2008-10-17',
      statements: [
        {
          index: 0,
          sid: null,
          effect: 'Allow',
          actions: { kind: 'Action', patterns: ['s3:GetObject'] },
          resources: { kind: 'Resource', patterns: ['*'] },
          condition: null,
        },
      ],
    })
  })

  it('NotAction, NotResource, Sid, Id, and conditions with numbers and booleans as they are written', () => {
    const text =
      '{"Version":"2012-10-17","Id":"x","Statement":[{"Sid":"A","Effect":"Deny","NotAction":["iam:*"],"NotResource":["arn:aws:s3:::a"],' +
      '"Condition":{"NumericLessThan":{"s3:max-keys":[10.50,"11"]},"Bool":{"aws:SecureTransport":false}}}]}'
    expect(parsed(text)).toMatchObject({
      text,
      version: '2012-10-17',
      statements: [
        {
          sid: 'A',
          effect: 'Deny',
          actions: { kind: 'NotAction', patterns: ['iam:*'] },
          resources: { kind: 'NotResource', patterns: ['arn:aws:s3:::a'] },
          condition: { NumericLessThan: { 's3:max-keys': ['10.50', '11'] }, Bool: { 'aws:SecureTransport': ['false'] } },
        },
      ],
    })
  })

  it('an empty condition as none, and keys with strange names as keys', () => {
    expect(parsed(only('"Effect":"Allow","Action":"*","Resource":"*","Condition":{}')).statements[0]?.condition).toBeNull()
    const odd = parsed(only('"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"__proto__":"x"}}'))
    expect(Object.entries(odd.statements[0]?.condition?.StringEquals ?? {})).toEqual([['__proto__', ['x']]])
  })

  it('brackets and quotes inside texts as texts', () => {
    const value = JSON.stringify(`${'['.repeat(50)}"${'{'.repeat(50)}\\`)
    const text = only(`"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"k":${value}}}`)
    expect(parsed(text).statements[0]?.condition?.StringEquals?.k).toEqual([JSON.parse(value)])
  })

  it('keeps the text byte for byte', () => {
    fc.assert(
      fc.property(policy, fc.constantFrom(undefined, 2, '\t'), (raw, indent) => {
        const text = JSON.stringify(raw, null, indent)
        expect(parsed(text).text).toBe(text)
      }),
      random(21, 300),
    )
  })
})

/** A text with `▲` before the place of its problem. */
function marked(text: string): { readonly text: string; readonly line: number; readonly column: number } {
  const before = text.slice(0, text.indexOf('▲')).split('\n')
  return { text: text.replace('▲', ''), line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

describe('what is refused, with its line and column', () => {
  const ALLOW = '"Effect":"Allow"'
  const ALL = `${ALLOW},"Action":"*","Resource":"*"`
  const list = (statements: string): string => `{\n  "Version": "2012-10-17",\n  "Statement": [${statements}]\n}`
  it.each<[what: string, text: string, message: string]>([
    ['empty text', '▲', 'not JSON'],
    ['text that ends early', '{\n  "Version": "2012-10-17"▲', 'not JSON'],
    ['a comment', '{ ▲// no\n}', 'not JSON'],
    ['a trailing comma', '{"Statement":[],▲}', 'not JSON'],
    ['a list', '▲[]', 'must be an object'],
    ['no Statement', '▲{"Version":"2012-10-17"}', 'no Statement'],
    ['another Version', '{\n "Version": ▲"2012-10-18",\n "Statement": []}', 'Version must be'],
    ['an unknown element', '{"Statement":[],"Foo":▲1}', 'unknown element "Foo"'],
    ['a key given twice', '{"Statement":[],\n▲"Statement":[]}', '"Statement" twice'],
    ['a statement that is a text', list('▲"all"'), 'statement 1 must be an object'],
    ['a key given twice in a statement', list(`{${ALL}},{${ALLOW},"Action":"s3:*",▲"Action":"*","Resource":"*"}`), '"Action" twice'],
    ['a condition key given twice', list(`{${ALL},"Condition":{"Bool":{"k":"a",▲"k":"b"}}}`), '"k" twice'],
    ['a Principal', list(`▲{${ALL},"Principal":"*"}`), 'Principal'],
    ['an Effect in lower case', list('{"Effect":▲"allow","Action":"s3:*","Resource":"*"}'), 'Effect'],
    ['no Effect', list('▲{"Action":"s3:*","Resource":"*"}'), 'Effect'],
    ['no action', list(`▲{${ALLOW},"Resource":"*"}`), 'exactly one of Action and NotAction'],
    ['both actions', list(`▲{${ALL},"NotAction":"s3:*"}`), 'exactly one of Action and NotAction'],
    ['no resource', list(`▲{${ALLOW},"Action":"s3:*"}`), 'exactly one of Resource and NotResource'],
    ['both resources', list(`▲{${ALL},"NotResource":"*"}`), 'exactly one of Resource and NotResource'],
    ['a wildcard in the service', list(`{${ALLOW},"Action":▲"*:Get*","Resource":"*"}`), '"*:Get*" is not'],
    ['an action without a service', list(`{${ALLOW},"Action":["s3:*",▲"GetObject"],"Resource":"*"}`), '"GetObject" is not'],
    ['a variable in an action', list(`{${ALLOW},"Action":▲"s3:\${aws:username}","Resource":"*"}`), 'is not "service:Action"'],
    ['a number for an action', list(`{${ALLOW},"Action":[▲1],"Resource":"*"}`), 'must be a string'],
    ['a number for a Sid', list(`{"Sid":▲1,${ALL}}`), 'Sid must be a string'],
    ['a condition that is a list', list(`{${ALL},"Condition":▲[]}`), 'Condition must be an object'],
    ['an operator without tests', list(`{${ALL},"Condition":{"Bool":▲"k"}}`), 'Condition.Bool must be an object'],
    ['an object for a condition value', list(`{${ALL},"Condition":{"Bool":{"k":▲{}}}}`), 'strings, numbers or booleans'],
    ['null for a condition value', list(`{${ALL},"Condition":{"Bool":{"k":[▲null]}}}`), 'strings, numbers or booleans'],
    ['hopeless nesting of both kinds', `{"Statement":${'{"a":['.repeat(15)}[▲{`, 'nested deeper'],
    ['hopeless nesting', `{"Statement":${'['.repeat(31)}▲[[`, 'nested deeper'],
  ])('%s', (_, withMark, message) => {
    const { text, line, column } = marked(withMark)
    const result = parsePolicy(text)
    expect(result).toMatchObject({ ok: false, problem: { line, column } })
    if (!result.ok) expect(result.problem.message).toContain(message)
  })
})

describe('junk', () => {
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '"Statement"',
    '"Effect":"Allow"',
    '"Action":"*"',
    '"Resource":"*"',
    'null',
    '1e9',
    '\n',
    '\u0000',
    '😀',
  ]
  const junk = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((all) => all.join('')),
    fc.tuple(policy, fc.nat(400), fc.constantFrom(...pieces, '')).map(([raw, at, piece]) => {
      const text = JSON.stringify(raw)
      return text.slice(0, at) + piece + text.slice(at + 1)
    }),
  )

  it('never throws, and what it accepts JSON.parse accepts too', () => {
    fc.assert(
      fc.property(junk, (text) => {
        if (parsePolicy(text).ok) expect(() => JSON.parse(text)).not.toThrow()
      }),
      random(22, 4000),
    )
  })

  it('does not exhaust the stack', () => {
    for (const text of ['['.repeat(1_000_000), '{"a":'.repeat(200_000)]) expect(parsePolicy(text).ok).toBe(false)
  })
})

describe('the two ways of reading', () => {
  it('say the same of every text', () => {
    const written = policy
      .map((one) => JSON.stringify(one))
      .chain((text) => fc.constantFrom(text, JSON.stringify(JSON.parse(text), null, 2)))
    fc.assert(
      fc.property(written, (text) => {
        expect(parsePolicy(text)).toEqual(parseByTree(text))
      }),
    )
  })

  it.each([
    only('"Effect":"Allow","Effect":"Deny","Action":"*","Resource":"*"'),
    only('"Effect":"Allow","Action":"*","Resource":"*","Sid":null'),
    only('"Effect":"Allow","Action":["s3:Get*",null],"Resource":"*"'),
    only('"Effect":"Allow","Action":"*","Resource":"*","Condition":{"NumericLessThan":{"s3:max-keys":1.0}}'),
    only('"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"a":[["b"]]}}'),
    only('"Effect":"Allow","Action":"*","NotAction":"s3:*","Resource":"*"'),
    '{"Version":"2012-10-17","Statement":[null]}',
    '{"Version":"2012-10-17"}',
    '[]',
    'null',
  ])('say the same of %s', (text) => {
    expect(parsePolicy(text)).toEqual(parseByTree(text))
  })
})
