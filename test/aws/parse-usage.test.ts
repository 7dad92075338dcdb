import { describe, expect, it } from 'vitest'
import { parseUsage, usageFile } from '../../src/aws/parse-usage.ts'
import type { CalledActions } from '../../src/evidence/called-actions.ts'
import { accountWith, roleArn } from './support/accounts.ts'

const nothing: CalledActions = () => []
const evidence = (usage: object, calledActions = nothing) => parseUsage(usageFile.parse(usage), accountWith('web', 'db'), calledActions)
const ofWeb = (usage: object, calledActions = nothing) => evidence(usage, calledActions).byRole.get(roleArn('web'))
const source = (usage: object, id: string) => evidence(usage).sources.find((status) => status.id === id)

describe('saved findings', () => {
  const detail = {
    unusedPermissionDetails: { serviceNamespace: 's3', actions: [{ action: 'DeleteBucket' }, { action: 's3:PutBucketAcl' }] },
  }
  const finding = {
    id: 'f1',
    resource: roleArn('web'),
    status: 'ACTIVE',
    findingType: 'UnusedPermission',
    analyzedAt: '2024-03-01T00:00:00+00:00',
    findingDetails: [detail],
  }
  const analyzer = (age: number | undefined, type = 'ACCOUNT_UNUSED_ACCESS') => ({
    analyzer: { arn: `arn:${age}`, type, configuration: age === undefined ? undefined : { unusedAccess: { unusedAccessAge: age } } },
  })

  it('stand under their role, actions with their prefix', () => {
    expect(ofWeb({ accessAnalyzerFindings: [finding], analyzers: [analyzer(90)] })?.findings).toEqual([
      {
        id: 'f1',
        analyzerArn: 'arn:90',
        roleArn: roleArn('web'),
        findingType: 'UnusedPermission',
        status: 'ACTIVE',
        analyzedAt: '2024-03-01T00:00:00.000Z',
        updatedAt: null,
        unusedAccessAge: 90,
        complete: true,
        services: [
          {
            service: 's3',
            lastAccessed: null,
            actions: [
              { action: 's3:DeleteBucket', lastAccessed: null },
              { action: 's3:PutBucketAcl', lastAccessed: null },
            ],
          },
        ],
        lastAccessed: null,
      },
    ])
  })

  it.each([
    ['90 days of the only analyzer', [analyzer(90)], 90],
    ['the shortest of several, which claims least', [analyzer(90), analyzer(30), analyzer(180)], 30],
    ['that of the analyzer of unused access', [analyzer(undefined, 'ACCOUNT'), analyzer(60)], 60],
    ['the same without the wrapping of GetAnalyzer', [analyzer(45).analyzer], 45],
    ['unknown without an analyzer', [], null],
    ['unknown when one of them does not say', [analyzer(90), analyzer(undefined)], null],
  ])('have an age: %s', (_, analyzers, age) => {
    expect(ofWeb({ accessAnalyzerFindings: [finding], analyzers })?.findings).toMatchObject([{ unusedAccessAge: age }])
  })

  it('are fresh until where the file says', () => {
    const usage = { accessAnalyzerFindings: [finding], observedUntil: '2024-03-31 12:00:00' }
    expect(ofWeb(usage)?.findings).toMatchObject([{ analyzedAt: '2024-03-31T12:00:00.000Z' }])
    expect(source(usage, 'access-analyzer')).toMatchObject({ status: 'connected', observedUntil: '2024-03-31T12:00:00.000Z' })
  })

  it('are joined from their pages', () => {
    const more = { unusedPermissionDetails: { serviceNamespace: 'ec2' } }
    const [first] =
      ofWeb({
        accessAnalyzerFindings: [
          { ...finding, nextToken: 'a' },
          { ...finding, findingDetails: [more] },
        ],
      })?.findings ?? []
    expect(first).toMatchObject({ complete: true, services: [{ service: 's3' }, { service: 'ec2', actions: null }] })
  })

  it.each([
    ['cut off', { nextToken: 'more' }],
    ['in error', { error: 'ACCESS_DENIED' }],
  ])('are incomplete when they are %s', (_, more) => {
    const usage = { accessAnalyzerFindings: [{ ...finding, ...more }] }
    expect(ofWeb(usage)?.findings).toMatchObject([{ complete: false }])
    expect(source(usage, 'access-analyzer')?.status).toBe('partial')
  })

  it('tell their type by their details where it is not given', () => {
    const untyped = { ...finding, findingType: undefined }
    const idle = { ...untyped, id: 'f2', findingDetails: [{ unusedIamRoleDetails: { lastAccessed: '2023-01-01T00:00:00Z' } }] }
    expect(ofWeb({ accessAnalyzerFindings: [untyped, idle] })?.findings).toMatchObject([
      { findingType: 'UnusedPermission' },
      { findingType: 'UnusedIAMRole', lastAccessed: '2023-01-01T00:00:00.000Z', services: [] },
    ])
  })

  it.each([
    ['of another account', { resource: 'arn:aws:iam::999999999999:role/web' }],
    ['on users', { resource: 'arn:aws:iam::111122223333:user/ana', findingType: 'UnusedIAMUserPassword' }],
    ['on external access', { findingType: 'ExternalAccess' }],
    ['without details and type', { findingType: undefined, findingDetails: [] }],
    ['without a resource', { resource: undefined }],
  ])('do not count %s, and the source says that none did', (_, more) => {
    const usage = { accessAnalyzerFindings: [{ ...finding, ...more }] }
    expect(evidence(usage).byRole.size).toBe(0)
    expect(source(usage, 'access-analyzer')).toMatchObject({ status: 'missing', why: expect.stringContaining('no finding') })
  })

  it('may name their role', () => {
    expect(ofWeb({ accessAnalyzerFindings: [{ ...finding, resource: 'web' }] })?.findings).toMatchObject([{ roleArn: roleArn('web') }])
  })

  it('prove nothing with a status that is unknown', () => {
    expect(ofWeb({ accessAnalyzerFindings: [{ ...finding, status: 'NEW' }] })?.findings).toMatchObject([{ status: 'RESOLVED' }])
  })
})

describe('saved last-accessed reports', () => {
  const report = {
    JobStatus: 'COMPLETED',
    JobType: 'ACTION_LEVEL',
    JobCompletionDate: '2024-03-01T00:00:00Z',
    IsTruncated: false,
    ServicesLastAccessed: [
      { ServiceName: 'Amazon S3', ServiceNamespace: 's3', TrackedActionsLastAccessed: [{ ActionName: 'CreateBucket' }] },
    ],
  }
  const of = (saved: unknown, more: object = {}) => ({ serviceLastAccessed: { [roleArn('web')]: saved }, ...more })

  it('stand under their role', () => {
    expect(ofWeb(of(report))?.lastAccessed).toEqual({
      roleArn: roleArn('web'),
      observedUntil: '2024-03-01T00:00:00.000Z',
      complete: true,
      problem: null,
      services: [{ service: 's3', lastAccessed: null, actions: [{ action: 's3:CreateBucket', lastAccessed: null }] }],
    })
  })

  it('are observed until where the file says', () => {
    expect(ofWeb(of(report, { observedUntil: '2024-03-31' }))?.lastAccessed?.observedUntil).toBe('2024-03-31T00:00:00.000Z')
  })

  it('may be saved page by page', () => {
    const pages = [
      { ...report, IsTruncated: true, Marker: 'm' },
      { ...report, ServicesLastAccessed: [{ ServiceNamespace: 'ec2' }] },
    ]
    expect(ofWeb(of(pages))?.lastAccessed).toMatchObject({
      complete: true,
      services: [{ service: 's3' }, { service: 'ec2', actions: null }],
    })
  })

  it.each([
    ['in progress', { ...report, JobStatus: 'IN_PROGRESS' }, 'the job is IN_PROGRESS, not COMPLETED'],
    ['failed', { ...report, JobStatus: 'FAILED', Error: { Code: 'E', Message: 'why' } }, 'the job is FAILED, not COMPLETED: why'],
    ['of unknown status', { ServicesLastAccessed: [] }, 'the job is of unknown status, not COMPLETED'],
    ['cut off (F1)', { ...report, IsTruncated: true }, 'the report is cut off: a page is missing'],
    ['empty', [], 'the report is empty'],
  ])('are incomplete when they are %s', (_, saved, problem) => {
    expect(ofWeb(of(saved))?.lastAccessed).toMatchObject({ complete: false, problem })
    expect(source(of(saved), 'last-accessed')).toMatchObject({ status: 'missing', why: problem })
  })

  it('of other accounts do not count, and the source says so', () => {
    const usage = { serviceLastAccessed: { 'arn:aws:iam::999999999999:role/web': report } }
    expect(source(usage, 'last-accessed')).toMatchObject({
      status: 'missing',
      why: 'the usage file has no report on a role of this account',
    })
  })

  it('join with the findings on the same role', () => {
    const findings = [{ id: 'f', resource: roleArn('web'), findingType: 'UnusedIAMRole', findingDetails: [] }]
    expect(ofWeb(of(report, { accessAnalyzerFindings: findings }))).toMatchObject({
      lastAccessed: { complete: true },
      findings: [{ id: 'f' }],
      calls: [],
    })
  })
})

describe('saved CloudTrail records', () => {
  const call = (more: object) => ({
    eventSource: 's3.amazonaws.com',
    eventName: 'CreateBucket',
    eventTime: '2024-03-01T00:00:00Z',
    userIdentity: { type: 'AssumedRole', sessionContext: { sessionIssuer: { type: 'Role', arn: roleArn('web') } } },
    ...more,
  })
  const calledActions: CalledActions = ({ eventSource, eventName }) => (eventSource === 's3.amazonaws.com' ? [`s3:${eventName}`] : [])

  it('show the latest allowed and the latest denied call of each action', () => {
    const cloudTrailEvents = [
      call({}),
      call({ eventTime: '2024-03-05T00:00:00Z' }),
      call({ eventTime: '2024-03-03T00:00:00Z' }),
      call({ eventTime: '2024-03-09T00:00:00Z', errorCode: 'AccessDenied' }),
    ]
    expect(ofWeb({ cloudTrailEvents }, calledActions)?.calls).toEqual([
      { action: 's3:CreateBucket', at: '2024-03-05T00:00:00.000Z', denied: false },
      { action: 's3:CreateBucket', at: '2024-03-09T00:00:00.000Z', denied: true },
    ])
  })

  it('may come out of LookupEvents, which wraps them', () => {
    const cloudTrailEvents = [{ EventName: 'CreateBucket', CloudTrailEvent: JSON.stringify(call({})) }]
    expect(ofWeb({ cloudTrailEvents }, calledActions)?.calls).toMatchObject([{ action: 's3:CreateBucket' }])
  })

  it.each(['AccessDenied', 'AccessDeniedException', 'Client.UnauthorizedOperation', 'UnauthorizedOperation', 'Forbidden'])(
    '%s is a denial',
    (errorCode) => {
      expect(ofWeb({ cloudTrailEvents: [call({ errorCode })] }, calledActions)?.calls).toMatchObject([{ denied: true }])
    },
  )

  it('show a use when the call failed for another reason', () => {
    expect(ofWeb({ cloudTrailEvents: [call({ errorCode: 'NoSuchBucket' })] }, calledActions)?.calls).toMatchObject([{ denied: false }])
  })

  it('name the action of a denial in AWS’s own words', () => {
    const errorMessage =
      'User: arn:aws:sts::1:assumed-role/web/s is not authorized to perform: dynamodb:GetItem on resource: x because no identity-based policy allows'
    const denied = call({ eventSource: 'dynamodb.amazonaws.com', eventName: 'BatchGetItem', errorCode: 'AccessDenied', errorMessage })
    expect(ofWeb({ cloudTrailEvents: [denied] })?.calls).toEqual([
      { action: 'dynamodb:GetItem', at: '2024-03-01T00:00:00.000Z', denied: true },
    ])
  })

  it('do not count where the action or the role is unknown', () => {
    const cloudTrailEvents = [
      call({ eventSource: 'ec2.amazonaws.com' }),
      call({ userIdentity: { type: 'IAMUser' } }),
      call({ eventTime: null }),
    ]
    expect(evidence({ cloudTrailEvents }, calledActions).byRole.size).toBe(0)
  })

  it('are a sample, never the whole', () => {
    expect(source({ cloudTrailEvents: [call({})] }, 'cloudtrail')?.status).toBe('partial')
  })

  it('are refused with the place when they are none', () => {
    const parsed = usageFile.safeParse({ cloudTrailEvents: [call({}), { CloudTrailEvent: 'x' }] })
    expect(parsed.error?.issues[0]).toMatchObject({
      path: ['cloudTrailEvents', 1],
      message: 'Invalid input: expected object, received string',
    })
  })
})
