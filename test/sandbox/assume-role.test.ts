import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import { DeleteRoleCommand, ListRolesCommand } from '@aws-sdk/client-iam'
import {
  AssumeRoleCommand,
  DecodeAuthorizationMessageCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
} from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import type { SandboxFixture } from '../../src/sandbox/index.ts'
import { ACCOUNT_ID, ACCOUNT_TRUST, assumed, clientsOf, oneRole, sandboxClients } from './sandbox-clients.ts'

const RoleArn = `arn:aws:iam::${ACCOUNT_ID}:role/app`
const assume = (extra: object = {}) => new AssumeRoleCommand({ RoleArn, RoleSessionName: 'work', ...extra })
const trusting = (Principal: unknown, extra: object = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...extra }],
})

test('a session answers as its role', async () => {
  const { sandbox } = oneRole({ trust: ACCOUNT_TRUST, attached: ['ReadOnlyAccess'] })
  const as = await assumed(sandbox, 'app')
  expect(await as.sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: ACCOUNT_ID,
    Arn: `arn:aws:sts::${ACCOUNT_ID}:assumed-role/app/work`,
    UserId: expect.stringMatching(/^AROA[A-Z2-7]{17}:work$/),
  })
  await as.iam.send(new ListRolesCommand({}))
})

test.each([
  ['nobody of this account', trusting({ Service: 'ec2.amazonaws.com' }), 'because no role trust policy allows the sts:AssumeRole action'],
  ['another user', trusting({ AWS: `arn:aws:iam::${ACCOUNT_ID}:user/ann` }), 'because no role trust policy allows'],
  [
    'an external id',
    trusting({ AWS: ACCOUNT_ID }, { Condition: { StringEquals: { 'sts:ExternalId': 'abc' } } }),
    'because no role trust policy',
  ],
  [
    'a second factor',
    trusting({ AWS: ACCOUNT_ID }, { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
    'because no role trust',
  ],
])('who is not trusted stays out: %s', async (_what, trust, reason) => {
  const { sts } = oneRole({ trust })
  await expect(sts.send(assume())).rejects.toMatchObject({ name: 'AccessDenied', message: expect.stringContaining(reason) })
})

test('an external id or a second factor opens what asks for it', async () => {
  const Condition = { StringEquals: { 'sts:ExternalId': 'abc' }, Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
  const { sts } = oneRole({ trust: trusting({ AWS: ACCOUNT_ID }, { Condition }) })
  const SerialNumber = `arn:aws:iam::${ACCOUNT_ID}:mfa/demo-admin`
  const { Credentials } = await sts.send(assume({ ExternalId: 'abc', SerialNumber, TokenCode: '123456' }))
  expect(Credentials?.AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/)
})

test('trust in the account leaves it to the own policies of who asks; trust in itself does not', async () => {
  const fixture: SandboxFixture = {
    roles: [
      { name: 'first', trust: ACCOUNT_TRUST },
      { name: 'app', trust: ACCOUNT_TRUST },
      { name: 'friend', trust: trusting({ AWS: `arn:aws:iam::${ACCOUNT_ID}:role/first` }) },
    ],
  }
  const { sandbox } = sandboxClients({ fixture })
  const first = await assumed(sandbox, 'first')
  await expect(first.sts.send(assume())).rejects.toThrow('because no identity-based policy allows the sts:AssumeRole action')
  await first.sts.send(assume({ RoleArn: RoleArn.replace('app', 'friend') }))
  await expect(first.sts.send(assume({ RoleArn: RoleArn.replace('app', 'friend'), DurationSeconds: 7200 }))).rejects.toMatchObject({
    name: 'ValidationError',
  })
})

test('a session ends, and with it its credentials; a wrong token is none', async () => {
  const { sandbox, clock } = oneRole({ trust: ACCOUNT_TRUST })
  const { Credentials } = await clientsOf(sandbox).sts.send(assume({ DurationSeconds: 900 }))
  const accessKeyId = Credentials?.AccessKeyId ?? ''
  const identify = (sessionToken: string) =>
    clientsOf(sandbox, 'us-east-1', { accessKeyId, secretAccessKey: 's', sessionToken }).sts.send(new GetCallerIdentityCommand({}))
  await identify(Credentials?.SessionToken ?? '')
  await expect(identify('wrong')).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  clock.at = new Date(clock.at.getTime() + 900_000)
  await expect(identify(Credentials?.SessionToken ?? '')).rejects.toMatchObject({ name: 'ExpiredToken' })
})

test('the session of a deleted role is over', async () => {
  const { sandbox, iam } = oneRole({ trust: ACCOUNT_TRUST })
  const as = await assumed(sandbox, 'app')
  await iam.send(new DeleteRoleCommand({ RoleName: 'app' }))
  await expect(as.iam.send(new ListRolesCommand({}))).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
})

test('taking a role is an event that leads to the calls of the session', async () => {
  const { sandbox, trail, clock } = oneRole({ trust: ACCOUNT_TRUST })
  const as = await assumed(sandbox, 'app')
  await expect(as.iam.send(new ListRolesCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' })
  clock.at = new Date(clock.at.getTime() + 600_000)
  const lookup = (AttributeKey: 'ResourceName' | 'AccessKeyId', AttributeValue: string) =>
    trail.send(new LookupEventsCommand({ LookupAttributes: [{ AttributeKey, AttributeValue }] }))
  const [taking] = (await lookup('ResourceName', RoleArn)).Events ?? []
  expect(taking).toMatchObject({ EventName: 'AssumeRole', ReadOnly: 'true' })
  const key = JSON.parse(taking?.CloudTrailEvent ?? '{}').responseElements.credentials.accessKeyId
  expect((await lookup('AccessKeyId', key)).Events?.map(({ EventName }) => EventName)).toEqual(['ListRoles'])
})

test('a key belongs to this account, and no denial is encoded', async () => {
  const { sts } = oneRole()
  expect((await sts.send(new GetAccessKeyInfoCommand({ AccessKeyId: 'AKIAEXAMPLEEXAMPLE12' }))).Account).toBe(ACCOUNT_ID)
  const decode = new DecodeAuthorizationMessageCommand({ EncodedMessage: 'abc' })
  await expect(sts.send(decode)).rejects.toMatchObject({ name: 'InvalidAuthorizationMessageException' })
})
