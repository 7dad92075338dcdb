import { describe, expect, test } from 'vitest'
import { compilePolicy, evaluateRequest } from '../../../src/policy/evaluate/index.ts'
import { verdictOn } from './conditions.ts'
import { type Context, type DocumentVersion, documentOf, request, sourceOf, type WrittenStatement } from './policies.ts'

type Row = readonly [operator: string, expected: string, context: Context, matched: boolean]

const rows: readonly Row[] = [
  ['StringEquals', `\${aws:username}`, { 'test:Key': 'ann', 'aws:username': 'ann' }, true],
  ['StringEquals', `\${AWS:UserName}`, { 'test:Key': 'ann', 'aws:username': 'ann' }, true],
  ['StringEquals', `\${ aws:username }`, { 'test:Key': 'ann', 'aws:username': 'ann' }, true],
  ['StringEquals', `\${aws:username}`, { 'test:Key': 'bob', 'aws:username': 'ann' }, false],
  ['StringLike', `home/\${aws:username}/*`, { 'test:Key': 'home/ann/x', 'aws:username': 'ann' }, true],
  ['StringLike', `\${aws:username}`, { 'test:Key': 'ann', 'aws:username': '*' }, false],
  ['StringLike', `\${aws:username}`, { 'test:Key': '*', 'aws:username': '*' }, true],
  ['StringLike', `\${aws:username}\${*}`, { 'test:Key': 'ann*', 'aws:username': 'ann' }, true],
  ['StringLike', `\${aws:username}\${*}`, { 'test:Key': 'anna', 'aws:username': 'ann' }, false],
  ['StringLike', `a\${?}b`, { 'test:Key': 'a?b' }, true],
  ['StringLike', `a\${?}b`, { 'test:Key': 'axb' }, false],
  ['StringEquals', `\${$}{aws:username}`, { 'test:Key': `\${aws:username}`, 'aws:username': 'ann' }, true],
  [
    'StringEquals',
    `\${aws:PrincipalTag/team}-\${aws:username}`,
    { 'test:Key': 'x-ann', 'aws:PrincipalTag/team': 'x', 'aws:username': 'ann' },
    true,
  ],
  ['StringEqualsIgnoreCase', `\${aws:username}`, { 'test:Key': 'ANN', 'aws:username': 'ann' }, true],
  ['StringEquals', `\${aws:username, 'nobody'}`, { 'test:Key': 'nobody' }, true],
  ['StringEquals', `\${aws:username , 'nobody' }`, { 'test:Key': 'nobody' }, true],
  ['StringEquals', `\${aws:username, 'nobody'}`, { 'test:Key': 'Nobody' }, false],
  ['StringEquals', `\${aws:username, 'nobody'}`, { 'test:Key': 'nobody', 'aws:username': 'ann' }, false],
  ['StringEquals', `\${aws:username, 'nobody'}`, { 'test:Key': 'ann', 'aws:username': 'ann' }, true],
  ['StringLike', `\${aws:username, 'a*'}`, { 'test:Key': 'abc' }, false],
  ['Bool', `\${aws:PrincipalTag/admin}`, { 'test:Key': 'true', 'aws:PrincipalTag/admin': 'true' }, true],
  ['ArnLike', `arn:aws:iam::1:user/\${aws:username}`, { 'test:Key': 'arn:aws:iam::1:user/ann', 'aws:username': 'ann' }, true],
  ['ArnEquals', `\${aws:PrincipalArn}`, { 'test:Key': 'arn:aws:iam::1:user/ann', 'aws:PrincipalArn': 'arn:aws:iam::1:user/ann' }, true],

  ['StringEquals', `\${aws:username}`, { 'test:Key': `\${aws:username}` }, false],
  ['StringLike', `*\${aws:username}`, { 'test:Key': 'x' }, false],
  ['StringEquals', `\${aws:username}`, { 'test:Key': '', 'aws:username': '' }, false],
  ['StringEquals', `\${aws:TagKeys}`, { 'test:Key': 'a', 'aws:TagKeys': ['a', 'b'] }, false],
  ['StringEquals', `\${}`, { 'test:Key': '' }, false],
  ['StringNotEquals', `\${aws:username}`, { 'test:Key': 'ann', 'aws:username': 'ann' }, false],
  ['StringNotEqualsIgnoreCase', `\${aws:username}`, { 'test:Key': 'ANN', 'aws:username': 'ann' }, false],
  ['StringNotLike', `a\${aws:username}*`, { 'test:Key': 'aannb', 'aws:username': 'ann' }, false],
  ['ArnNotEquals', `\${aws:PrincipalArn}`, { 'test:Key': 'arn:aws:iam::1:user/a', 'aws:PrincipalArn': 'arn:aws:iam::1:user/a' }, false],
  ['ArnNotLike', `\${aws:PrincipalArn}`, { 'test:Key': 'arn:aws:iam::1:user/a', 'aws:PrincipalArn': 'arn:aws:iam::1:user/a' }, false],
  ['StringNotEquals', `\${aws:PrincipalTag/Team}`, { 'test:Key': 'x' }, true],
  ['StringNotLike', `a\${aws:PrincipalTag/Team}*`, { 'test:Key': 'ax' }, true],
  ['ArnNotLike', `\${aws:PrincipalArn}`, { 'test:Key': 'arn:aws:iam::1:user/ann' }, true],
  ['ForAllValues:StringEquals', `\${aws:username}`, { 'test:Key': ['a'] }, false],
  ['StringEqualsIfExists', `\${aws:username}`, {}, true],

  ['NumericEquals', `\${test:other}`, { 'test:Key': '1', 'test:other': '1' }, false],
  ['DateEquals', `\${test:other}`, { 'test:Key': '2026-01-01', 'test:other': '2026-01-01' }, false],
  ['IpAddress', `\${test:other}`, { 'test:Key': '10.0.0.1', 'test:other': '10.0.0.1' }, false],
  ['NotIpAddress', `\${test:other}`, { 'test:Key': '10.0.0.1', 'test:other': '10.0.0.1' }, true],
]

describe('variables in condition values', () => {
  test.each(rows)('%s %j, request %j: %s', (operator, expected, context, matched) => {
    expect(verdictOn(operator, expected, context).matched).toBe(matched)
  })

  test('another value of the list may still match', () => {
    expect(verdictOn('StringEquals', [`\${aws:username}`, 'x'], { 'test:Key': 'x' })).toMatchObject({
      matched: true,
      expected: [
        { written: `\${aws:username}`, resolved: null },
        { written: 'x', resolved: 'x' },
      ],
      missingKeys: ['aws:username'],
    })
  })

  test('a variable with a default is never missing, nor is one with many values', () => {
    expect(verdictOn('StringEquals', `\${aws:username, 'x'}`, { 'test:Key': 'x' }).missingKeys).toEqual([])
    expect(verdictOn('StringEquals', `\${aws:TagKeys}`, { 'test:Key': 'x', 'aws:TagKeys': ['a', 'b'] }).missingKeys).toEqual([])
  })

  test('a document of 2008 has plain text there', () => {
    const context = { 'test:Key': `\${aws:username}`, 'aws:username': 'ann' }
    expect(verdictOn('StringEquals', `\${aws:username}`, context, '2008-10-17').matched).toBe(true)
    expect(verdictOn('StringEquals', `\${aws:username}`, { ...context, 'test:Key': 'ann' }, '2008-10-17').matched).toBe(false)
    expect(verdictOn('StringLike', `a\${*}`, { 'test:Key': `a\${b}` }, '2008-10-17').matched).toBe(true)
  })
})

function statementVerdict(statement: WrittenStatement, resource: string, context: Context, version: DocumentVersion = '2012-10-17') {
  const policy = compilePolicy(sourceOf('p'), documentOf([statement], version))
  const verdict = evaluateRequest({ identity: [policy] }, request('s3:GetObject', resource, context))
  return { verdict, resource: verdict.layers[0]?.statements[0]?.resource }
}

describe('variables in resources', () => {
  const home = `arn:aws:s3:::b/\${aws:username}/*`

  test.each([
    ['arn:aws:s3:::b/ann/x', { 'aws:username': 'ann' }, true],
    ['arn:aws:s3:::b/bob/x', { 'aws:username': 'ann' }, false],
    ['arn:aws:s3:::b/bob/x', { 'aws:username': '*' }, false],
    [`arn:aws:s3:::b/\${aws:username}/x`, {}, false],
    ['arn:aws:s3:::b//x', { 'aws:username': '' }, false],
    ['arn:aws:s3:::b/a/x', { 'aws:username': ['a', 'b'] }, false],
  ])('on %j with %j: %s', (resource, context, matched) => {
    expect(statementVerdict({ Resource: home }, resource, context).resource?.matched).toBe(matched)
  })

  test('the pattern without a value is named with the key that it lacks', () => {
    const { verdict, resource } = statementVerdict({ Resource: home }, 'arn:aws:s3:::b/ann/x', {})
    expect(resource).toEqual({
      element: 'Resource',
      matched: false,
      pattern: null,
      unresolved: [{ written: home, missingKeys: ['aws:username'] }],
    })
    expect(verdict.missingContextValues).toEqual(['aws:username'])
  })

  test('other patterns of the list still match', () => {
    expect(statementVerdict({ Resource: [home, 'arn:aws:s3:::b/all/*'] }, 'arn:aws:s3:::b/all/x', {}).resource).toMatchObject({
      matched: true,
      pattern: 'arn:aws:s3:::b/all/*',
      unresolved: [],
    })
  })

  test('a NotResource without a value excludes nothing', () => {
    expect(statementVerdict({ NotResource: home }, 'arn:aws:s3:::b/ann/x', {}).resource?.matched).toBe(true)
    expect(statementVerdict({ NotResource: home }, 'arn:aws:s3:::b/ann/x', { 'aws:username': 'ann' }).resource?.matched).toBe(false)
  })

  test('a default and the plain characters stand for themselves', () => {
    expect(statementVerdict({ Resource: `b/\${aws:username, 'all'}/\${*}` }, 'b/all/*', {}).resource?.matched).toBe(true)
    expect(statementVerdict({ Resource: `b/\${aws:username, 'all'}/\${*}` }, 'b/all/x', {}).resource?.matched).toBe(false)
  })

  test('a document of 2008 has plain text there', () => {
    expect(
      statementVerdict({ Resource: home }, `arn:aws:s3:::b/\${aws:username}/x`, { 'aws:username': 'ann' }, '2008-10-17').resource?.matched,
    ).toBe(true)
    expect(statementVerdict({ Resource: home }, 'arn:aws:s3:::b/ann/x', { 'aws:username': 'ann' }, '2008-10-17').resource?.matched).toBe(
      false,
    )
  })
})
