import {
  CancelQueryCommand,
  type CloudTrailClient,
  DescribeQueryCommand,
  DescribeTrailsCommand,
  GetEventDataStoreCommand,
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  GetQueryResultsCommand,
  GetTrailStatusCommand,
  ListEventDataStoresCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudtrail'
import { PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { allowText, EPOCH, oneRole, sandboxClients } from './sandbox-clients.ts'

const DAY = 86_400_000
const ROLE = 'useridentity.sessioncontext.sessionissuer.arn'
const sqlTime = (at: Date): string => at.toISOString().slice(0, 19).replace('T', ' ')
const lastDays = (days: number, now = EPOCH): string =>
  `eventTime >= '${sqlTime(new Date(now.getTime() - days * DAY))}' AND eventTime < '${sqlTime(now)}'`

async function rowsOf(trail: CloudTrailClient, statement: (store: string) => string) {
  const { EventDataStores } = await trail.send(new ListEventDataStoresCommand({}))
  const store = EventDataStores?.[0]?.EventDataStoreArn?.split('/').at(-1) ?? ''
  const { QueryId } = await trail.send(new StartQueryCommand({ QueryStatement: statement(store) }))
  expect((await trail.send(new GetQueryResultsCommand({ QueryId }))).QueryStatus).toBe('RUNNING')
  const { QueryStatus, QueryResultRows = [] } = await trail.send(new GetQueryResultsCommand({ QueryId }))
  expect(QueryStatus).toBe('FINISHED')
  return QueryResultRows.map((cells): Readonly<Record<string, string>> => Object.assign({}, ...cells))
}

test('the calls per role are those of the published example', async () => {
  const { trail } = sandboxClients()
  const rows = await rowsOf(
    trail,
    (store) =>
      `SELECT ${ROLE} AS role, COUNT(*) AS calls FROM ${store} WHERE ${lastDays(90)} AND userIdentity.type = 'AssumedRole' GROUP BY ${ROLE} ORDER BY calls DESC`,
  )
  const named = rows.map(({ role, calls }) => ({ role: role?.split('/').at(-1), calls: Number(calls) }))
  expect(named.slice(0, 3)).toEqual([
    { role: 'web-server-role', calls: 1_247_389 },
    { role: 'api-gateway-role', calls: 892_456 },
    { role: 'batch-processing-role', calls: 234_567 },
  ])
  expect(named.find(({ role }) => role === 'temp-consultant-access')?.calls).toBe(3)
  expect(named.some(({ role }) => role === 'legacy-migration-role')).toBe(false)
})

/** `app` reads objects and describes databases every hour, until the latter is taken away. */
async function tightened() {
  const account = oneRole({
    inline: { work: allowText('s3:GetObject', 'rds:DescribeDBInstances') },
    usage: [{ actions: ['s3:GetObject', 'rds:DescribeDBInstances'], daysAgo: 0, everyDays: 1 / 24, calls: 4_320 }],
  })
  await account.iam.send(new PutRolePolicyCommand({ RoleName: 'app', PolicyName: 'work', PolicyDocument: allowText('s3:GetObject') }))
  account.clock.at = new Date(EPOCH.getTime() + DAY)
  return account
}

test('the last use of each data event', async () => {
  const { trail } = await tightened()
  const rows = await rowsOf(
    trail,
    (store) =>
      `SELECT eventName, MAX(eventTime) AS last FROM ${store} WHERE eventCategory = 'Data' AND eventTime > '2026-11-01' GROUP BY eventName`,
  )
  expect(rows).toEqual([{ eventName: 'GetObject', last: '2026-11-03 09:00:00.000' }])
})

test('denied calls by role', async () => {
  const { trail, clock } = await tightened()
  const rows = await rowsOf(
    trail,
    (store) =>
      `SELECT ${ROLE} AS role, eventSource, eventName, errorCode, COUNT(*) AS calls FROM ${store} WHERE (errorCode LIKE '%AccessDenied%' OR errorCode LIKE '%Unauthorized%') AND ${lastDays(1, clock.at)} GROUP BY ${ROLE}, eventSource, eventName, errorCode`,
  )
  const denied = { eventSource: 'rds.amazonaws.com', eventName: 'DescribeDBInstances', errorCode: 'AccessDenied', calls: '24' }
  expect(rows).toEqual([{ role: 'arn:aws:iam::123456789012:role/app', ...denied }])
})

test('when policies were written', async () => {
  const { trail } = await tightened()
  const rows = await rowsOf(
    trail,
    (store) =>
      `SELECT eventTime, eventName, element_at(requestParameters, 'roleName') AS role FROM ${store} WHERE eventName IN ('PutRolePolicy', 'AttachRolePolicy') AND errorCode IS NULL AND eventTime > '2026-11-01 00:00:00' ORDER BY eventTime DESC`,
  )
  expect(rows).toEqual([{ eventTime: '2026-11-02 09:00:00.000', eventName: 'PutRolePolicy', role: 'app' }])
})

test.each([
  ['SELECT FROM', 'InvalidQueryStatementException'],
  ["SELECT a FROM b WHERE c ~ 'd'", 'InvalidQueryStatementException'],
  ['SELECT COUNT(DISTINCT eventName) FROM b', 'InvalidQueryStatementException'],
  ['SELECT eventName FROM 11111111-2222-3333-4444-555555555555', 'EventDataStoreNotFoundException'],
])('%s is refused', async (QueryStatement, name) => {
  const { trail } = sandboxClients({ fixture: {} })
  await expect(trail.send(new StartQueryCommand({ QueryStatement }))).rejects.toMatchObject({ name })
})

test('a star is every column that an event has', async () => {
  const { trail } = sandboxClients()
  const [row] = await rowsOf(trail, (store) => `SELECT * FROM ${store} WHERE ${lastDays(90)} AND eventName = 'AssumeRole' LIMIT 1`)
  expect(row).toMatchObject({ eventname: 'AssumeRole', eventsource: 'sts.amazonaws.com', readonly: 'true' })
  expect(row?.eventtime).toMatch(/^2026-/)
})

test('a query that has ended cannot be cancelled', async () => {
  const { trail } = sandboxClients()
  const { EventDataStores } = await trail.send(new ListEventDataStoresCommand({}))
  const store = EventDataStores?.[0]?.EventDataStoreArn?.split('/').at(-1)
  const { QueryId } = await trail.send(new StartQueryCommand({ QueryStatement: `SELECT COUNT(*) FROM ${store}` }))
  await trail.send(new GetQueryResultsCommand({ QueryId }))
  await trail.send(new GetQueryResultsCommand({ QueryId }))
  await expect(trail.send(new CancelQueryCommand({ QueryId }))).rejects.toMatchObject({ name: 'InactiveQueryException' })
})

test('a query is described; the store says what it keeps', async () => {
  const { trail } = await tightened()
  const { EventDataStores } = await trail.send(new ListEventDataStoresCommand({}))
  const EventDataStore = EventDataStores?.[0]?.EventDataStoreArn ?? ''
  expect(await trail.send(new GetEventDataStoreCommand({ EventDataStore }))).toMatchObject({ Status: 'ENABLED', RetentionPeriod: 366 })
  const { QueryId } = await trail.send(
    new StartQueryCommand({ QueryStatement: `SELECT COUNT(*) FROM ${EventDataStore.split('/').at(-1)}` }),
  )
  await trail.send(new DescribeQueryCommand({ QueryId }))
  const described = await trail.send(new DescribeQueryCommand({ QueryId }))
  expect(described.QueryStatus).toBe('FINISHED')
  expect(described.QueryStatistics?.EventsMatched).toBeGreaterThan(4_000)
})

test('the trail is that of the published example', async () => {
  const { trail } = sandboxClients()
  const { trailList } = await trail.send(new DescribeTrailsCommand({}))
  expect(trailList).toMatchObject([{ Name: 'management-events-trail', S3BucketName: 'audit-logs-bucket', S3KeyPrefix: 'cloudtrail' }])
  const TrailName = trailList?.[0]?.TrailARN ?? ''
  expect((await trail.send(new GetTrailStatusCommand({ Name: TrailName }))).IsLogging).toBe(true)
  const { EventSelectors } = await trail.send(new GetEventSelectorsCommand({ TrailName }))
  expect(EventSelectors?.[0]?.DataResources?.map(({ Type }) => Type)).toEqual(['AWS::S3::Object', 'AWS::Lambda::Function'])
  expect((await trail.send(new GetInsightSelectorsCommand({ TrailName }))).InsightSelectors).toHaveLength(2)
  await expect(trail.send(new GetTrailStatusCommand({ Name: 'other' }))).rejects.toMatchObject({ name: 'TrailNotFoundException' })
})
