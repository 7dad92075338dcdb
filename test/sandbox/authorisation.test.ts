import { GetAnalyzerCommand, ListAnalyzersCommand } from '@aws-sdk/client-accessanalyzer'
import { DescribeTrailsCommand, LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import {
  AttachRolePolicyCommand,
  GetRoleCommand,
  GetUserCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
} from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { entityId } from '../../src/sandbox/state/ids.ts'
import { ACCOUNT_ID, ACCOUNT_TRUST, allowText, assumed, awsPolicy, clientsOf, sandboxClients } from './sandbox-clients.ts'

type Statement = Readonly<Record<string, unknown>>

const policy = (...Statement: readonly Statement[]) => ({ Version: '2012-10-17', Statement })
const roleArn = (name: string) => `arn:aws:iam::${ACCOUNT_ID}:role/${name}`
const session = `arn:aws:sts::${ACCOUNT_ID}:assumed-role/worker/work`

/** A session of `worker` with these rights, in an account with a role `app` to work on. */
async function worker(rights: object, rest: object = {}) {
  const account = sandboxClients({
    fixture: {
      policies: [{ name: 'limit', versions: [policy({ Effect: 'Allow', Action: 'iam:Get*', Resource: '*' })] }],
      roles: [
        { name: 'app', path: '/team/', tags: { team: 'red' } },
        { name: 'worker', trust: ACCOUNT_TRUST, inline: { rights }, ...rest },
      ],
    },
  })
  return { ...account, as: await assumed(account.sandbox, 'worker') }
}

const getApp = new GetRoleCommand({ RoleName: 'app' })
const attach = (PolicyArn: string) => new AttachRolePolicyCommand({ RoleName: 'app', PolicyArn })

test('what no policy allows is refused in the words of AWS', async () => {
  const { as } = await worker(policy({ Effect: 'Allow', Action: 'iam:ListRoles', Resource: '*' }))
  await as.iam.send(new ListRolesCommand({}))
  await expect(as.iam.send(getApp)).rejects.toMatchObject({
    name: 'AccessDenied',
    message: `User: ${session} is not authorized to perform: iam:GetRole on resource: role app because no identity-based policy allows the iam:GetRole action`,
    $metadata: { httpStatusCode: 403 },
  })
})

test('an explicit deny names the policy that denies', async () => {
  const denying = policy({ Effect: 'Deny', Action: 'iam:GetRole', Resource: roleArn('team/*') })
  const account = sandboxClients({
    fixture: {
      policies: [{ name: 'no-looking', versions: [denying] }],
      roles: [
        { name: 'app', path: '/team/' },
        { name: 'worker', trust: ACCOUNT_TRUST, attached: ['no-looking', 'AdministratorAccess'] },
      ],
    },
  })
  const as = await assumed(account.sandbox, 'worker')
  const explicit = `with an explicit deny in an identity-based policy: arn:aws:iam::${ACCOUNT_ID}:policy/no-looking`
  await expect(as.iam.send(getApp)).rejects.toThrow(explicit)
  await as.iam.send(new GetRoleCommand({ RoleName: 'worker' }))
})

test('a boundary caps what the identity policies allow', async () => {
  const { as } = await worker(policy({ Effect: 'Allow', Action: 'iam:*', Resource: '*' }), { boundary: 'limit' })
  await as.iam.send(getApp)
  await expect(as.iam.send(new ListRolesCommand({}))).rejects.toThrow('because no permissions boundary allows the iam:ListRoles action')
})

test('a session policy caps the session, not the role', async () => {
  const { as, sandbox } = await worker(policy({ Effect: 'Allow', Action: 'iam:*', Resource: '*' }))
  const narrow = await assumed(sandbox, 'worker', { Policy: allowText('iam:GetRole') })
  await narrow.iam.send(getApp)
  await expect(narrow.iam.send(new ListRolesCommand({}))).rejects.toThrow('because no session policy allows the iam:ListRoles action')
  await as.iam.send(new ListRolesCommand({}))
})

test.each<[string, Statement, 'allowed' | 'denied']>([
  ['the ARN with the path of the role', { Resource: roleArn('team/app') }, 'allowed'],
  ['another role', { Resource: roleArn('app') }, 'denied'],
  ['the policy that is attached', { Condition: { ArnEquals: { 'iam:PolicyARN': awsPolicy('ReadOnlyAccess') } } }, 'allowed'],
  ['another policy', { Condition: { ArnLike: { 'iam:PolicyARN': awsPolicy('Admin*') } } }, 'denied'],
  ['a tag of the role', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } } }, 'allowed'],
  ['a boundary that it does not have', { Condition: { StringEquals: { 'iam:PermissionsBoundary': 'x' } } }, 'denied'],
  ['the principal', { Condition: { ArnLike: { 'aws:PrincipalArn': roleArn('work*') } } }, 'allowed'],
  ['the Region', { Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }, 'denied'],
  ['a time that is over', { Condition: { DateLessThan: { 'aws:CurrentTime': '2026-11-01T00:00:00Z' } } }, 'denied'],
  ['an encrypted connection', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, 'allowed'],
])('a right to attach can be tied to %s', async (_what, narrowing, expected) => {
  const { as } = await worker(policy({ Effect: 'Allow', Action: 'iam:AttachRolePolicy', Resource: '*', ...narrowing }))
  const outcome = await as.iam.send(attach(awsPolicy('ReadOnlyAccess'))).then(
    () => 'allowed',
    (error: Error) => (error.name === 'AccessDenied' ? 'denied' : error.name),
  )
  expect(outcome).toBe(expected)
})

test('tags of a request can be demanded', async () => {
  const condition = { StringEquals: { 'aws:RequestTag/team': 'red' }, 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } }
  const { as } = await worker(policy({ Effect: 'Allow', Action: 'iam:TagRole', Resource: '*', Condition: condition }))
  const tag = (Key: string, Value: string) => as.iam.send(new TagRoleCommand({ RoleName: 'app', Tags: [{ Key, Value }] }))
  await tag('team', 'red')
  await expect(tag('team', 'blue')).rejects.toMatchObject({ name: 'AccessDenied' })
  await expect(tag('cost', 'red')).rejects.toMatchObject({ name: 'AccessDenied' })
})

test('JSON services refuse in their own words', async () => {
  const { as } = await worker(policy({ Effect: 'Allow', Action: 'access-analyzer:ListAnalyzers', Resource: '*' }))
  await as.analyzer.send(new ListAnalyzersCommand({}))
  await expect(as.analyzer.send(new GetAnalyzerCommand({ analyzerName: 'x' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(`on resource: arn:aws:access-analyzer:us-east-1:${ACCOUNT_ID}:analyzer/x because`),
  })
  await expect(as.trail.send(new DescribeTrailsCommand({}))).rejects.toMatchObject({ name: 'AccessDeniedException' })
})

test('a refused write changes nothing and is no write', async () => {
  const { as, sandbox } = await worker(policy({ Effect: 'Allow', Action: 'iam:ListRoles', Resource: '*' }))
  const put = new PutRolePolicyCommand({ RoleName: 'app', PolicyName: 'p', PolicyDocument: allowText('s3:*') })
  await expect(as.iam.send(put)).rejects.toMatchObject({ name: 'AccessDenied' })
  expect(sandbox.newestWrite).toBeNull()
})

test('a denied call is in the event history of its session, once it has arrived', async () => {
  const { as, trail, clock } = await worker(policy({ Effect: 'Allow', Action: 'iam:ListRoles', Resource: '*' }))
  await expect(as.iam.send(getApp)).rejects.toMatchObject({ name: 'AccessDenied' })
  const lookup = new LookupEventsCommand({ LookupAttributes: [{ AttributeKey: 'Username', AttributeValue: 'work' }] })
  expect((await trail.send(lookup)).Events).toEqual([])
  clock.at = new Date(clock.at.getTime() + 301_000)
  const [event] = (await trail.send(lookup)).Events ?? []
  const record = JSON.parse(event?.CloudTrailEvent ?? '{}')
  expect(event).toMatchObject({ EventName: 'GetRole', EventSource: 'iam.amazonaws.com', ReadOnly: 'true', Username: 'work' })
  expect(record).toMatchObject({ errorCode: 'AccessDenied', requestParameters: null, userIdentity: { type: 'AssumedRole', arn: session } })
  expect(record.errorMessage).toContain('is not authorized to perform: iam:GetRole')
  expect(record.userIdentity.sessionContext.sessionIssuer.arn).toBe(roleArn('worker'))
})

test('a user signs with a key of its own and has the rights of its groups; an inactive key is none', async () => {
  const { sandbox } = sandboxClients({
    fixture: {
      groups: [{ name: 'readers', inline: { look: policy({ Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' }) } }],
      users: [{ name: 'ann', groups: ['readers'], accessKeys: [{ createdDaysAgo: 10 }, { createdDaysAgo: 5, inactive: true }] }],
    },
  })
  const key = (place: number) => ({ accessKeyId: entityId('AKIA', `${ACCOUNT_ID}/ann/${place}`), secretAccessKey: 's' })
  const ann = clientsOf(sandbox, 'us-east-1', key(0))
  expect((await ann.iam.send(new GetUserCommand({}))).User?.UserName).toBe('ann')
  expect((await ann.sts.send(new GetCallerIdentityCommand({}))).Arn).toBe(`arn:aws:iam::${ACCOUNT_ID}:user/ann`)
  await expect(ann.iam.send(new ListRolesCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' })
  const old = clientsOf(sandbox, 'us-east-1', key(1))
  await expect(old.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
})
