import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluateRequest, isAllowed, type PolicyLayers } from '../../../src/policy/evaluate/index.ts'
import { patternMatches, wildcardPattern } from '../../../src/policy/evaluate/text-pattern.ts'
import { globMatches, parseGlob } from '../../../src/policy/glob.ts'
import { asked, compiled, document, layers, manyRuns, statement } from './arbitraries.ts'
import { documentOf } from './policies.ts'

describe('for any policies and any request', () => {
  test('the short way and the long way decide alike', () => {
    fc.assert(
      fc.property(layers, asked, (policies, one) => {
        expect(isAllowed(policies, one)).toBe(evaluateRequest(policies, one).decision === 'allowed')
      }),
      manyRuns,
    )
  })

  test('a matching Deny anywhere denies, and only that denies explicitly', () => {
    fc.assert(
      fc.property(layers, asked, (policies, one) => {
        const { decision, layers: told } = evaluateRequest(policies, one)
        const denied = told.some(({ statements }) => statements.some(({ matched, effect }) => matched && effect === 'Deny'))
        expect(decision === 'explicitDeny').toBe(denied)
      }),
      manyRuns,
    )
  })

  test('another Allow never takes away', () => {
    fc.assert(
      fc.property(layers, statement(fc.constant('Allow')), asked, (policies, added, one) => {
        const more = { ...policies, identity: [...policies.identity, compiled(documentOf([added]))] }
        if (isAllowed(policies, one)) expect(isAllowed(more, one)).toBe(true)
      }),
      manyRuns,
    )
  })

  test('another Deny, a boundary or a session policy never gives', () => {
    fc.assert(
      fc.property(layers, statement(fc.constant('Deny')), document, asked, (policies, added, cap, one) => {
        const less: PolicyLayers[] = [{ ...policies, identity: [...policies.identity, compiled(documentOf([added]))] }]
        if (policies.boundary === null) less.push({ ...policies, boundary: compiled(cap) })
        if (policies.session?.length === 0) less.push({ ...policies, session: [compiled(cap)] })
        for (const narrower of less) if (isAllowed(narrower, one)) expect(isAllowed(policies, one)).toBe(true)
      }),
      manyRuns,
    )
  })

  test('the order of statements and policies does not matter', () => {
    fc.assert(
      fc.property(layers, asked, (policies, one) => {
        const reversed = policies.identity.map((policy) => ({ ...policy, statements: policy.statements.toReversed() })).toReversed()
        expect(evaluateRequest({ ...policies, identity: reversed }, one).decision).toBe(evaluateRequest(policies, one).decision)
      }),
      manyRuns,
    )
  })

  test('a request that lacks no key of a policy reports none', () => {
    fc.assert(
      fc.property(layers, asked, (policies, one) => {
        for (const key of evaluateRequest(policies, one).missingContextValues) expect(one.context.valuesOf(key)).toBeNull()
      }),
      manyRuns,
    )
  })
})

test('a pattern matches a text as the globs of containment say', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*', '?', '$', '{', '}'), maxLength: 10 })
  fc.assert(
    fc.property(text, text, (pattern, one) => {
      expect(patternMatches(wildcardPattern(pattern), one)).toBe(globMatches(parseGlob(pattern), one))
    }),
    { numRuns: 20_000 },
  )
})
