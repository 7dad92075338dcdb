import { describe, expect, test } from 'vitest'
import { conditionOperators } from '../../../src/policy/evaluate/operators.ts'
import { matches, verdictOn } from './conditions.ts'

const comparing = conditionOperators.filter((operator) => operator.kind === 'comparing')

describe('a key that the request lacks', () => {
  test.each(comparing)('$name: only what asks for no match is met', ({ name, negated }) => {
    expect(matches(name, 'x', null)).toBe(negated)
    expect(matches(`${name}IfExists`, 'x', null)).toBe(true)
    expect(matches(`ForAllValues:${name}`, 'x', null)).toBe(true)
    expect(matches(`ForAnyValue:${name}`, 'x', null)).toBe(false)
    expect(matches(`ForAllValues:${name}IfExists`, 'x', null)).toBe(true)
    expect(matches(`ForAnyValue:${name}IfExists`, 'x', null)).toBe(true)
  })

  test('is named as missing, with absence as the reason', () => {
    expect(verdictOn('StringNotEquals', 'x', {})).toMatchObject({ reason: 'keyAbsent', missingKeys: ['test:Key'], actual: null })
  })
})

type Row = readonly [operator: string, expected: readonly string[], actual: readonly string[], matched: boolean]

const rows: readonly Row[] = [
  ['StringEquals', ['a', 'b'], ['b', 'z'], true],
  ['StringEquals', ['a', 'b'], ['y', 'z'], false],
  ['StringNotEquals', ['a', 'b'], ['b', 'z'], false],
  ['StringNotEquals', ['a', 'b'], ['y', 'z'], true],

  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], true],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a'], true],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'z'], false],
  ['ForAllValues:StringEquals', ['a', 'b'], [''], true],
  ['ForAllValues:StringEquals', ['a', 'b'], ['', 'a'], false],
  ['ForAllValues:StringNotEquals', ['a', 'b'], ['y', 'z'], true],
  ['ForAllValues:StringNotEquals', ['a', 'b'], ['a', 'z'], false],
  ['ForAllValues:StringLike', ['a*'], ['ab', 'ac'], true],
  ['ForAllValues:StringNotLike', ['a*'], ['ab', 'z'], false],
  ['ForAllValues:NumericLessThan', ['5'], ['1', '4'], true],
  ['ForAllValues:NumericLessThan', ['5'], ['1', '6'], false],
  ['ForAllValues:Bool', ['true'], ['true', 'false'], false],
  ['ForAllValues:ArnLike', ['arn:aws:s3:::*'], ['arn:aws:s3:::a', 'arn:aws:sqs:::a'], false],

  ['ForAnyValue:StringEquals', ['a', 'b'], ['z', 'b'], true],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['y', 'z'], false],
  ['ForAnyValue:StringEquals', ['a', ''], [''], false],
  ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'z'], true],
  ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'b'], false],
  ['ForAnyValue:StringNotLike', ['a*'], ['ab', 'z'], true],
  ['ForAnyValue:StringNotLike', ['a*'], ['ab', 'ac'], false],
  ['ForAnyValue:NumericGreaterThan', ['5'], ['1', '6'], true],
  ['ForAnyValue:ArnNotEquals', ['arn:aws:s3:::*'], ['arn:aws:s3:::a'], false],
  ['ForAnyValue:NotIpAddress', ['10.0.0.0/8'], ['10.0.0.1', '11.0.0.1'], true],
]

describe('a key with many values', () => {
  test.each(rows)('%s %j, request %j: %s', (operator, expected, actual, matched) => {
    expect(matches(operator, expected, actual)).toBe(matched)
    if (actual.some((value) => value !== '')) expect(matches(`${operator}IfExists`, expected, actual)).toBe(matched)
  })

  test('the verdict says which value passed and what it equals', () => {
    expect(verdictOn('ForAllValues:StringLike', ['a*', 'b?'], { 'test:Key': ['ab', 'bc', 'cd'] })).toEqual({
      operator: 'ForAllValues:StringLike',
      key: 'test:Key',
      matched: false,
      reason: 'compared',
      expected: [
        { written: 'a*', resolved: 'a*' },
        { written: 'b?', resolved: 'b?' },
      ],
      actual: [
        { value: 'ab', passes: true, equals: 'a*' },
        { value: 'bc', passes: true, equals: 'b?' },
        { value: 'cd', passes: false, equals: null },
      ],
      missingKeys: [],
    })
  })

  test('an empty list in the policy equals nothing', () => {
    expect(matches('StringEquals', [], 'a')).toBe(false)
    expect(matches('StringNotEquals', [], 'a')).toBe(true)
  })
})
