import { describe, expect, it, onTestFinished } from 'vitest'
import { createAwsClients } from '../../src/aws/clients.ts'
import { createObservationReader } from '../../src/aws/observation-reader.ts'
import { createCalledActions } from '../../src/evidence/called-actions.ts'
import { loadCatalog } from '../../src/policy/catalog.ts'
import { openSandbox, type SandboxFixture } from '../../src/sandbox/index.ts'
import { accountWith } from './support/accounts.ts'

const now = new Date('2024-04-01T10:30:00Z')
const from = new Date('2024-01-02T10:30:00Z')
const roleArn = 'arn:aws:iam::123456789012:role/app'
const work = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] }
const fixture: SandboxFixture = {
  roles: [
    {
      name: 'app',
      createdDaysAgo: 400,
      inline: { work },
      usage: [
        { actions: ['s3:GetObject'], daysAgo: 5, everyDays: 10, calls: 9 },
        { actions: ['s3:CreateBucket'], daysAgo: 20, everyDays: 30, calls: 3 },
      ],
    },
  ],
}

/** Counts the calls of an embedded account where some operations are denied. */
async function countCalls(denied: RegExp) {
  const sandbox = openSandbox({
    database: ':memory:',
    now: () => now,
    fixture,
    faults: ({ operation }) => (denied.test(operation) ? { kind: 'access-denied' } : null),
  })
  const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' }
  const clients = createAwsClients({ requestHandler: sandbox.requestHandler, credentials, region: 'us-east-1' })
  onTestFinished(() => {
    clients.destroy()
    sandbox.close()
  })
  const reader = createObservationReader(clients, createCalledActions(loadCatalog()))
  return (await reader.readObservations(accountWith('app'), { from, to: now })).calls
}

describe('calls of roles', () => {
  it.each([
    ['CloudTrail Lake', /^never$/, /^a billed query of CloudTrail Lake, event data store /],
    [
      'CloudWatch Logs Insights, where there is no Lake',
      /^ListEventDataStores$/,
      /^a billed query of CloudWatch Logs Insights, log group /,
    ],
  ])('are counted by %s, with the newest of each action, data events too', async (_, denied, why) => {
    const { status, why: said, value } = await countCalls(denied)
    expect([status, said]).toEqual(['connected', expect.stringMatching(why)])
    expect(value.find((one) => one.roleArn === roleArn)).toEqual({
      roleArn,
      calls: 12,
      uses: expect.arrayContaining([
        { action: 's3:GetObject', at: expect.stringMatching(/^2024-03-2\d/), denied: false },
        { action: 's3:CreateBucket', at: expect.stringMatching(/^2024-03-1\d/), denied: false },
      ]),
    })
  })

  it('are not counted, with the reason, where neither may be asked', async () => {
    const { status, why } = await countCalls(/^(ListEventDataStores|DescribeLogGroups)$/)
    expect([status, why]).toEqual(['missing', expect.stringMatching(/^ListEventDataStores: access denied/)])
  })
})
