import { type LookupAttributeKey, LookupEventsCommand, type LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail'
import { DeleteRolePolicyCommand, GetRolePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import type { SandboxFixture } from '../../src/sandbox/index.ts'
import { allowText, clientsOf, EPOCH, oneRole, sandboxClients } from './sandbox-clients.ts'

const HOUR = 3_600_000
const after = (hours: number): Date => new Date(EPOCH.getTime() + hours * HOUR)

type Clients = ReturnType<typeof sandboxClients>

async function events({ trail }: Pick<Clients, 'trail'>, input: LookupEventsCommandInput = {}) {
  const { Events = [] } = await trail.send(new LookupEventsCommand(input))
  return Events.map((event) => ({ ...event, record: JSON.parse(event.CloudTrailEvent ?? '{}') }))
}

const by = (AttributeKey: LookupAttributeKey, AttributeValue: string): LookupEventsCommandInput => ({
  LookupAttributes: [{ AttributeKey, AttributeValue }],
})

/** `app` describes snapshots every hour, and copies one every day. */
const busy = () =>
  oneRole({
    inline: { work: allowText('rds:DescribeDBSnapshots', 'rds:CopyDBSnapshot', 's3:GetObject') },
    usage: [
      { actions: ['rds:DescribeDBSnapshots'], daysAgo: 0, everyDays: 1 / 24 },
      { actions: ['rds:CopyDBSnapshot'], daysAgo: 0.5, everyDays: 1 },
      { actions: ['s3:GetObject'], daysAgo: 0, everyDays: 1 / 24 },
    ],
  })

const put = (...actions: readonly string[]) =>
  new PutRolePolicyCommand({ RoleName: 'app', PolicyName: 'work', PolicyDocument: allowText(...actions) })

test('workloads live on: their calls arrive one after another, newest first, without the calls on data', async () => {
  const account = busy()
  account.clock.at = after(3)
  const seen = await events(account, { StartTime: after(-14) })
  const calls = seen.filter(({ EventSource }) => EventSource === 'rds.amazonaws.com')
  expect(calls.map(({ EventName }) => EventName).filter((name) => name === 'CopyDBSnapshot')).toHaveLength(1)
  expect(calls.map(({ EventName }) => EventName).filter((name) => name === 'DescribeDBSnapshots')).toHaveLength(17)
  expect(seen.some(({ EventSource }) => EventSource === 's3.amazonaws.com')).toBe(false)
  const times = seen.map(({ EventTime }) => EventTime?.getTime() ?? 0)
  expect(times).toEqual(times.toSorted((a, b) => b - a))
  expect(Math.max(...times)).toBe(after(2).getTime())
})

test('what a tightening took away is denied from then on, in the words of AWS, until it is given back', async () => {
  const account = busy()
  const original = await account.iam.send(new GetRolePolicyCommand({ RoleName: 'app', PolicyName: 'work' }))
  account.clock.at = after(1)
  await account.iam.send(put('rds:DescribeDBSnapshots', 's3:GetObject'))
  account.clock.at = after(13)
  const copies = by('EventName', 'CopyDBSnapshot')
  const [denied, earlier] = await events(account, copies)
  expect(denied).toMatchObject({ EventTime: after(12), ReadOnly: 'false', record: { errorCode: 'AccessDenied' } })
  expect(denied?.record.errorMessage).toMatch(
    /^User: arn:aws:sts::123456789012:assumed-role\/app\/\S+ is not authorized to perform: rds:CopyDBSnapshot on resource: arn:aws:rds:us-east-1:123456789012:snapshot:app because no identity-based policy allows the rds:CopyDBSnapshot action$/,
  )
  expect(denied?.record.userIdentity.sessionContext.sessionIssuer.arn).toBe('arn:aws:iam::123456789012:role/app')
  expect(earlier?.record.errorCode).toBeUndefined()

  const PolicyDocument = decodeURIComponent(original.PolicyDocument ?? '')
  await account.iam.send(new PutRolePolicyCommand({ RoleName: 'app', PolicyName: 'work', PolicyDocument }))
  account.clock.at = after(37)
  const codes = (await events(account, copies)).slice(0, 2).map(({ record }) => record.errorCode)
  expect(codes).toEqual([undefined, 'AccessDenied'])
})

test('a workload that takes a role is a reading event, as CloudTrail counts it', async () => {
  const account = oneRole({
    inline: { work: allowText('sts:AssumeRole') },
    usage: [{ actions: ['sts:AssumeRole'], daysAgo: 0, everyDays: 1 / 24 }],
  })
  account.clock.at = after(3)
  const taken = await events(account, by('EventName', 'AssumeRole'))
  expect(taken.some(({ record }) => record.userIdentity.type === 'AssumedRole')).toBe(true)
  expect(new Set(taken.map(({ ReadOnly }) => ReadOnly))).toEqual(new Set(['true']))
  expect(await events(account, by('ReadOnly', 'false'))).toEqual([])
})

test('a denial can be seen only when it has arrived', async () => {
  const account = busy()
  await account.iam.send(put('s3:GetObject'))
  const seen = async (minutes: number) => {
    account.clock.at = new Date(after(1).getTime() + minutes * 60_000)
    return (await events(account, by('EventName', 'DescribeDBSnapshots'))).filter(({ record }) => record.errorCode !== undefined)
  }
  expect(await seen(4)).toHaveLength(1)
  expect(await seen(5)).toHaveLength(2)
})

test('the delay can be shortened', async () => {
  const account = sandboxClients({
    fixture: { roles: [{ name: 'app', usage: [{ actions: ['ec2:DescribeVpcs'], daysAgo: 0, everyDays: 1 }] }] },
    trailDelaySeconds: 0,
  })
  expect((await events(account, by('EventName', 'DescribeVpcs')))[0]?.EventTime).toEqual(EPOCH)
})

test.each<[string, string, object, string]>([
  ['EC2', 'ec2:RebootInstances', {}, 'Client.UnauthorizedOperation'],
  ['a JSON service', 'athena:GetQueryResults', {}, 'AccessDeniedException'],
  ['an XML service', 'sns:CreateTopic', {}, 'AccessDenied'],
])('%s denies with its own code', async (_what, action, _rest, code) => {
  const account = oneRole({ inline: { work: allowText(action) }, usage: [{ actions: [action], daysAgo: 0, everyDays: 1 / 24 }] })
  await account.iam.send(new DeleteRolePolicyCommand({ RoleName: 'app', PolicyName: 'work' }))
  account.clock.at = after(2)
  const [event] = await events(account, by('EventName', action.split(':')[1] ?? ''))
  expect(event?.record.errorCode).toBe(code)
  expect(event?.record.errorMessage).toContain(`is not authorized to perform: ${action}`)
})

test('a workload meets the conditions of its policy, and stays what it was when they are changed', async () => {
  const policy = (Resource: string, owner: string) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'ssm:GetParameter', Resource, Condition: { StringEquals: { 'aws:ResourceTag/owner': owner } } }],
  })
  const parameter = 'arn:aws:ssm:us-east-1:123456789012:parameter/app/*'
  const account = oneRole({
    inline: { work: policy(parameter, 'web') },
    usage: [{ actions: ['ssm:GetParameter'], daysAgo: 0, everyDays: 1 / 24 }],
  })
  const write = (document: object) =>
    account.iam.send(new PutRolePolicyCommand({ RoleName: 'app', PolicyName: 'work', PolicyDocument: JSON.stringify(document) }))
  const newest = async (hours: number) => {
    account.clock.at = after(hours)
    return (await events(account, by('EventName', 'GetParameter')))[0]?.record.errorCode
  }
  await write(policy('*', 'web'))
  expect(await newest(2)).toBeUndefined()
  await write(policy(parameter, 'mobile'))
  expect(await newest(4)).toBe('AccessDeniedException')
  await write(policy(parameter.replace('app', 'other'), 'web'))
  expect(await newest(6)).toBe('AccessDeniedException')
  await write(policy(parameter, 'web'))
  expect(await newest(8)).toBeUndefined()
})

test('pages of fifty follow one another without a gap or a repetition', async () => {
  const fixture: SandboxFixture = {
    roles: ['a', 'b', 'c'].map((name) => ({
      name,
      usage: [{ actions: ['ec2:DescribeVpcs', 'rds:ListTagsForResource'], daysAgo: 0, everyDays: 1 }],
    })),
  }
  const account = sandboxClients({ fixture })
  account.clock.at = after(24 * 20)
  const ids: string[] = []
  let NextToken: string | undefined
  do {
    const page = await account.trail.send(new LookupEventsCommand({ StartTime: EPOCH, NextToken }))
    ids.push(...(page.Events ?? []).map(({ EventId }) => EventId ?? ''))
    expect(page.Events?.length ?? 0).toBeLessThanOrEqual(50)
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  const calls = 3 * 2 * 20
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBeGreaterThanOrEqual(calls)
  const [one] = await events(account, by('EventId', ids[70] ?? ''))
  expect(one?.EventId).toBe(ids[70])
})

test('taking a role leads to the calls of its session', async () => {
  const account = busy()
  account.clock.at = after(30)
  const [opening] = await events(account, by('ResourceName', 'arn:aws:iam::123456789012:role/app'))
  expect(opening?.record).toMatchObject({ eventName: 'AssumeRole', userIdentity: { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' } })
  const key = opening?.record.responseElements.credentials.accessKeyId
  const calls = await events(account, by('AccessKeyId', key))
  expect(calls.length).toBeGreaterThan(0)
  expect(new Set(calls.map(({ AccessKeyId }) => AccessKeyId))).toEqual(new Set([key]))
})

test.each([
  ['two attributes', { LookupAttributes: [by('EventName', 'a'), by('EventName', 'b')].flatMap((one) => one.LookupAttributes ?? []) }],
  ['too many results', { MaxResults: 51 }],
  ['a token of another question', { NextToken: 'abc' }],
])('%s are refused', async (_what, input) => {
  await expect(events(busy(), input)).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } })
})

test('a Region shows its own events only', async () => {
  const account = busy()
  account.clock.at = after(5)
  expect(await events(clientsOf(account.sandbox, 'eu-west-1'))).toEqual([])
})

test('the step that a role of the demo takes once a quarter is denied after a tightening', async () => {
  const account = sandboxClients()
  const { iam } = account
  const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand({ RoleName: 'quarter-close-role', PolicyName: 'close' }))
  const tightened = decodeURIComponent(PolicyDocument).replace(',"rds:CopyDBSnapshot"', '')
  await iam.send(new PutRolePolicyCommand({ RoleName: 'quarter-close-role', PolicyName: 'close', PolicyDocument: tightened }))
  account.clock.at = after(24 * 3)
  const [event] = await events(account, by('EventName', 'CopyDBSnapshot'))
  expect(event?.record).toMatchObject({ errorCode: 'AccessDenied', eventSource: 'rds.amazonaws.com' })
  expect(event?.EventTime?.getTime()).toBeGreaterThan(EPOCH.getTime())
})

test('insights are events of their own kind: there are none', async () => {
  const account = busy()
  account.clock.at = after(3)
  expect(await events(account, { EventCategory: 'insight' })).toEqual([])
})
