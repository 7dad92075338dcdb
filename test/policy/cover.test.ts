import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newAccessIn } from '../../src/plan/proof.ts'
import type { PolicyDocument } from '../../src/policy/document.ts'
import { parsePolicy } from '../../src/policy/parse.ts'
import { policy, requestFor } from '../support/arbitrary-policies.ts'
import { allows, type RawPolicy, type RawStatement, type Request, readings } from '../support/evaluator.ts'
import { patience, random } from '../support/random.ts'

function read(policies: readonly RawPolicy[]): PolicyDocument[] {
  return policies.flatMap((raw) => {
    const parsed = parsePolicy(JSON.stringify(raw))
    return parsed.ok ? [parsed.document] : []
  })
}

const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T]
const statementsOf = (policies: readonly RawPolicy[]): RawStatement[] => policies.flatMap(({ Statement }) => listOf(Statement))
const onlyAllows = (policies: readonly RawPolicy[]): RawPolicy[] =>
  policies.map((raw) => ({ ...raw, Statement: listOf(raw.Statement).filter(({ Effect }) => Effect === 'Allow') }))

/** Requests about what the policies speak of. */
const requestsFor = (policies: readonly RawPolicy[]): fc.Arbitrary<Request[]> => {
  const statements = statementsOf(policies)
  const actions = statements.flatMap(({ Action, NotAction }) => [...listOf(Action), ...listOf(NotAction)])
  const resources = statements.flatMap(({ Resource, NotResource }) => [...listOf(Resource), ...listOf(NotResource)])
  return fc.array(requestFor(actions, resources), { minLength: 25, maxLength: 25 })
}

/** A change that sometimes narrows, sometimes widens, sometimes only moves things about. */
const changed = (before: readonly RawPolicy[], other: RawPolicy): fc.Arbitrary<RawPolicy[]> => {
  const statements = statementsOf(before)
  const others = listOf(other.Statement)
  const part = <T>(value: T | readonly T[] | undefined, at: number): readonly T[] | undefined => {
    const all = listOf(value)
    return value === undefined ? undefined : all.length > 1 ? all.filter((_, index) => index !== at % all.length) : all
  }
  return fc
    .array(
      fc.record({ from: fc.nat(20), by: fc.nat(20), how: fc.constantFrom('same', 'fewer', 'condition', 'action', 'resource', 'other') }),
      {
        minLength: 1,
        maxLength: 3,
      },
    )
    .map((steps) => {
      const made = steps.flatMap(({ from, by, how }): RawStatement[] => {
        const statement = statements[from % Math.max(1, statements.length)]
        const second = others[by % Math.max(1, others.length)]
        if (statement === undefined) return []
        const { Action, NotAction, Resource, NotResource, Condition, ...rest } = statement
        const { Action: a, NotAction: na, Resource: r, NotResource: nr, Condition: c } = second ?? statement
        const same = { Action, NotAction, Resource, NotResource, Condition }
        const changes: Readonly<Record<typeof how, Partial<RawStatement>>> = {
          same: {},
          fewer: { Action: part(Action, by), Resource: part(Resource, by) } as Partial<RawStatement>,
          condition: { Condition: { ...Condition, ...c } },
          action: { Action: a, NotAction: na } as Partial<RawStatement>,
          resource: { Resource: r, NotResource: nr } as Partial<RawStatement>,
          other: { Action: a, NotAction: na, Resource: r, NotResource: nr, Condition: c } as Partial<RawStatement>,
        }
        return [{ ...rest, ...same, ...changes[how] } as RawStatement]
      })
      return [{ ...other, Statement: made.filter(({ Effect }) => Effect === 'Allow') }]
    })
}

describe('the proof of no new access', () => {
  it(
    'never accepts a policy that allows a request which was not allowed',
    () => {
      let accepted = 0
      let hits = 0
      const run = fc
        .tuple(fc.array(policy, { minLength: 1, maxLength: 2 }), policy)
        .chain(([before, other]) =>
          changed(before, other).chain((after) => fc.tuple(fc.constant(before), fc.constant(after), requestsFor(after))),
        )
      fc.assert(
        fc.property(run, ([before, after, requests]) => {
          expect(read(after)).toHaveLength(after.length)
          if (newAccessIn(read(after), read(before)) !== null) return
          accepted++
          for (const reading of readings)
            for (const request of requests)
              if (allows(onlyAllows(after), request, reading)) {
                hits++
                expect({ request, reading, allowed: allows(onlyAllows(before), request, reading) }).toEqual({
                  request,
                  reading,
                  allowed: true,
                })
              }
        }),
        random(11, 2500),
      )
      expect(accepted).toBeGreaterThan(600)
      expect(hits).toBeGreaterThan(2000)
    },
    patience,
  )

  const allow = (statement: Partial<RawStatement>, version = '2012-10-17'): PolicyDocument[] =>
    read([{ Version: version, Statement: { Effect: 'Allow', Action: 's3:Get*', Resource: '*', ...statement } as RawStatement }])

  it.each<[what: string, before: Partial<RawStatement>, after: Partial<RawStatement>, accepted: boolean]>([
    [
      'the same with another Sid and order',
      { Sid: 'A', Action: ['s3:Get*', 's3:Put*'] },
      { Sid: 'B', Action: ['s3:Put*', 's3:get*'] },
      true,
    ],
    ['a pattern inside a pattern', { Action: 's3:*' }, { Action: 's3:G?t*' }, true],
    ['a name of a later catalog inside a pattern', { Action: 's3:Get*' }, { Action: 's3:GetThingOfNextYear' }, true],
    [
      'a pattern that today matches the same names only',
      { Action: ['s3:GetObject', 's3:GetObjectAcl'] },
      { Action: 's3:GetObject*' },
      false,
    ],
    ['a resource inside a pattern', { Resource: 'arn:aws:s3:::a*' }, { Resource: 'arn:aws:s3:::ab' }, true],
    [
      'a resource whose pattern has to swallow colons',
      { Resource: 'arn:aws:sqs:*:queue' },
      { Resource: 'arn:aws:sqs:eu-west-1:123456789012:queue' },
      false,
    ],
    ['all but more', { Action: undefined, NotAction: ['iam:*'] }, { Action: undefined, NotAction: ['iam:*', 's3:*'] }, true],
    ['all but less', { Action: undefined, NotAction: ['iam:*', 's3:*'] }, { Action: undefined, NotAction: ['iam:*'] }, false],
    [
      'all resources but everything',
      { Resource: undefined, NotResource: ['arn:aws:s3:::a'] },
      { Resource: undefined, NotResource: ['*'] },
      true,
    ],
    ['names outside what is excluded', { Action: undefined, NotAction: ['iam:*'] }, { Action: ['s3:*'] }, true],
    ['all out of all but', { Action: undefined, NotAction: ['iam:*'] }, { Action: '*' }, false],
    [
      'a resource that differs from an excluded one in case only',
      { Resource: undefined, NotResource: ['arn:aws:s3:::Secret'] },
      { Resource: 'arn:aws:s3:::secret' },
      false,
    ],
    [
      'a further key of the same operator',
      { Condition: { StringEquals: { k: 'x' } } },
      { Condition: { StringEquals: { l: 'y', k: 'x' } } },
      true,
    ],
    ['a further condition', {}, { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, true],
    [
      'the same condition in other case and order',
      { Condition: { StringEquals: { 'aws:PrincipalTag/a': ['x', 'y'] } } },
      { Condition: { stringequals: { 'AWS:principaltag/A': ['y', 'x'] } } },
      true,
    ],
    ['one value less', { Condition: { StringEquals: { k: ['x', 'y'] } } }, { Condition: { StringEquals: { k: ['x'] } } }, false],
    ['another operator', { Condition: { StringEquals: { k: 'x' } } }, { Condition: { StringEqualsIfExists: { k: 'x' } } }, false],
    ['a set operator', { Condition: { StringEquals: { k: 'x' } } }, { Condition: { 'ForAllValues:StringEquals': { k: 'x' } } }, false],
    [
      'a key that a second spelling gives again',
      { Condition: { StringEquals: { k: 'x' } } },
      { Condition: { StringEquals: { k: 'x', K: 'y' } } },
      false,
    ],
    [
      'an operator that a second spelling gives again',
      { Condition: { StringEquals: { k: 'x' } } },
      { Condition: { StringEquals: { k: 'x' }, stringequals: { other: 'y' } } },
      false,
    ],
    ['an operator that tests nothing', { Condition: { StringEquals: {} } }, {}, false],
  ])('%s', (_, before, after, accepted) => {
    expect(newAccessIn(allow(after), allow(before)) === null).toBe(accepted)
  })

  it('tells numbers apart that JavaScript does not', () => {
    const text = (number: string): PolicyDocument[] => {
      const parsed = parsePolicy(
        `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"NumericEquals":{"k":${number}}}}}`,
      )
      return parsed.ok ? [parsed.document] : []
    }
    expect(newAccessIn(text('9007199254740993'), text('9007199254740992'))).not.toBeNull()
  })

  it('reads a variable as one symbol, and the same text in a document of 2008 letter by letter', () => {
    const outer = { Resource: 'arn:aws:s3:::*user*' }
    const inner = { Resource: `arn:aws:s3:::\${aws:username}` }
    expect(newAccessIn(allow(inner, '2012-10-17'), allow(outer, '2012-10-17'))).not.toBeNull()
    expect(newAccessIn(allow(inner, '2008-10-17'), allow(outer, '2008-10-17'))).toBeNull()
    expect(newAccessIn(allow(inner, '2012-10-17'), allow({ Resource: 'arn:aws:s3:::*' }, '2012-10-17'))).toBeNull()
    const excluded = { Resource: undefined, NotResource: `arn:aws:s3:::\${aws:username}` }
    expect(newAccessIn(allow({ Resource: 'arn:aws:s3:::alice' }, '2012-10-17'), allow(excluded, '2012-10-17'))).not.toBeNull()
    expect(newAccessIn(allow({ Resource: 'arn:aws:s3:::alice' }, '2008-10-17'), allow(excluded, '2008-10-17'))).toBeNull()
  })

  it(`does not let a literal \${…} of a 2008 document become a variable by moving to one of 2012`, () => {
    const resource = { Resource: `arn:aws:s3:::home/\${aws:username}` }
    expect(newAccessIn(allow(resource, '2012-10-17'), allow(resource, '2008-10-17'))).not.toBeNull()
    expect(newAccessIn(allow(resource, '2008-10-17'), allow(resource, '2012-10-17'))).not.toBeNull()
    const list = { Resource: [`arn:aws:s3:::home/\${aws:username}`, 'arn:aws:s3:::b'] }
    expect(newAccessIn(allow(resource, '2012-10-17'), allow(list, '2008-10-17'))).not.toBeNull()
    const test = { Condition: { StringLike: { 's3:prefix': `\${aws:username}/*` } } }
    expect(newAccessIn(allow(test, '2012-10-17'), allow(test, '2008-10-17'))).not.toBeNull()
  })
})
