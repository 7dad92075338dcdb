/**
 * The condition operators, one record each. A negated operator is the opposite of its positive one and has the same
 * comparison: it passes when no value of the policy compares equal.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import { arnMatches } from './arn-pattern.ts'
import { isInRange } from './ip-range.ts'
import type { ResolvedValue } from './policy-value.ts'
import { readBinary, readBoolean, readMoment, readNumber } from './read-scalars.ts'
import { patternMatches } from './text-pattern.ts'

/** Whether a value of the request compares with a value of the policy. What cannot be read as the type never does. */
export type Compare = (actual: string, expected: ResolvedValue) => boolean

export type ComparingOperator = {
  readonly kind: 'comparing'
  readonly name: string
  readonly negated: boolean
  /** Whether `${…}` is a variable in its values. */
  readonly variables: boolean
  readonly compare: Compare
}

/** `Null` asks only whether the key is there. */
export type PresenceOperator = { readonly kind: 'presence'; readonly name: string }

export type ConditionOperator = ComparingOperator | PresenceOperator

const sameText: Compare = (actual, expected) => actual === expected.text
const sameTextFolded: Compare = (actual, expected) => actual.toLowerCase() === expected.text.toLowerCase()
const likeText: Compare = (actual, expected) => patternMatches(expected.pattern, actual)
const likeArn: Compare = (actual, expected) => arnMatches(expected.pattern, actual)
const inRange: Compare = (actual, expected) => isInRange(actual, expected.text)

/** Both sides read as one type and then compared. */
const asType =
  <T>(read: (text: string) => T | null, holds: (actual: T, expected: T) => boolean): Compare =>
  (actual, expected) => {
    const left = read(actual)
    const right = read(expected.text)
    return left !== null && right !== null && holds(left, right)
  }

const same = <T>(actual: T, expected: T): boolean => actual === expected
const before = (actual: number, expected: number): boolean => actual < expected
const notAfter = (actual: number, expected: number): boolean => actual <= expected
const after = (actual: number, expected: number): boolean => actual > expected
const notBefore = (actual: number, expected: number): boolean => actual >= expected

const positive = (name: string, compare: Compare): ComparingOperator => ({
  kind: 'comparing',
  name,
  negated: false,
  variables: false,
  compare,
})
const negative = (name: string, compare: Compare): ComparingOperator => ({ ...positive(name, compare), negated: true })
const withVariables = (operator: ComparingOperator): ComparingOperator => ({ ...operator, variables: true })

export const conditionOperators: readonly ConditionOperator[] = [
  withVariables(positive('StringEquals', sameText)),
  withVariables(negative('StringNotEquals', sameText)),
  withVariables(positive('StringEqualsIgnoreCase', sameTextFolded)),
  withVariables(negative('StringNotEqualsIgnoreCase', sameTextFolded)),
  withVariables(positive('StringLike', likeText)),
  withVariables(negative('StringNotLike', likeText)),

  positive('NumericEquals', asType(readNumber, same)),
  negative('NumericNotEquals', asType(readNumber, same)),
  positive('NumericLessThan', asType(readNumber, before)),
  positive('NumericLessThanEquals', asType(readNumber, notAfter)),
  positive('NumericGreaterThan', asType(readNumber, after)),
  positive('NumericGreaterThanEquals', asType(readNumber, notBefore)),

  positive('DateEquals', asType(readMoment, same)),
  negative('DateNotEquals', asType(readMoment, same)),
  positive('DateLessThan', asType(readMoment, before)),
  positive('DateLessThanEquals', asType(readMoment, notAfter)),
  positive('DateGreaterThan', asType(readMoment, after)),
  positive('DateGreaterThanEquals', asType(readMoment, notBefore)),

  withVariables(positive('Bool', asType(readBoolean, same))),
  positive('BinaryEquals', asType(readBinary, same)),

  positive('IpAddress', inRange),
  negative('NotIpAddress', inRange),

  withVariables(positive('ArnEquals', likeArn)),
  withVariables(positive('ArnLike', likeArn)),
  withVariables(negative('ArnNotEquals', likeArn)),
  withVariables(negative('ArnNotLike', likeArn)),

  { kind: 'presence', name: 'Null' },
]
