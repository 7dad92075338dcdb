import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newAccessIn } from '../../src/plan/proof.ts'
import { parsePolicy } from '../../src/policy/parse.ts'
import { policySize } from '../../src/policy/size.ts'
import { splitPolicy } from '../../src/policy/split.ts'
import { policy } from '../support/arbitrary-policies.ts'
import { random } from '../support/random.ts'

const documentOf = (text: string) => {
  const parsed = parsePolicy(text)
  if (!parsed.ok) throw new Error(parsed.problem.message)
  return parsed.document
}

describe('a policy that is too long for one document', () => {
  it('is spread over documents within the limit that together say the same', () => {
    let split = 0
    fc.assert(
      fc.property(policy, fc.integer({ min: 90, max: 400 }), (raw, limit) => {
        const text = JSON.stringify(raw, null, 2)
        const parts = splitPolicy(text, limit)
        if (parts === null) return
        split += parts.length > 1 ? 1 : 0
        const before = documentOf(text)
        const after = parts.map(documentOf)
        for (const part of parts) expect(policySize(part)).toBeLessThanOrEqual(limit)
        for (const { version } of after) expect(version).toBe(before.version)
        expect(newAccessIn(after, [before])).toBeNull()
        expect(newAccessIn([before], after)).toBeNull()
        const denies = (document: typeof before): string[] =>
          document.statements.filter(({ effect }) => effect === 'Deny').map((statement) => JSON.stringify({ ...statement, index: 0 }))
        expect(after.flatMap(denies)).toEqual(denies(before))
      }),
      random(51, 2000),
    )
    expect(split).toBeGreaterThan(200)
  })

  it('fills a document to its last character', () => {
    const text = JSON.stringify({ Statement: ['a', 'b'].map((name) => ({ Effect: 'Allow', Action: [`s3:${name}`], Resource: '*' })) })
    const [one = '', two = ''] = splitPolicy(text, text.length - 1) ?? []
    expect(one.length).toBe(two.length)
    expect(splitPolicy(text, one.length)).toEqual([one, two])
    expect(splitPolicy(text, one.length - 1)).toBeNull()
    expect(splitPolicy(text, text.length)).toEqual([text])
  })

  it('stays as it is where it fits', () => {
    const text = '{ "Statement": [] }'
    expect(splitPolicy(text, 100)).toEqual([text])
  })

  it('keeps a Deny, a NotAction and the rest of a cut statement whole', () => {
    const names = Array.from({ length: 8 }, (_, at) => `s3:GetThing${at}`)
    const Condition = { NumericEquals: { 'aws:n': 0 } }
    const text = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'A', Effect: 'Allow', Action: names, Resource: '*', Condition },
        { Effect: 'Deny', Action: names.slice(0, 4), Resource: '*' },
      ],
    }).replace(':0}', ':9007199254740993}')
    const parts = splitPolicy(text, 230) ?? []
    expect(parts.length).toBeGreaterThan(2)
    expect(parts.filter((part) => part.includes('"Sid":"A"')).every((part) => part.includes('9007199254740993'))).toBe(true)
    expect(parts.filter((part) => part.includes('"Deny"'))).toHaveLength(1)
  })

  it('is given up when one statement cannot be cut small enough', () => {
    const long = (effect: string, kind: string): string =>
      JSON.stringify({ Statement: [{ Effect: effect, [kind]: ['s3:GetObject', 's3:PutObject', 's3:ListBucket'], Resource: '*' }] })
    expect(splitPolicy(long('Allow', 'Action'), 100)).not.toBeNull()
    expect(splitPolicy(long('Deny', 'Action'), 100)).toBeNull()
    expect(splitPolicy(long('Allow', 'NotAction'), 100)).toBeNull()
    expect(splitPolicy(long('Allow', 'Action'), 60)).toBeNull()
  })
})
