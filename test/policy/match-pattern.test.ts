import fc from 'fast-check'
import { expect, it } from 'vitest'
import { matchesPattern } from '../../src/policy/match-pattern.ts'
import { random } from '../support/random.ts'

const textOf = (letters: readonly string[]) => fc.array(fc.constantFrom(...letters), { maxLength: 8 }).map((all) => all.join(''))

it('matches what the regular expression matches', () => {
  fc.assert(
    fc.property(textOf(['a', 'b', '*', '?']), textOf(['a', 'b']), (pattern, text) => {
      const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`)
      expect(matchesPattern(pattern, text)).toBe(expression.test(text))
    }),
    random(31, 5000),
  )
})

it('is quick with a pattern that makes regular expressions hang', () => {
  const begun = performance.now()
  expect(matchesPattern(`s3:${'*?'.repeat(40)}z`, `s3:${'a'.repeat(100)}`)).toBe(false)
  expect(performance.now() - begun).toBeLessThan(500)
})
