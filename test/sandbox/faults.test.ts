import { ListFindingsV2Command } from '@aws-sdk/client-accessanalyzer'
import { GetRolePolicyCommand, IAMClient, ListRolesCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { type FaultVerdict, scriptedFaults } from '../../src/sandbox/index.ts'
import { allowText, clientsOf, sandboxClients } from './sandbox-clients.ts'

const put = new PutRolePolicyCommand({ RoleName: 'app', PolicyName: 'p', PolicyDocument: allowText('s3:GetObject') })
const read = new GetRolePolicyCommand({ RoleName: 'app', PolicyName: 'p' })

const failing = (verdict: FaultVerdict, n?: number) =>
  sandboxClients({
    fixture: { roles: [{ name: 'app' }] },
    faults: scriptedFaults([{ operation: 'PutRolePolicy', verdict, ...(n === undefined ? {} : { n }) }]),
  })

test.each<[FaultVerdict, object]>([
  [{ kind: 'throttle' }, { name: 'Throttling', $metadata: { httpStatusCode: 400 } }],
  [{ kind: 'server-error' }, { $metadata: { httpStatusCode: 500 } }],
  [{ kind: 'server-error', status: 503 }, { $metadata: { httpStatusCode: 503 } }],
  [{ kind: 'html-error' }, { $metadata: { httpStatusCode: 502 } }],
  [
    { kind: 'access-denied' },
    { name: 'AccessDenied', message: expect.stringContaining(' on resource: '), $metadata: { httpStatusCode: 403 } },
  ],
  [{ kind: 'connection-reset' }, { code: 'ECONNRESET' }],
  [{ kind: 'error', code: 'ConcurrentModification', status: 409, message: 'x' }, { name: 'ConcurrentModificationException' }],
])('%j: nothing is written', async (verdict, expected) => {
  const { iam } = failing(verdict)
  await expect(iam.send(put)).rejects.toMatchObject(expected)
  await expect(iam.send(read)).rejects.toMatchObject({ name: 'NoSuchEntityException' })
})

test('a lost response: the client sees a broken connection, the write is there', async () => {
  const { iam, sandbox } = failing({ kind: 'response-lost' })
  await expect(iam.send(put)).rejects.toMatchObject({ code: 'ECONNRESET' })
  expect(decodeURIComponent((await iam.send(read)).PolicyDocument ?? '')).toBe(allowText('s3:GetObject'))
  expect(sandbox.callLog.map(({ operation, outcome }) => `${operation} ${outcome}`)).toEqual([
    'PutRolePolicy ConnectionLost',
    'GetRolePolicy ok',
  ])
})

test('a fault on the second call leaves the first and the third alone', async () => {
  const { iam } = failing({ kind: 'throttle' }, 2)
  await iam.send(put)
  await expect(iam.send(put)).rejects.toMatchObject({ name: 'Throttling' })
  await iam.send(put)
})

test('reads show the account as it was before a write, until they catch up', async () => {
  const { iam, clock } = failing({ kind: 'stale-reads', seconds: 5 })
  await iam.send(put)
  await expect(iam.send(read)).rejects.toMatchObject({ name: 'NoSuchEntityException' })
  clock.at = new Date(clock.at.getTime() + 5_000)
  expect((await iam.send(read)).PolicyName).toBe('p')
})

test.each([
  ['before', 's3:GetObject'],
  ['after', 'sqs:SendMessage'],
] as const)('another administrator edits just %s the call', async (when, left) => {
  const params = { RoleName: 'app', PolicyName: 'p', PolicyDocument: allowText('sqs:SendMessage') }
  const { iam, sandbox } = failing({ kind: 'edit', operation: 'PutRolePolicy', params, when })
  await iam.send(put)
  expect(decodeURIComponent((await iam.send(read)).PolicyDocument ?? '')).toBe(allowText(left))
  expect(sandbox.callLog.filter(({ operation }) => operation === 'PutRolePolicy')).toHaveLength(2)
})

test.each<FaultVerdict>([{ kind: 'truncated-body' }, { kind: 'html-ok' }])('$kind: the answer cannot be read', async (verdict) => {
  const { sandbox } = sandboxClients({ fixture: { roles: [{ name: 'app' }] }, faults: scriptedFaults([{ operation: '*', verdict }]) })
  const { iam } = clientsOf(sandbox)
  const answer = await iam.send(new ListRolesCommand({})).then(
    ({ Roles }) => Roles?.length ?? 'nothing',
    (error: Error) => error.name,
  )
  expect(answer).not.toBe(1)
})

test('latency makes every call slow, and can be cancelled', async () => {
  const { iam } = sandboxClients({ fixture: {}, latencyMs: 60_000 })
  const cancel = new AbortController()
  const call = iam.send(new ListRolesCommand({}), { abortSignal: cancel.signal })
  cancel.abort()
  await expect(call).rejects.toMatchObject({ name: 'AbortError' })
})

test('a throttled call is retried by the SDK and succeeds', async () => {
  const faults = scriptedFaults([{ operation: 'ListRoles', n: 1, verdict: { kind: 'connection-reset' } }])
  const { sandbox } = sandboxClients({ fixture: {}, faults })
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
  const iam = new IAMClient({ region: 'us-east-1', credentials, requestHandler: sandbox.requestHandler })
  await iam.send(new ListRolesCommand({}))
  expect(sandbox.callLog.map(({ outcome }) => outcome)).toEqual(['ConnectionLost', 'ok'])
})

test('a slow call can be cancelled', async () => {
  const faults = scriptedFaults([{ operation: 'ListRoles', verdict: { kind: 'delay', ms: 60_000 } }])
  const { iam } = sandboxClients({ fixture: {}, faults })
  const cancel = new AbortController()
  const call = iam.send(new ListRolesCommand({}), { abortSignal: cancel.signal })
  cancel.abort()
  await expect(call).rejects.toMatchObject({ name: 'AbortError' })
})

test('Access Analyzer fails in its own words', async () => {
  const faults = scriptedFaults([{ operation: 'ListFindingsV2', verdict: { kind: 'access-denied' } }])
  const { analyzer } = sandboxClients({ fixture: {}, faults })
  await expect(analyzer.send(new ListFindingsV2Command({ analyzerArn: 'x' }))).rejects.toMatchObject({ name: 'AccessDeniedException' })
})
