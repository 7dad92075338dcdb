import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PolicyDocument } from '../../src/policy/document.ts'
import { globContains, parseGlob } from '../../src/policy/glob.ts'
import { parsePolicy } from '../../src/policy/parse.ts'
import { reachOf } from '../../src/risk/reach.ts'
import type { RawStatement } from '../support/evaluator.ts'
import { random } from '../support/random.ts'
import { smallUniverse } from '../support/small-catalog.ts'

const universe = smallUniverse()

function document(...statements: readonly Partial<RawStatement>[]): PolicyDocument {
  const parsed = parsePolicy(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: statements.map((one) => ({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...one })),
    }),
  )
  if (!parsed.ok) throw new Error(parsed.problem.message)
  return parsed.document
}

const reach = (statements: readonly Partial<RawStatement>[], boundary: PolicyDocument | null = null): number =>
  reachOf(universe, [document(...statements)], boundary)('s3:GetObject')
const on = (Resource: string): number => reach([{ Resource }])

describe('the reach of a grant', () => {
  it.each<[resource: string, everything: boolean]>([
    ['*', true],
    ['arn:aws:s3:::*', true],
    ['arn:aws:s3*', true],
    ['arn:*', true],
    ['arn:aws:dynamodb:*', true],
    ['arn:aws:dynamodb:eu-west-1:123456789012:table/*', true],
    ['arn:aws:dynamodb:*:*:table/*', true],
    ['arn:aws:dynamodb:*:*:t*', true],
    ['arn:aws:lambda:*:*:function:*', true],
    ['arn:aws:iam::*:role/*', true],
    ['arn:aws:s3:::bucket', false],
    ['arn:aws:s3:::bucket/*', false],
    ['arn:aws:s3:::bucket*', false],
    ['arn:aws:dynamodb:*:*:table/orders*', false],
    ['arn:aws:iam::*:role/app/*', false],
    [`arn:aws:s3:::home/\${aws:username}/*`, false],
  ])('on %s is over everything: %s', (resource, everything) => {
    expect(on(resource)).toBe(everything ? 1 : 0.5)
  })

  it('counts the widest of several statements', () => {
    expect(reach([{ Resource: 'arn:aws:s3:::a' }, { Resource: '*' }])).toBe(1)
    expect(reach([{ Resource: ['arn:aws:s3:::a', '*'] }])).toBe(1)
    expect(reach([{ Resource: undefined, NotResource: 'arn:aws:s3:::a' }])).toBe(1)
  })

  it('is less under a condition, and nothing where it is not granted or denied outright', () => {
    const Condition = { StringEquals: { k: 'v' } }
    expect(reach([{ Condition }])).toBe(0.7)
    expect(reach([{ Condition, Resource: 'arn:aws:s3:::a' }])).toBe(0.35)
    expect(reach([{ Action: 's3:PutObject' }])).toBe(0)
    expect(reach([{}, { Effect: 'Deny', Action: 's3:Get*' }])).toBe(0)
    expect(reachOf(universe, [document({})], null)('never:Heard')).toBe(0)
  })

  it('F31: ends where the permissions boundary ends', () => {
    expect(reach([{}], document({ Action: 'sqs:*' }))).toBe(0)
    expect(reach([{}], document({ Resource: 'arn:aws:s3:::a' }))).toBe(0.5)
    expect(reach([{}], document({ Action: '*' }, { Effect: 'Deny' }))).toBe(0)
    expect(reach([], document({ Action: '*' }))).toBe(0)
  })

  it('never grows when a resource is narrowed', () => {
    const pieces = ['arn', 'aws', 's3', 'table', 'function', ':', ':', '/', '*', '*', 'x', '?']
    const pattern = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((all) => all.join(''))
    const real = fc
      .tuple(fc.constantFrom('arn:aws:s3:::', 'arn:aws:dynamodb:*:1:', 'arn:*:*:', 'arn:aws:lambda:'), pattern)
      .map(([head, tail]) => head + tail)
    const wider = (text: string, from: number, to: number): string =>
      `${text.slice(0, from % (text.length + 1))}*${text.slice(to % (text.length + 1))}`
    fc.assert(
      fc.property(fc.oneof(pattern, real), fc.nat(40), fc.nat(40), (narrow, from, to) => {
        const wide = wider(narrow, Math.min(from, to), Math.max(from, to))
        if (globContains(parseGlob(wide), parseGlob(narrow)))
          expect({ wide, narrow, grows: on(narrow) > on(wide) }).toMatchObject({ grows: false })
      }),
      random(201, 4000),
    )
  })
})
