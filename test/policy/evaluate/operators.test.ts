import { describe, expect, test } from 'vitest'
import { conditionOperators } from '../../../src/policy/evaluate/operators.ts'
import { matches, type Values, verdictOn } from './conditions.ts'

type Row = readonly [operator: string, expected: Values, actual: Values, matched: boolean]

const topic = 'arn:aws:sns:us-east-1:123456789012:orders'

const rows: readonly Row[] = [
  ['StringEquals', 'prod', 'prod', true],
  ['StringEquals', 'prod', 'Prod', false],
  ['StringEquals', 'prod', 'production', false],
  ['StringEquals', 'p*', 'prod', false],
  ['StringEquals', 'p*', 'p*', true],
  ['StringEquals', ['dev', 'prod'], 'prod', true],
  ['StringEquals', ['', 'home/'], '', true],
  ['StringEquals', 'é', 'e\u0301', false],
  ['StringNotEquals', 'prod', 'dev', true],
  ['StringNotEquals', 'prod', 'prod', false],
  ['StringNotEquals', ['dev', 'prod'], 'prod', false],
  ['StringNotEquals', ['dev', 'prod'], 'test', true],
  ['StringEqualsIgnoreCase', 'Prod', 'pROD', true],
  ['StringEqualsIgnoreCase', 'Prod', 'dev', false],
  ['StringEqualsIgnoreCase', 'p*', 'P*', true],
  ['StringEqualsIgnoreCase', 'p*', 'prod', false],
  ['StringNotEqualsIgnoreCase', 'Prod', 'PROD', false],
  ['StringNotEqualsIgnoreCase', 'Prod', 'dev', true],
  ['StringLike', 'home/*', 'home/a/b', true],
  ['StringLike', 'home/*', 'Home/a', false],
  ['StringLike', 'home/?', 'home/a', true],
  ['StringLike', 'home/?', 'home/', false],
  ['StringLike', '*', '', true],
  ['StringLike', '?', '', false],
  ['StringLike', 'a*b*c', 'a-b-b-c', true],
  ['StringLike', 'a*b*c', 'a-c-b', false],
  ['StringLike', 'a**', 'a', true],
  ['StringLike', '*aab', 'aaab', true],
  ['StringLike', '??', '😀', true],
  ['StringLike', 'a.c', 'abc', false],
  ['StringLike', ['x*', 'y*'], 'yes', true],
  ['StringNotLike', 'home/*', 'home/a', false],
  ['StringNotLike', 'home/*', 'etc/a', true],
  ['StringNotLike', ['x*', 'y*'], 'yes', false],

  ['NumericEquals', '10', '10', true],
  ['NumericEquals', '10', '10.0', true],
  ['NumericEquals', '1e1', '10', true],
  ['NumericEquals', '-1', '1', false],
  ['NumericEquals', ['1', '2'], '2', true],
  ['NumericEquals', '16', '0x10', false],
  ['NumericEquals', '', '', false],
  ['NumericNotEquals', '10', '11', true],
  ['NumericNotEquals', '10', '10.0', false],
  ['NumericNotEquals', '10', 'ten', true],
  ['NumericLessThan', '10', '9', true],
  ['NumericLessThan', '10', '10', false],
  ['NumericLessThan', '10', 'nine', false],
  ['NumericLessThan', 'ten', '9', false],
  ['NumericLessThan', '10', '-9.5', true],
  ['NumericLessThanEquals', '10', '10', true],
  ['NumericLessThanEquals', '10', '10.01', false],
  ['NumericGreaterThan', '9', '10', true],
  ['NumericGreaterThan', '10', '10', false],
  ['NumericGreaterThanEquals', '10', '10', true],
  ['NumericGreaterThanEquals', '10', '9', false],

  ['DateEquals', '2026-01-02T00:00:00Z', '2026-01-02', true],
  ['DateEquals', '2026-01-02T01:00:00+01:00', '2026-01-02T00:00:00Z', true],
  ['DateEquals', '2026-01-02T01:00:00-0130', '2026-01-02T02:30Z', true],
  ['DateEquals', '2026-01-02T00:00:00', '2026-01-02T00:00:00Z', true],
  ['DateEquals', '1767312000', '2026-01-02T00:00:00Z', true],
  ['DateEquals', '2026', '2026-01-01', true],
  ['DateEquals', '2026-02', '2026-02-01T00:00:00.000Z', true],
  ['DateEquals', '0', '1970-01-01', true],
  ['DateEquals', '2026-02-30', '2026-03-02', false],
  ['DateEquals', '2026-01-02T24:00:00Z', '2026-01-03', false],
  ['DateEquals', '2026-01-02T10:30:00+10:30', '2026-01-02', true],
  ['DateEquals', '2026-13-01', '2027-01-01', false],
  ['DateEquals', '2026-01-02T10:60Z', '2026-01-02T11:00Z', false],
  ['DateEquals', '2026-01-02T10:59:60Z', '2026-01-02T11:00Z', false],
  ['DateEquals', 'yesterday', 'yesterday', false],
  ['DateNotEquals', '2026-01-02', '2026-01-03', true],
  ['DateNotEquals', '2026-01-02', '1767312000', false],
  ['DateNotEquals', '2026-01-02', 'never', true],
  ['DateLessThan', '2026-01-02', '2026-01-01T23:59:59.999Z', true],
  ['DateLessThan', '2026-01-02', '2026-01-02', false],
  ['DateLessThanEquals', '2026-01-02', '2026-01-02', true],
  ['DateLessThanEquals', '2026-01-02', '2026-01-02T00:00:00.5Z', false],
  ['DateGreaterThan', '2020-01-01T00:00:01Z', '1577836802', true],
  ['DateGreaterThan', '2020-01-01T00:00:01Z', '2020-01-01T00:00:01Z', false],
  ['DateGreaterThanEquals', '2020-01-01', '2020-01-01', true],
  ['DateGreaterThanEquals', '2020-01-01', '2019-12-31', false],

  ['Bool', 'true', 'true', true],
  ['Bool', 'True', 'TRUE', true],
  ['Bool', 'false', 'true', false],
  ['Bool', ['true', 'false'], 'false', true],
  ['Bool', '1', '1', false],
  ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true],
  ['BinaryEquals', 'QQ==', 'QQ', true],
  ['BinaryEquals', 'QmluYXJ5', 'qmluYXJ5', false],
  ['BinaryEquals', 'no base64!', 'no base64!', false],

  ['IpAddress', '203.0.113.0/24', '203.0.113.255', true],
  ['IpAddress', '203.0.113.0/24', '203.0.114.0', false],
  ['IpAddress', '203.0.113.9/24', '203.0.113.1', true],
  ['IpAddress', '203.0.113.9', '203.0.113.9', true],
  ['IpAddress', '203.0.113.9', '203.0.113.8', false],
  ['IpAddress', '0.0.0.0/0', '8.8.8.8', true],
  ['IpAddress', '0.0.0.0/0', '2001:db8::1', false],
  ['IpAddress', '2001:DB8:1234:5678::/64', '2001:db8:1234:5678:ffff::1', true],
  ['IpAddress', '2001:DB8:1234:5678::/64', '2001:db8:1234:5679::1', false],
  ['IpAddress', '2001:db8::1', '2001:0db8:0:0:0:0:0:1', true],
  ['IpAddress', '2001:db8::1', '2001:db8::2', false],
  ['IpAddress', '::/0', '::', true],
  ['IpAddress', '::/0', '1.2.3.4', false],
  ['IpAddress', '1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0', true],
  ['IpAddress', '::ffff:1.2.3.4', '::ffff:102:304', true],
  ['IpAddress', '10.0.0.0/33', '10.0.0.1', false],
  ['IpAddress', '10.0.0.0/', '10.0.0.0', false],
  ['IpAddress', '10.0.0.0/8/8', '10.0.0.0', false],
  ['IpAddress', '10.0.0.0/8', '10.0.0.256', false],
  ['IpAddress', '10.0.0.0/8', '10.0.0', false],
  ['IpAddress', '10.0.0.0/8', '010.0.0.1', false],
  ['IpAddress', '::/0', '1::2::3', false],
  ['IpAddress', '::/0', '1:2:3:4:5:6:7:8:9', false],
  ['IpAddress', '::/0', '1:2:3:4:5:6:7::8', false],
  ['IpAddress', '::/0', '1:2:3:4:5:6:7', false],
  ['IpAddress', '::/0', '12345::', false],
  ['IpAddress', '::/0', '::1.2.3.400', false],
  ['IpAddress', ['10.0.0.0/8', '192.168.0.0/16'], '192.168.3.4', true],
  ['NotIpAddress', '10.0.0.0/8', '10.1.2.3', false],
  ['NotIpAddress', '10.0.0.0/8', '11.1.2.3', true],
  ['NotIpAddress', ['10.0.0.0/8', '192.168.0.0/16'], '192.168.3.4', false],

  ['ArnEquals', topic, topic, true],
  ['ArnEquals', 'arn:aws:sns:*:123456789012:*', topic, true],
  ['ArnLike', 'arn:aws:sns:*:123456789012:ord?rs', topic, true],
  ['ArnLike', 'arn:aws:sns:*:orders', topic, false],
  ['ArnLike', 'arn:aws:*', topic, false],
  ['ArnLike', 'arn:*:*:*:*:*', topic, true],
  ['ArnLike', '*', topic, true],
  ['ArnLike', '*', 'no-arn', false],
  ['ArnLike', 'arn:aws:sns:us-east-1:123456789012:Orders', topic, false],
  ['ArnLike', 'arn:aws:logs:*:*:log-group:*:stream', 'arn:aws:logs:eu-west-1:1:log-group:a:b:stream', true],
  ['ArnLike', ['arn:aws:sqs:*:*:*', 'arn:aws:sns:*:*:*'], topic, true],
  ['ArnNotEquals', topic, topic, false],
  ['ArnNotEquals', 'arn:aws:sns:*:*:other', topic, true],
  ['ArnNotLike', 'arn:aws:sns:*:*:*', topic, false],
  ['ArnNotLike', 'arn:aws:sqs:*:*:*', topic, true],
  ['ArnNotLike', 'arn:aws:sqs:*:*:*', 'no-arn', true],
]

describe('condition operators', () => {
  test.each(rows)('%s %j, request %j: %s', (operator, expected, actual, matched) => {
    expect(matches(operator, expected, actual)).toBe(matched)
  })

  test.each(rows)('%s %j, request %j: IfExists changes nothing for a key that is there', (operator, expected, actual, matched) => {
    expect(matches(`${operator}IfExists`, expected, actual)).toBe(matched)
  })

  test.each(rows)('%s %j, request %j: set qualifiers agree on a single value', (operator, expected, actual, matched) => {
    if (actual === '') return
    expect([matches(`ForAllValues:${operator}`, expected, actual), matches(`ForAnyValue:${operator}`, expected, actual)]).toEqual([
      matched,
      matched,
    ])
  })

  test('the tables above hold every operator', () => {
    const tested = new Set([...rows.map(([operator]) => operator), 'Null'])
    expect(conditionOperators.map(({ name }) => name).filter((name) => !tested.has(name))).toEqual([])
  })

  test('the names of operators and keys ignore case', () => {
    expect(matches('stringEQUALS', 'a', 'a')).toBe(true)
    expect(matches('FORANYVALUE:STRINGLIKEIFEXISTS', 'a*', ['b', 'ab'])).toBe(true)
  })

  test.each(['StringEqual', 'StringLikeifexist', 'ForSomeValues:StringEquals', 'NullIfExists', 'ForAnyValue:Null', 'IfExists', ''])(
    'a condition named %j is no operator and never matches',
    (operator) => {
      expect(verdictOn(operator, 'false', { 'test:key': 'false' })).toMatchObject({ matched: false, reason: 'unknownOperator' })
      expect(verdictOn(operator, 'true', {}).matched).toBe(false)
    },
  )
})

describe('Null', () => {
  test.each([
    ['true', null, true],
    ['false', null, false],
    ['true', 'x', false],
    ['false', 'x', true],
    ['False', '', true],
    ['yes', 'x', false],
    [['true', 'false'], null, true],
    [['true', 'false'], 'x', true],
  ] as const)('%j of %j: %s', (expected, actual, matched) => {
    expect(matches('Null', expected, actual)).toBe(matched)
    expect(verdictOn('Null', expected, actual === null ? {} : { 'test:Key': actual }).reason).toBe('presence')
  })

  test('a key with an empty list of values is absent', () => {
    expect(matches('Null', 'true', [])).toBe(true)
  })
})
