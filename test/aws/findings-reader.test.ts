import { describe, expect, it } from 'vitest'
import { readFindings } from '../../src/aws/findings-reader.ts'
import { accountWith, roleArn } from './support/accounts.ts'
import { type Answer, type Call, htmlError, json, jsonError, standIn } from './support/stand-in.ts'

const analyzerArn = 'arn:aws:access-analyzer:eu-west-1:111122223333:analyzer/unused'
const unused = { arn: analyzerArn, name: 'unused', type: 'ACCOUNT_UNUSED_ACCESS', status: 'ACTIVE', createdAt: '2024-01-01T00:00:00Z' }
const external = { ...unused, arn: `${analyzerArn}-not`, name: 'external', type: 'ACCOUNT' }
const summary = (id: string, role: string, more: object = {}) => ({
  id,
  resource: roleArn(role),
  resourceType: 'AWS::IAM::Role',
  resourceOwnerAccount: '111122223333',
  status: 'ACTIVE',
  findingType: 'UnusedPermission',
  analyzedAt: '2024-03-01T00:00:00Z',
  createdAt: '2024-02-01T00:00:00Z',
  updatedAt: '2024-02-15T00:00:00Z',
  ...more,
})
const detail = (serviceNamespace: string, actions?: object[]) => ({ unusedPermissionDetails: { serviceNamespace, actions } })

type Server = { [action: string]: (call: Call) => Answer }

/** An analyzer with the findings given; single answers may be replaced. */
function server(findings: Record<string, object>, replaced: Server = {}) {
  const answers: Server = {
    'GET /analyzer': () => json({ analyzers: [external, unused] }),
    'GET /analyzer/unused': () => json({ analyzer: { ...unused, configuration: { unusedAccess: { unusedAccessAge: 90 } } } }),
    'POST /findingv2': () => json({ findings: Object.values(findings) }),
    'GET /findingv2': (call) => json({ ...findings[call.action.split('/').at(-1) ?? ''], findingDetails: [detail('s3')] }),
    ...replaced,
  }
  return standIn((call) => (answers[call.action] ?? answers[call.action.replace(/\/[^/]*$/, '')] ?? (() => htmlError))(call))
}

describe('findings on unused access', () => {
  it('are read with every page of the list and of each finding', async () => {
    const { clients, calls } = server(
      {},
      {
        'GET /analyzer': (call) => json(call.params.nextToken ? { analyzers: [unused] } : { analyzers: [external], nextToken: 'a' }),
        'POST /findingv2': (call) =>
          json(
            call.body.nextToken
              ? { findings: [summary('f2', 'web', { findingType: 'UnusedIAMRole' })] }
              : { findings: [summary('f1', 'web')], nextToken: 'l' },
          ),
        'GET /findingv2/f1': (call) =>
          json({
            ...summary('f1', 'web'),
            ...(call.params.nextToken
              ? { findingDetails: [detail('ec2'), detail('s3', [{ action: 's3:DeleteBucket', lastAccessed: '2024-01-05T00:00:00Z' }])] }
              : { findingDetails: [detail('s3', [{ action: 'PutBucketAcl' }])], nextToken: 'd' }),
          }),
        'GET /findingv2/f2': () =>
          json({
            ...summary('f2', 'web', { findingType: 'UnusedIAMRole' }),
            findingDetails: [{ unusedIamRoleDetails: { lastAccessed: '2023-12-01T00:00:00Z' } }],
          }),
      },
    )
    const { findings, source } = await readFindings(clients, accountWith('web'))
    const common = {
      analyzerArn,
      roleArn: roleArn('web'),
      status: 'ACTIVE',
      analyzedAt: '2024-03-01T00:00:00.000Z',
      updatedAt: '2024-02-15T00:00:00.000Z',
      unusedAccessAge: 90,
      complete: true,
    }
    expect(findings).toEqual([
      {
        ...common,
        id: 'f1',
        findingType: 'UnusedPermission',
        lastAccessed: null,
        services: [
          {
            service: 's3',
            lastAccessed: null,
            actions: [
              { action: 's3:PutBucketAcl', lastAccessed: null },
              { action: 's3:DeleteBucket', lastAccessed: '2024-01-05T00:00:00.000Z' },
            ],
          },
          { service: 'ec2', lastAccessed: null, actions: null },
        ],
      },
      { ...common, id: 'f2', findingType: 'UnusedIAMRole', lastAccessed: '2023-12-01T00:00:00.000Z', services: [] },
    ])
    expect(source).toEqual({
      id: 'access-analyzer',
      status: 'connected',
      why: '2 findings on roles from unused in eu-west-1',
      observedUntil: '2024-03-01T00:00:00.000Z',
    })
    const list = calls.find((call) => call.action === 'POST /findingv2')
    expect(list?.body).toMatchObject({
      analyzerArn,
      filter: { resourceOwnerAccount: { eq: ['111122223333'] }, status: { eq: ['ACTIVE', 'ARCHIVED'] } },
    })
  })

  it('are only those on roles of the account that are not resolved', async () => {
    const { clients, calls } = server({
      f1: summary('f1', 'web'),
      f2: summary('f2', 'elsewhere'),
      f3: summary('f3', 'web', { status: 'RESOLVED' }),
      f4: summary('f4', 'web', { findingType: 'ExternalAccess' }),
    })
    const { findings } = await readFindings(clients, accountWith('web'))
    expect(findings.map((finding) => finding.id)).toEqual(['f1'])
    expect(calls.filter((call) => call.action.startsWith('GET /findingv2'))).toHaveLength(1)
  })

  it('are incomplete one by one: a finding that cannot be read does not spoil the others', async () => {
    const { clients } = server(
      { f1: summary('f1', 'web'), f2: summary('f2', 'db'), f3: summary('f3', 'app') },
      {
        'GET /findingv2/f1': () => jsonError(404, 'ResourceNotFoundException'),
        'GET /findingv2/f3': (call) =>
          call.params.nextToken
            ? jsonError(400, 'ValidationException')
            : json({ ...summary('f3', 'app'), findingDetails: [detail('s3')], nextToken: 'd' }),
      },
    )
    const { findings, source } = await readFindings(clients, accountWith('web', 'db', 'app'))
    expect(findings.map(({ id, complete, services }) => [id, complete, services.length])).toEqual([
      ['f1', false, 0],
      ['f2', true, 1],
      ['f3', false, 1],
    ])
    expect(source).toMatchObject({
      status: 'partial',
      why: expect.stringContaining('3 findings on roles from unused in eu-west-1, 2 incomplete; GetFindingV2: '),
    })
  })

  it('are not asked for one by one by who may not read them', async () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, k) => [`f${k}`, summary(`f${k}`, 'web')]))
    const { clients, calls } = server(many, { 'GET /findingv2': () => jsonError(403, 'AccessDeniedException', 'no') })
    const { findings, source } = await readFindings(clients, accountWith('web'))
    expect(findings).toHaveLength(100)
    expect(findings.some((finding) => finding.complete)).toBe(false)
    expect(source).toMatchObject({ status: 'partial', why: expect.stringContaining('100 incomplete; GetFindingV2: access denied (no)') })
    expect(calls.filter((call) => call.action.startsWith('GET /findingv2')).length).toBeLessThan(20)
  })

  it('are incomplete, not endless, when a page marker comes twice', async () => {
    const endless = (): Answer => json({ ...summary('f1', 'web'), findingDetails: [detail('s3')], nextToken: 'again' })
    const { clients } = server({ f1: summary('f1', 'web') }, { 'GET /findingv2/f1': endless })
    const { findings } = await readFindings(clients, accountWith('web'))
    expect(findings).toMatchObject([{ complete: false, services: [{ service: 's3' }] }])
  })

  it('are read without a filter where the analyzer does not know its keys', async () => {
    const findings = { f1: summary('f1', 'web') }
    const { clients, calls } = server(findings, {
      'POST /findingv2': (call) => (call.body.filter ? jsonError(400, 'ValidationException') : json({ findings: Object.values(findings) })),
    })
    expect((await readFindings(clients, accountWith('web'))).findings).toHaveLength(1)
    expect(calls.filter((call) => call.action === 'POST /findingv2')).toHaveLength(2)
  })

  it('have no known age when the configuration may not be read', async () => {
    const { clients } = server({ f1: summary('f1', 'web') }, { 'GET /analyzer/unused': () => jsonError(403, 'AccessDeniedException') })
    expect((await readFindings(clients, accountWith('web'))).findings).toMatchObject([{ unusedAccessAge: null, complete: true }])
  })

  it('are a partial source when the analyzer is switched off', async () => {
    const { clients } = server({}, { 'GET /analyzer': () => json({ analyzers: [{ ...unused, status: 'DISABLED' }] }) })
    expect((await readFindings(clients, accountWith('web'))).source).toMatchObject({
      status: 'partial',
      why: expect.stringContaining('not active'),
    })
  })

  it('come from the account’s own active analyzer before any other', async () => {
    const others = [
      { ...unused, name: 'org', arn: 'arn:org', type: 'ORGANIZATION_UNUSED_ACCESS' },
      { ...unused, name: 'off', arn: 'arn:off', status: 'DISABLED' },
    ]
    const { clients } = server({ f1: summary('f1', 'web') }, { 'GET /analyzer': () => json({ analyzers: [...others, unused] }) })
    expect((await readFindings(clients, accountWith('web'))).findings).toMatchObject([{ analyzerArn }])
  })

  it.each<[string, Server, string]>([
    ['there is no analyzer', { 'GET /analyzer': () => json({ analyzers: [external] }) }, 'no analyzer of unused access'],
    ['access is denied', { 'GET /analyzer': () => jsonError(403, 'AccessDeniedException', 'no') }, 'ListAnalyzers: access denied (no)'],
    ['the server does not know Access Analyzer', { 'GET /analyzer': () => htmlError }, 'HTTP 500: not an answer of AWS'],
    ['the answer is not one of AWS', { 'GET /analyzer': () => json({}) }, 'not one of AWS'],
    [
      'the list may not be read',
      { 'POST /findingv2': () => jsonError(403, 'AccessDeniedException', 'no') },
      'ListFindingsV2: access denied (no)',
    ],
  ])('are missing, with the reason, when %s', async (_, replaced, why) => {
    const { clients } = server({}, replaced)
    const answer = await readFindings(clients, accountWith('web'))
    expect(answer).toMatchObject({ findings: [], source: { status: 'missing', observedUntil: null, why: expect.stringContaining(why) } })
  })

  it('reject when they are cancelled', async () => {
    const stop = new AbortController()
    const { clients } = server({ f1: summary('f1', 'web') })
    const reading = readFindings(clients, accountWith('web'), { signal: stop.signal, onProgress: () => stop.abort() })
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled' })
  })
})
