import { connect } from 'node:net'
import { IAMClient, ListRolesCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { expect, onTestFinished, test } from 'vitest'
import { openSandbox, scriptedFaults, serveSandbox } from '../../src/sandbox/index.ts'
import { ACCOUNT_ID, allowText, EPOCH } from './sandbox-clients.ts'

async function served(faults?: Parameters<typeof openSandbox>[0]['faults']) {
  const sandbox = openSandbox({ database: ':memory:', now: () => EPOCH, fixture: { roles: [{ name: 'app' }] }, faults })
  const server = await serveSandbox(sandbox, { port: 0 })
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
  const iam = new IAMClient({ region: 'eu-west-1', endpoint: server.url, credentials, maxAttempts: 1 })
  onTestFinished(async () => {
    iam.destroy()
    await server.close()
    sandbox.close()
  })
  return { server, iam }
}

const signed = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKID/20261102/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=00`,
})

test('other clients reach the account over loopback HTTP', async () => {
  const { iam, server } = await served()
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect((await iam.send(new ListRolesCommand({}))).Roles?.map(({ RoleName }) => RoleName)).toEqual(['app'])
  await expect(
    iam.send(new PutRolePolicyCommand({ RoleName: 'none', PolicyName: 'p', PolicyDocument: allowText('s3:*') })),
  ).rejects.toMatchObject({
    name: 'NoSuchEntityException',
    $metadata: { httpStatusCode: 404 },
  })
})

test('a lost response ends the connection', async () => {
  const { iam } = await served(scriptedFaults([{ operation: 'ListRoles', verdict: { kind: 'response-lost' } }]))
  await expect(iam.send(new ListRolesCommand({}))).rejects.toMatchObject({ code: 'ECONNRESET' })
})

test.each([
  ['an unsigned request', {}, 'Action=ListRoles', 403, 'MissingAuthenticationToken'],
  ['an unknown operation', signed('iam'), 'Action=BrewCoffee&Version=2010-05-08', 400, 'InvalidAction'],
  ['a query service that is not here', signed('ec2'), 'Action=DescribeVpcs&Version=2016-11-15', 400, 'InvalidAction'],
])('%s is refused as AWS refuses it', async (_what, headers, body, status, code) => {
  const { server } = await served()
  const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
  const answer = await fetch(server.url, { method: 'POST', headers: { ...headers, ...form }, body })
  expect([answer.status, /<Code>(.*)<\/Code>/.exec(await answer.text())?.[1]]).toEqual([status, code])
})

const IDENTITY = 'Action=GetCallerIdentity&Version=2011-06-15'
const presigned = `${IDENTITY}&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent('AKID/20261102/us-east-1/sts/aws4_request')}&X-Amz-Signature=00`
const regionless = { authorization: 'AWS4-ECDSA-P256-SHA256 Credential=AKID/20261102/sts/aws4_request, SignedHeaders=host, Signature=00' }

test.each<[what: string, path: string, request: RequestInit]>([
  ['in the address, presigned', `/?${presigned}`, {}],
  ['in the address', `/?${IDENTITY}`, { headers: signed('sts') }],
  [
    'with parameters in another order',
    '/',
    { method: 'POST', headers: signed('sts'), body: 'Version=2011-06-15&Action=GetCallerIdentity' },
  ],
  ['signed for every Region', '/', { method: 'POST', headers: regionless, body: IDENTITY }],
  ['asking for a compressed answer', '/', { method: 'POST', headers: { ...signed('sts'), 'accept-encoding': 'gzip' }, body: IDENTITY }],
  ['in chunks', '/', { method: 'POST', headers: signed('sts'), body: new Blob([IDENTITY]).stream(), duplex: 'half' }],
])('a query is read however it is sent: %s', async (_what, path, request) => {
  const { server } = await served()
  const answer = await fetch(`${server.url}${path}`, request)
  expect([answer.status, /<Arn>(.*)<\/Arn>/.exec(await answer.text())?.[1]]).toEqual([200, `arn:aws:iam::${ACCOUNT_ID}:user/demo-admin`])
})

test('a path that is not percent-encoded is refused, not dropped', async () => {
  const { server } = await served()
  const answer = await fetch(`${server.url}/analyzer/%zz`, { headers: signed('access-analyzer') })
  expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([400, 'ValidationException'])
})

test('a JSON service that is not here is refused in JSON', async () => {
  const { server } = await served()
  const headers = { ...signed('dynamodb'), 'x-amz-target': 'DynamoDB_20120810.ListTables', 'content-type': 'application/x-amz-json-1.0' }
  const answer = await fetch(server.url, { method: 'POST', headers, body: '{}' })
  expect([answer.status, await answer.json()]).toEqual([
    400,
    { __type: 'UnknownOperationException', message: 'The operation ListTables of dynamodb is not known' },
  ])
})

test.each([
  ['iam', { 'content-type': 'application/x-www-form-urlencoded' }, 413, /<Code>RequestEntityTooLarge<\/Code>/],
  ['cloudtrail', { 'content-type': 'application/x-amz-json-1.1' }, 400, /"__type":"RequestEntityTooLarge"/],
])('a body of megabytes for %s is refused, and the server goes on', async (service, type, status, refusal) => {
  const { server, iam } = await served()
  const answer = await fetch(server.url, { method: 'POST', headers: { ...signed(service), ...type }, body: 'a'.repeat(3_000_000) })
  expect([answer.status, await answer.text()]).toEqual([status, expect.stringMatching(refusal)])
  expect((await iam.send(new ListRolesCommand({}))).Roles).toHaveLength(1)
})

test('a client that leaves in the middle of its request does not end the server', async () => {
  const { server, iam } = await served()
  await new Promise<void>((resolve) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => {
      socket.write('POST / HTTP/1.1\r\nHost: sandbox\r\nContent-Length: 1000\r\n\r\nAction=', () => socket.destroy())
    })
    socket.on('close', () => resolve())
  })
  expect((await iam.send(new ListRolesCommand({}))).Roles).toHaveLength(1)
})

test('closing ends open connections and frees the port', async () => {
  const { server, iam } = await served()
  await iam.send(new ListRolesCommand({}))
  await server.close()
  await expect(fetch(server.url)).rejects.toThrow()
})
