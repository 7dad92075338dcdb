import fc from 'fast-check'
import { findNodeAtLocation, parseTree } from 'jsonc-parser'
import { describe, expect, it } from 'vitest'
import type { ActionClause } from '../../src/policy/document.ts'
import { editPolicyText } from '../../src/policy/edit-text.ts'
import { actionPattern, policy } from '../support/arbitrary-policies.ts'
import type { RawPolicy, RawStatement } from '../support/evaluator.ts'
import { random } from '../support/random.ts'

type Layout = (raw: RawPolicy) => string
const layouts: Readonly<Record<string, Layout>> = {
  compact: (raw) => JSON.stringify(raw),
  pretty: (raw) => JSON.stringify(raw, null, 4),
  tabs: (raw) => JSON.stringify(raw, null, '\t'),
  crlf: (raw) => `${JSON.stringify(raw, null, 2).replaceAll('\n', '\r\n')}\r\n`,
  'one line with spaces': (raw) => JSON.stringify(raw, null, 1).replaceAll('\n', ' '),
}

const clause: fc.Arbitrary<ActionClause> = fc.record({
  kind: fc.constantFrom<ActionClause['kind']>('Action', 'NotAction'),
  patterns: fc.array(actionPattern, { minLength: 1, maxLength: 4 }),
})

const statementsOf = ({ Statement }: RawPolicy): readonly RawStatement[] => [Statement].flat() as RawStatement[]

describe('an edit of a policy text', () => {
  it.each(Object.entries(layouts))('changes nothing but the action element: %s', (_, layout) => {
    fc.assert(
      fc.property(policy, fc.nat(5), clause, (raw, at, edit) => {
        const text = layout(raw)
        const statements = statementsOf(raw)
        const index = at % statements.length
        const edited = editPolicyText(text, new Map([[index, edit]])) ?? ''
        const key = statements[index]?.Action === undefined ? 'NotAction' : 'Action'
        const node = findNodeAtLocation(parseTree(text) ?? { type: 'null', offset: 0, length: 0 }, [
          'Statement',
          ...(Array.isArray(raw.Statement) ? [index] : []),
          key,
        ])?.parent
        if (node === undefined) throw new Error('the statement has no action element')
        const expected = statements.map((statement, place) => (place === index ? withClause(statement, key, edit) : statement))
        expect([JSON.parse(edited).Statement].flat().map(sameForm)).toEqual(expected.map(sameForm))
        expect(edited.startsWith(text.slice(0, node.offset))).toBe(true)
        expect(edited.endsWith(text.slice(node.offset + node.length))).toBe(true)
        expect(editPolicyText(text, new Map())).toBe(text)
      }),
      random(61, 400),
    )
  })

  it.each(Object.entries(layouts))('takes whole statements out and leaves the others byte for byte: %s', (_, layout) => {
    fc.assert(
      fc.property(policy, fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), (raw, drops) => {
        const text = layout(raw)
        const statements = statementsOf(raw)
        const kept = statements.filter((_statement, index) => drops[index] !== true)
        const edits = new Map(statements.flatMap((_statement, index) => (drops[index] === true ? [[index, null] as const] : [])))
        const edited = editPolicyText(text, edits)
        if (kept.length === 0) {
          expect(edited).toBeNull()
          return
        }
        expect([JSON.parse(edited ?? '').Statement].flat()).toEqual(JSON.parse(JSON.stringify(kept)))
        const root = parseTree(text)
        const nodes = root === undefined ? [] : (findNodeAtLocation(root, ['Statement'])?.children ?? [])
        if (Array.isArray(raw.Statement))
          for (const [index, node] of nodes.entries())
            if (drops[index] !== true) expect(edited).toContain(text.slice(node.offset, node.offset + node.length))
      }),
      random(62, 300),
    )
  })

  const edit = (text: string, clauseOf: ActionClause): string | null => editPolicyText(text, new Map([[0, clauseOf]]))
  const two: ActionClause = { kind: 'Action', patterns: ['s3:a', 's3:b'] }

  it('writes a list as the text around it is laid out', () => {
    expect(edit('{"Statement":{"Action":"*"}}', two)).toBe('{"Statement":{"Action":["s3:a","s3:b"]}}')
    expect(edit('{\n\t"Statement": {\n\t\t"Action": ["*"]\n\t}\n}', two)).toBe(
      '{\n\t"Statement": {\n\t\t"Action": [\n\t\t\t"s3:a",\n\t\t\t"s3:b"\n\t\t]\n\t}\n}',
    )
    expect(edit('{\r\n  "Statement": {\r\n    "Action": "*"\r\n  }\r\n}', two)).toBe(
      '{\r\n  "Statement": {\r\n    "Action": [\r\n      "s3:a",\r\n      "s3:b"\r\n    ]\r\n  }\r\n}',
    )
  })

  it('keeps a single name a text where it was one, and a list where it was one', () => {
    const one: ActionClause = { kind: 'Action', patterns: ['s3:a'] }
    expect(edit('{"Statement":{"Action":"*"}}', one)).toBe('{"Statement":{"Action":"s3:a"}}')
    expect(edit('{"Statement":{"Action":["*"]}}', one)).toBe('{"Statement":{"Action":["s3:a"]}}')
  })

  it('finds an element whose name is written with escapes, and never one inside a condition', () => {
    expect(edit('{"Statement":{"\\u0041ction":"*"}}', two)).toBe('{"Statement":{"\\u0041ction":["s3:a","s3:b"]}}')
    const text = '{"Statement":{"Condition":{"StringLike":{"Action":"x"}},"Action":"*"}}'
    expect(edit(text, two)).toBe('{"Statement":{"Condition":{"StringLike":{"Action":"x"}},"Action":["s3:a","s3:b"]}}')
  })
})

function withClause(statement: RawStatement, key: 'Action' | 'NotAction', { kind, patterns }: ActionClause): RawStatement {
  const { [key]: _old, ...rest } = statement
  return { ...rest, [kind]: patterns }
}

/** A statement whose elements are lists, without order of keys. */
function sameForm(statement: RawStatement): unknown {
  const { Action, NotAction, ...rest } = JSON.parse(JSON.stringify(statement)) as RawStatement
  return { ...rest, ...(Action === undefined ? { NotAction: [NotAction].flat() } : { Action: [Action].flat() }) }
}
