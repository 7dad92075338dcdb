import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { globContains, globMatches, globsMeet, parseGlob } from '../../src/policy/glob.ts'
import { random } from '../support/random.ts'

const letters = ['a', 'b']
/** Stands for every character that no pattern names. */
const STRANGER = '#'
const LONGEST = 7

/** Every text over the letters and the stranger, up to the length that tells patterns of four symbols apart. */
const texts: readonly string[] = (() => {
  const all = ['']
  for (let from = 0; ; ) {
    const to = all.length
    for (const text of all.slice(from, to)) if (text.length < LONGEST) for (const letter of [...letters, STRANGER]) all.push(text + letter)
    if (all.length === to) return all
    from = to
  }
})()

/** A pattern as a regular expression; a variable is filled in with `value`. */
const expressionOf = (pattern: string, value = ''): RegExp =>
  new RegExp(
    `^${pattern
      .replaceAll(`\${v}`, value)
      .replaceAll(`\${*}`, '\\*')
      .replaceAll(/(?<!\\)\*/g, '[^]*')
      .replaceAll('?', '[^]')}$`,
  )

const symbols = (pieces: readonly string[]) => fc.array(fc.constantFrom(...pieces), { maxLength: 4 }).map((all) => all.join(''))
const plainPattern = symbols(['a', 'b', '*', '?'])
const variablePattern = symbols(['a', '*', '?', `\${v}`])

const glob = (pattern: string) => parseGlob(pattern, { variables: true })
const matching = (pattern: string, value?: string): ReadonlySet<string> => {
  const expression = expressionOf(pattern, value)
  return new Set(texts.filter((text) => expression.test(text)))
}
const isWithin = (inner: ReadonlySet<string>, outer: ReadonlySet<string>): boolean => [...inner].every((text) => outer.has(text))

describe('a glob', () => {
  it('matches what the regular expression matches', () => {
    fc.assert(
      fc.property(plainPattern, fc.constantFrom(...texts), (pattern, text) => {
        expect(globMatches(parseGlob(pattern), text)).toBe(expressionOf(pattern).test(text))
      }),
      random(1, 2000),
    )
  })

  it('contains another exactly when every text of the other is its own', () => {
    fc.assert(
      fc.property(plainPattern, plainPattern, (outer, inner) => {
        expect(globContains(parseGlob(outer), parseGlob(inner))).toBe(isWithin(matching(inner), matching(outer)))
      }),
      random(2, 1500),
    )
  })

  it('contains one with variables only if it does whatever they hold', () => {
    const values = ['', 'a', 'ab', '#', '##a']
    fc.assert(
      fc.property(variablePattern, variablePattern, (outer, inner) => {
        if (!globContains(glob(outer), glob(inner))) return
        for (const value of values) expect(isWithin(matching(inner, value), matching(outer, value))).toBe(true)
      }),
      random(3, 1500),
    )
  })

  it('meets another exactly when some text is in both', () => {
    fc.assert(
      fc.property(plainPattern, plainPattern, (a, b) => {
        const ofB = matching(b)
        expect(globsMeet(parseGlob(a), parseGlob(b))).toBe([...matching(a)].some((text) => ofB.has(text)))
      }),
      random(4, 1500),
    )
  })

  it('never misses a meeting because of what a variable holds', () => {
    fc.assert(
      fc.property(variablePattern, variablePattern, fc.constantFrom('', 'a', 'ab'), (a, b, value) => {
        const ofB = matching(b, value)
        const reallyMeet = [...matching(a, value)].some((text) => ofB.has(text))
        if (reallyMeet) expect(globsMeet(glob(a), glob(b))).toBe(true)
      }),
      random(5, 1500),
    )
  })

  it.each<[outer: string, inner: string, contained: boolean]>([
    ['*', `\${aws:username}`, true],
    ['?', `\${aws:username}`, false],
    [`a\${aws:username}*`, `a\${aws:username}/b`, true],
    [`a\${aws:username}`, `a\${aws:userid}`, false],
    ['a*', `a\${*}b`, true],
    ['a?b', `a\${*}b`, true],
    [`a\${*}b`, 'a*b', false],
    [`a\${$}b`, `a\${$}b`, true],
    ['**', '*', true],
    ['*?', '?*', true],
    ['?*', '*', false],
    ['', '', true],
    ['', '*', false],
  ])('with variables: %j contains %j: %s', (outer, inner, contained) => {
    expect(globContains(glob(outer), glob(inner))).toBe(contained)
  })

  it(`takes \${…} in a document of 2008 for plain text, which no variable covers`, () => {
    const plain = parseGlob(`a\${v}`)
    expect(globContains(plain, glob(`a\${v}`))).toBe(false)
    expect(globContains(glob(`a\${v}`), plain)).toBe(false)
    expect(globMatches(plain, `a\${v}`)).toBe(true)
  })

  it('tells a character of a pattern from one that the text only looks like', () => {
    expect(globContains(glob(`\0\${*}`), glob('*'))).toBe(false)
    expect(globContains(parseGlob(`2012 a\${v}`), glob(`a\${v}`))).toBe(false)
  })

  it('counts UTF-16 units, as IAM does: one "?" is half of a pair', () => {
    expect(globMatches(parseGlob('?'), '😀')).toBe(false)
    expect(globMatches(parseGlob('??'), '😀')).toBe(true)
  })

  it('gives up on a pattern that is made to be slow, and says no', () => {
    const outer = parseGlob(`${'*?a'.repeat(40)}*`)
    const inner = parseGlob(`${'*a?'.repeat(40)}*b`)
    const begun = performance.now()
    globContains(outer, inner)
    globsMeet(outer, inner)
    expect(performance.now() - begun).toBeLessThan(2000)
  })
})
