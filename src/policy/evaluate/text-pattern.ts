/**
 * A pattern that can be held against one text: its UTF-16 units, with a negative number for each wildcard. Variables are
 * already replaced, and what they stood for is plain, so a user named `*` matches only itself.
 *
 * `glob.ts` answers the harder questions between two patterns, where a variable stays unknown. Here both sides are known, and
 * one walk with one place to return to is enough: after a `*` matched, no earlier `*` need be tried again.
 */
export type TextPattern = readonly number[]

const ANY_TEXT = -1
const ONE_UNIT = -2

export const plainPattern = (text: string): TextPattern => unitsOf(text, () => null)

export const wildcardPattern = (text: string): TextPattern =>
  unitsOf(text, (unit) => (unit === ASTERISK ? ANY_TEXT : unit === QUESTION_MARK ? ONE_UNIT : null))

const ASTERISK = 42
const QUESTION_MARK = 63

function unitsOf(text: string, wildcardFor: (unit: number) => number | null): TextPattern {
  const units: number[] = []
  for (let at = 0; at < text.length; at++) units.push(wildcardFor(text.charCodeAt(at)) ?? text.charCodeAt(at))
  return units
}

export const hasWildcards = (pattern: TextPattern): boolean => pattern.some((unit) => unit < 0)

export const isAnyText = (pattern: TextPattern): boolean => pattern.length > 0 && pattern.every((unit) => unit === ANY_TEXT)

export function patternMatches(pattern: TextPattern, text: string): boolean {
  let place = 0
  let at = 0
  let afterAny: number | null = null
  let retryAt = 0
  while (at < text.length) {
    const unit = pattern[place]
    if (unit === ANY_TEXT) {
      place += 1
      afterAny = place
      retryAt = at
    } else if (unit === ONE_UNIT || unit === text.charCodeAt(at)) {
      place += 1
      at += 1
    } else if (afterAny !== null) {
      place = afterAny
      retryAt += 1
      at = retryAt
    } else return false
  }
  while (pattern[place] === ANY_TEXT) place += 1
  return place === pattern.length
}

/** The runs between the first `count - 1` plain occurrences of a character; the last run holds the rest. */
export function splitPattern(pattern: TextPattern, separator: string, count: number): readonly TextPattern[] {
  const unit = separator.charCodeAt(0)
  const runs: TextPattern[] = []
  let start = 0
  while (runs.length < count - 1) {
    const end = pattern.indexOf(unit, start)
    if (end < 0) break
    runs.push(pattern.slice(start, end))
    start = end + 1
  }
  return [...runs, pattern.slice(start)]
}
