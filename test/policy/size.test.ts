import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compactText, policySize } from '../../src/policy/size.ts'
import { policy } from '../support/arbitrary-policies.ts'
import { random } from '../support/random.ts'

describe('the size of a policy', () => {
  it('is the same in every layout', () => {
    fc.assert(
      fc.property(policy, fc.constantFrom(1, 2, '\t'), (raw, indent) => {
        const compact = JSON.stringify(raw)
        const pretty = JSON.stringify(raw, null, indent)
        expect(policySize(pretty)).toBe(compact.length)
        expect(policySize(pretty.replaceAll('\n', '\r\n'))).toBe(compact.length)
        expect(compactText(pretty)).toBe(compact)
      }),
      random(41, 300),
    )
  })

  it.each<[text: string, size: number]>([
    ['', 0],
    [' \t\r\n', 0],
    ['"a b"', 5],
    ['{ "a\\" b" : 1 }', 11],
    ['"\\\\" , "\\\\"', 9],
    ['"\u00a0"', 3],
  ])('of %j is %s: spaces count inside strings only', (text, size) => {
    expect(policySize(text)).toBe(size)
  })
})
