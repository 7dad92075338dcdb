import { describe, expect, test } from 'vitest'
import { contextKeysOf, evaluateRequest, isAllowed, type PolicyLayers, statementSpans } from '../../../src/policy/evaluate/index.ts'
import { documentOf, policyOf, request, type WrittenStatement } from './policies.ts'

const object = 'arn:aws:s3:::logs/2026/a'
const everything = policyOf('everything', {})
const reading = policyOf('reading', { Sid: 'Read', Action: 's3:Get*' })
const noDeletes = policyOf('noDeletes', {}, { Sid: 'NoDelete', Effect: 'Deny', Action: 's3:Delete*' })

describe('the decision', () => {
  test.each<[string, PolicyLayers, string, string | null, string]>([
    ['nothing allows without a policy', { identity: [] }, 's3:GetObject', 'identity', 'implicitDeny'],
    ['an Allow allows', { identity: [reading] }, 's3:GetObject', null, 'allowed'],
    ['silence denies', { identity: [reading] }, 's3:PutObject', 'identity', 'implicitDeny'],
    ['a Deny of another policy wins', { identity: [everything, noDeletes] }, 's3:DeleteObject', 'identity', 'explicitDeny'],
    ['policies of the identity add up', { identity: [reading, everything] }, 'ec2:RunInstances', null, 'allowed'],
    ['a boundary caps', { identity: [everything], boundary: reading }, 's3:PutObject', 'boundary', 'implicitDeny'],
    ['a boundary grants nothing', { identity: [], boundary: everything }, 's3:GetObject', 'identity', 'implicitDeny'],
    ['a boundary may deny', { identity: [everything], boundary: noDeletes }, 's3:DeleteObject', 'boundary', 'explicitDeny'],
    ['no boundary caps nothing', { identity: [everything], boundary: null }, 's3:PutObject', null, 'allowed'],
    ['a session policy caps', { identity: [everything], session: [reading] }, 's3:PutObject', 'session', 'implicitDeny'],
    ['session policies add up', { identity: [everything], session: [reading, everything] }, 's3:PutObject', null, 'allowed'],
    ['no session policy caps nothing', { identity: [everything], session: [] }, 's3:PutObject', null, 'allowed'],
    ['a session policy may deny', { identity: [everything], session: [noDeletes] }, 's3:DeleteObject', 'session', 'explicitDeny'],
    [
      'the identity is named before the boundary',
      { identity: [reading], boundary: reading, session: [reading] },
      's3:PutObject',
      'identity',
      'implicitDeny',
    ],
    ['a Deny is named before silence', { identity: [reading], session: [noDeletes] }, 's3:DeleteObject', 'session', 'explicitDeny'],
    ['all layers may allow', { identity: [reading], boundary: everything, session: [noDeletes] }, 's3:GetObject', null, 'allowed'],
  ])('%s', (_, policies, action, decidedBy, decision) => {
    expect(evaluateRequest(policies, request(action, object))).toMatchObject({ decision, decidedBy })
    expect(isAllowed(policies, request(action, object))).toBe(decision === 'allowed')
  })
})

const matchesRequest = (statement: WrittenStatement, action: string, resource: string): boolean =>
  isAllowed({ identity: [policyOf('p', statement)] }, request(action, resource))

describe('actions and resources', () => {
  test.each<[WrittenStatement, string, string, boolean]>([
    [{ Action: 's3:getobject' }, 'S3:GetObject', object, true],
    [{ Action: 'S3:Get*' }, 's3:getObjectAcl', object, true],
    [{ Action: 's3:Get?bject' }, 's3:GetObject', object, true],
    [{ Action: 's3:Get?' }, 's3:Get', object, false],
    [{ Action: 's3:*' }, 's3-outposts:GetObject', object, false],
    [{ Action: '*' }, 'unheard:Of', object, true],
    [{ Action: ['ec2:*', 's3:GetObject'] }, 's3:GetObject', object, true],
    [{ Action: 's3:GetObject' }, 's3:*', object, false],
    [{ NotAction: 's3:*' }, 's3:GetObject', object, false],
    [{ NotAction: ['ec2:*', 'S3:PUT*'] }, 's3:GetObject', object, true],
    [{ Resource: 'arn:aws:s3:::logs/*' }, 's3:GetObject', object, true],
    [{ Resource: 'arn:aws:s3:::Logs/*' }, 's3:GetObject', object, false],
    [{ Resource: 'arn:aws:s3:::logs/?' }, 's3:GetObject', object, false],
    [{ Resource: 'arn:aws:s3:::logs/2026/?' }, 's3:GetObject', object, true],
    [{ Resource: 'arn:aws:*:a' }, 's3:GetObject', 'arn:aws:sns:x:y:a', true],
    [{ Resource: 'arn:aws:s3:::logs' }, 's3:GetObject', object, false],
    [{ Resource: object }, 's3:GetObject', '*', false],
    [{ Resource: '*' }, 's3:GetObject', '*', true],
    [{ NotResource: 'arn:aws:s3:::logs/*' }, 's3:GetObject', object, false],
    [{ NotResource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'] }, 's3:GetObject', object, true],
    [{ NotResource: '*' }, 's3:GetObject', object, false],
  ])('%j, asked for %s on %s: %s', (statement, action, resource, matched) => {
    expect(matchesRequest(statement, action, resource)).toBe(matched)
  })

  test('every condition must match', () => {
    const policies = { identity: [policyOf('p', { Condition: { Bool: { 'a:B': true }, NumericLessThan: { 'a:N': 5, 'a:M': '5' } } })] }
    const asked = (n: string, m: string) => isAllowed(policies, request('s3:GetObject', object, { 'a:b': 'true', 'a:n': n, 'a:m': m }))
    expect([asked('1', '1'), asked('9', '1'), asked('1', '9')]).toEqual([true, false, false])
  })
})

describe('the explanation', () => {
  const tagged = policyOf(
    'tagged',
    {
      Sid: 'Own',
      Action: 's3:Get*',
      Resource: 'arn:aws:s3:::logs/*',
      Condition: { StringEquals: { 'aws:PrincipalTag/team': ['a', 'b'] } },
    },
    { Sid: 'Other', Action: 'ec2:*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
  )

  test('tells of each statement why it matched or not', () => {
    const verdict = evaluateRequest({ identity: [tagged] }, request('s3:GetObject', object, { 'aws:principaltag/TEAM': 'b' }))
    expect(verdict.layers[0]?.statements).toMatchObject([
      {
        source: { id: 'tagged', kind: 'inline' },
        index: 0,
        sid: 'Own',
        effect: 'Allow',
        matched: true,
        action: { element: 'Action', matched: true, pattern: 's3:Get*' },
        resource: { element: 'Resource', matched: true, pattern: 'arn:aws:s3:::logs/*' },
        conditions: [{ key: 'aws:PrincipalTag/team', matched: true, actual: [{ value: 'b', passes: true, equals: 'b' }] }],
      },
      {
        sid: 'Other',
        matched: false,
        action: { matched: false, pattern: null },
        resource: { matched: true, pattern: '*' },
        conditions: [{ key: 'aws:MultiFactorAuthPresent', matched: false, reason: 'keyAbsent' }],
      },
    ])
    expect(verdict.deciding.map(({ sid }) => sid)).toEqual(['Own'])
  })

  test('names the pattern that a Not… element excluded by', () => {
    const verdict = evaluateRequest({ identity: [policyOf('p', { NotAction: ['iam:*', 's3:Get*'] })] }, request('s3:GetObject'))
    expect(verdict.layers[0]?.statements[0]?.action).toMatchObject({ element: 'NotAction', matched: false, pattern: 's3:Get*' })
  })

  test('lists every matching Deny as deciding, of every layer, and no Allow', () => {
    const verdict = evaluateRequest({ identity: [everything, noDeletes], boundary: noDeletes }, request('s3:DeleteObject'))
    expect(verdict.deciding.map(({ source, sid }) => [source.id, sid])).toEqual([
      ['noDeletes', 'NoDelete'],
      ['noDeletes', 'NoDelete'],
    ])
    expect(verdict.layers.map(({ layer, decision }) => [layer, decision])).toEqual([
      ['identity', 'explicitDeny'],
      ['boundary', 'explicitDeny'],
    ])
  })

  test('has no deciding statement where nothing allowed, but what each layer says', () => {
    const verdict = evaluateRequest({ identity: [everything], boundary: reading }, request('s3:PutObject'))
    expect(verdict.deciding).toEqual([])
    expect(verdict.layers.map(({ decision }) => decision)).toEqual(['allowed', 'implicitDeny'])
  })

  test('lists the missing keys of statements that speak of the request', () => {
    const missing = (action: string, context = {}) =>
      evaluateRequest({ identity: [tagged] }, request(action, object, context)).missingContextValues
    expect(missing('s3:GetObject')).toEqual(['aws:PrincipalTag/team'])
    expect(missing('s3:GetObject', { 'aws:PrincipalTag/Team': 'z' })).toEqual([])
    expect(missing('ec2:RunInstances')).toEqual(['aws:MultiFactorAuthPresent'])
    expect(missing('sqs:SendMessage')).toEqual([])
  })

  test('lists a missing key once, whatever its case', () => {
    const policy = policyOf('p', { Condition: { Bool: { 'z:K': 'true' }, StringEquals: { 'Z:k': 'x', 'a:b': `\${z:k}` } } })
    expect(evaluateRequest({ identity: [policy] }, request('s3:GetObject')).missingContextValues).toEqual(['a:b', 'z:K'])
  })
})

describe('what simulators ask besides', () => {
  test('the context keys of policies, from conditions and variables', () => {
    const policy = policyOf('p', {
      Resource: [`arn:aws:s3:::b/\${aws:username}`, `\${*}`],
      Condition: {
        StringLike: { 's3:prefix': [`\${aws:PrincipalTag/team, 'x'}/*`], 'S3:Prefix': 'a' },
        Null: { 'aws:MultiFactorAuthAge': 'false' },
      },
    })
    expect(contextKeysOf([policy])).toEqual(['aws:MultiFactorAuthAge', 'aws:PrincipalTag/team', 'aws:username', 's3:prefix'])
  })

  test('where statements stand in the text', () => {
    const text = '{"Version":"2012-10-17",\n  "Statement": [{"Effect":"Allow"},\n\t{}]}'
    expect(statementSpans(text)).toEqual([
      { start: { line: 2, column: 17 }, end: { line: 2, column: 35 } },
      { start: { line: 3, column: 2 }, end: { line: 3, column: 4 } },
    ])
    expect(statementSpans(documentOf([{}, {}]).text)).toHaveLength(2)
  })
})
