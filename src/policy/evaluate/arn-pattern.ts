import { isAnyText, patternMatches, splitPattern, type TextPattern } from './text-pattern.ts'

const SEGMENTS = 6

/**
 * How the Arn operators compare: segment by segment, so that a `*` stays within its segment, but the sixth holds all the rest.
 * A lone `*` stands for every ARN. What has fewer segments is no ARN and matches nothing.
 */
export function arnMatches(pattern: TextPattern, arn: string): boolean {
  const segments = splitArn(arn)
  if (segments === null) return false
  if (isAnyText(pattern)) return true
  const expected = splitPattern(pattern, ':', SEGMENTS)
  return expected.length === SEGMENTS && expected.every((segment, at) => patternMatches(segment, segments[at] ?? ''))
}

function splitArn(arn: string): readonly string[] | null {
  const parts = arn.split(':')
  return parts.length < SEGMENTS ? null : [...parts.slice(0, SEGMENTS - 1), parts.slice(SEGMENTS - 1).join(':')]
}
