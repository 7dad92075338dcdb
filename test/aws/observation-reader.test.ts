import { describe, expect, it } from 'vitest'
import { createObservationReader } from '../../src/aws/observation-reader.ts'
import { accountWith } from './support/accounts.ts'
import { type Answer, type Call, htmlError, json, jsonError, standIn } from './support/stand-in.ts'

const period = { from: new Date('2024-01-02T10:30:00Z'), to: new Date('2024-04-01T10:30:00Z') }
const read = (answer: (call: Call) => Answer) => {
  const { clients, calls } = standIn(answer)
  return { calls, observations: createObservationReader(clients).readObservations(accountWith('web'), period) }
}

const analyzer = (name: string, type: string) => ({
  arn: `arn:aws:access-analyzer:eu-west-1:111122223333:analyzer/${name}`,
  name,
  type,
  status: 'ACTIVE',
  createdAt: '2024-01-01T00:00:00Z',
})
const bucket = {
  id: 'f1',
  resource: 'arn:aws:s3:::logs',
  resourceType: 'AWS::S3::Bucket',
  resourceOwnerAccount: '111122223333',
  status: 'ACTIVE',
  findingType: 'ExternalAccess',
  analyzedAt: '2024-03-01T00:00:00Z',
  createdAt: '2024-02-01T00:00:00Z',
  updatedAt: '2024-02-15T00:00:00Z',
}
const external = { externalAccessDetails: { isPublic: true, action: ['s3:GetObject'], principal: { AWS: '*' }, condition: {} } }

const accessAnalyzer = ({ action }: Call): Answer => {
  if (action === 'GET /analyzer') return json({ analyzers: [analyzer('outside', 'ACCOUNT'), analyzer('unused', 'ACCOUNT_UNUSED_ACCESS')] })
  if (action === 'GET /analyzer/unused') return json({ analyzer: { configuration: { unusedAccess: { unusedAccessAge: 60 } } } })
  if (action === 'POST /findingv2') return json({ findings: [bucket, { ...bucket, id: 'f2', status: 'RESOLVED' }] })
  return json({ ...bucket, findingDetails: [external] })
}

const lake = ({ headers }: { readonly headers: string }): Answer => {
  const operation = headers.split('.').at(-1)
  const answers: Record<string, object> = {
    ListEventDataStores: { EventDataStores: [{ EventDataStoreArn: 'arn:aws:cloudtrail:eu-west-1:111122223333:eventdatastore/e-1' }] },
    GetEventDataStore: { Name: 'events', Status: 'ENABLED', RetentionPeriod: 365 },
    StartQuery: { QueryId: 'q-1' },
    GetQueryResults: { QueryStatus: 'FINISHED', QueryResultRows: [[{ role: 'arn:aws:iam::111122223333:role/web' }, { calls: '1247389' }]] },
    DescribeTrails: { trailList: [{ Name: 'main', S3BucketName: 'audit', IsMultiRegionTrail: true, HomeRegion: 'eu-west-1' }] },
    GetTrailStatus: { IsLogging: true },
    GetEventSelectors: { EventSelectors: [{ DataResources: [{ Type: 'AWS::S3::Object' }] }] },
    GetInsightSelectors: { InsightSelectors: [] },
  }
  return json(answers[operation ?? ''] ?? {})
}

describe('observations of the account', () => {
  it('are those of every source', async () => {
    const { observations } = read((call) => (call.service === 'access-analyzer' ? accessAnalyzer(call) : lake({ headers: call.target })))
    const { externalAccess, analyzers, calls, trails, credentials } = await observations
    expect(externalAccess).toMatchObject({
      status: 'connected',
      value: [
        {
          id: 'f1',
          resourceType: 'AWS::S3::Bucket',
          isPublic: true,
          principals: ['*'],
          actions: ['s3:GetObject'],
          isConditional: false,
          complete: true,
        },
      ],
    })
    expect(analyzers.value.map(({ name, watches, unusedAccessAge }) => [name, watches, unusedAccessAge])).toEqual([
      ['outside', 'external-access', null],
      ['unused', 'unused-access', 60],
    ])
    expect(calls).toMatchObject({ status: 'connected', value: [{ roleArn: 'arn:aws:iam::111122223333:role/web', calls: 1_247_389 }] })
    expect(trails.value).toEqual([
      { name: 'main', isLogging: true, isMultiRegion: true, storedIn: 's3://audit/', dataEvents: ['AWS::S3::Object'], hasInsights: false },
    ])
    expect(credentials.status).toBe('missing')
  })

  it('are missing, each with its reason, where a server answers with a page', async () => {
    const { observations } = read(() => htmlError)
    for (const source of Object.values(await observations)) {
      expect(source).toMatchObject({ status: 'missing', value: [] })
      expect(source.why).not.toMatch(/<|\n/)
    }
  })

  it('do not count calls where a store keeps less than the window', async () => {
    const { observations } = read((call) =>
      call.target.endsWith('GetEventDataStore')
        ? json({ Name: 'short', Status: 'ENABLED', RetentionPeriod: 7 })
        : lake({ headers: call.target }),
    )
    expect((await observations).calls).toMatchObject({ status: 'partial', why: expect.stringContaining('7 days') })
  })

  it('say why a query gave nothing', async () => {
    const { observations } = read((call) =>
      call.target.endsWith('GetQueryResults') ? json({ QueryStatus: 'FAILED', ErrorMessage: 'no table' }) : lake({ headers: call.target }),
    )
    expect((await observations).calls).toMatchObject({ status: 'missing', why: 'CloudTrail Lake: the query is FAILED: no table' })
  })

  it('list a finding whose details may not be read, and ask for no more', async () => {
    const { observations, calls } = read((call) => {
      if (call.service !== 'access-analyzer') return htmlError
      if (call.action === 'POST /findingv2')
        return json({ findings: ['f1', 'f2', 'f3'].map((id) => ({ ...bucket, id, resource: `arn:aws:s3:::${id}` })) })
      return call.action.startsWith('GET /findingv2') ? jsonError(403, 'AccessDeniedException') : accessAnalyzer(call)
    })
    const { externalAccess } = await observations
    expect(externalAccess.status).toBe('partial')
    expect(externalAccess.value.map(({ complete }) => complete)).toEqual([false, false, false])
    expect(calls.filter(({ action }) => action.startsWith('GET /findingv2')).length).toBeLessThanOrEqual(3)
  })

  it('reject when they are cancelled', async () => {
    const { clients } = standIn(() => htmlError)
    const reading = createObservationReader(clients).readObservations(accountWith('web'), period, { signal: AbortSignal.abort() })
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled' })
  })
})
