import { expect, test } from 'vitest'
import { sandboxClients } from './sandbox-clients.ts'

/** Services without an SDK client among the dependencies: the requests are written by hand. */
async function ask(service: string, target: string, body: object, account = sandboxClients()) {
  const answer = await account.sandbox.handle({
    method: 'POST',
    host: 'localhost',
    path: '/',
    query: {},
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=AKID/20261102/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=00`,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': target,
    },
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: JSON.parse(String(answer.body)) }
}

test('the organisation and its accounts', async () => {
  const { body } = await ask('organizations', 'AWSOrganizationsV20161128.ListAccounts', {})
  expect(body.Accounts.map(({ Id }: { Id: string }) => Id)).toContain('123456789012')
  const described = await ask('organizations', 'AWSOrganizationsV20161128.DescribeOrganization', {})
  expect(described.body.Organization).toMatchObject({ FeatureSet: 'ALL', MasterAccountId: '999988887777' })
  const unknown = await ask('organizations', 'AWSOrganizationsV20161128.DescribeAccount', { AccountId: '1' })
  expect(unknown).toMatchObject({ status: 400, body: { __type: 'AccountNotFoundException' } })
})

test.each([
  [{ MaxResults: 21 }, 'InvalidInputException'],
  [{ MaxResults: 0 }, 'InvalidInputException'],
  [{ NextToken: 'x' }, 'InvalidInputException'],
])('a list of accounts with %j is refused', async (body, type) => {
  expect(await ask('organizations', 'AWSOrganizationsV20161128.ListAccounts', body)).toMatchObject({ status: 400, body: { __type: type } })
})

test('a lookup attribute that is nothing is refused, not a failure', async () => {
  const refused = await ask('cloudtrail', 'CloudTrail_20131101.LookupEvents', { LookupAttributes: [null] })
  expect(refused).toMatchObject({ status: 400, body: { __type: 'InvalidLookupAttributesException' } })
})

test('a query over the log group of the trail is a job', async () => {
  const account = sandboxClients()
  const logs = (operation: string, body: object) => ask('logs', `Logs_20140328.${operation}`, body, account)
  const groups = (await logs('DescribeLogGroups', {})).body.logGroups
  const endTime = Date.parse('2026-11-02T09:00:00Z') / 1000
  const { body } = await logs('StartQuery', {
    logGroupName: groups[0].logGroupName,
    startTime: endTime - 90 * 86_400,
    endTime,
    queryString:
      'filter userIdentity.sessionContext.sessionIssuer.arn = "arn:aws:iam::123456789012:role/quarter-close-role" and eventSource like /rds|athena/ | stats count(*) as calls by eventSource, eventName | sort calls desc | limit 2',
  })
  const queryId = body.queryId
  expect((await logs('GetQueryResults', { queryId })).body.status).toBe('Running')
  const done = (await logs('GetQueryResults', { queryId })).body
  expect(done.status).toBe('Complete')
  expect(done.results).toHaveLength(2)
  expect(done.results[0].map(({ field }: { field: string }) => field)).toEqual(['eventSource', 'eventName', 'calls'])
})

test.each([
  [{ logGroupName: 'nothing', startTime: 1, endTime: 2, queryString: 'fields eventName' }, 'ResourceNotFoundException'],
  [{ logGroupName: 'aws-cloudtrail-logs-management', startTime: 1, endTime: 2, queryString: 'brew coffee' }, 'MalformedQueryException'],
])('%j is refused', async (body, type) => {
  expect(await ask('logs', 'Logs_20140328.StartQuery', body)).toMatchObject({ status: 400, body: { __type: type } })
})

test('an unknown operation is refused', async () => {
  const refused = await ask('cloudtrail', 'CloudTrail_20131101.BrewCoffee', {})
  expect(refused).toMatchObject({ status: 400, body: { __type: 'UnknownOperationException' } })
})
