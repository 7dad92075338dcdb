import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import {
  CreateRoleCommand,
  GetRolePolicyCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSandbox, resetDemo, type Sandbox, SandboxUnusable } from '../../src/sandbox/index.ts'
import { allowText, clientsOf, EC2_TRUST, EPOCH } from './sandbox-clients.ts'

let folder = ''
let database = ''
const open: Sandbox[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-'))
  database = join(folder, 'demo.sqlite')
})
afterEach(() => {
  for (const sandbox of open.splice(0)) sandbox.close()
  rmSync(folder, { recursive: true })
})

function opened(now = EPOCH) {
  const sandbox = openSandbox({ database, now: () => now, fixture: { roles: [{ name: 'app' }] } })
  open.push(sandbox)
  return { sandbox, ...clientsOf(sandbox) }
}

const later = new Date(EPOCH.getTime() + 3_600_000)
const put = new PutRolePolicyCommand({ RoleName: 'app', PolicyName: 'p', PolicyDocument: allowText('s3:GetObject') })
const read = new GetRolePolicyCommand({ RoleName: 'app', PolicyName: 'p' })

test('what one process writes, another one sees at once', async () => {
  const one = opened()
  const other = opened(later)
  await one.iam.send(put)
  expect(decodeURIComponent((await other.iam.send(read)).PolicyDocument ?? '')).toBe(allowText('s3:GetObject'))
})

test('the epoch is fixed when the account is made; the newest write is remembered', async () => {
  const first = opened()
  expect([first.sandbox.epoch, first.sandbox.newestWrite]).toEqual(['2026-11-02T09:00:00Z', null])
  const second = opened(later)
  await second.iam.send(put)
  expect([second.sandbox.epoch, first.sandbox.newestWrite]).toEqual(['2026-11-02T09:00:00Z', '2026-11-02T10:00:00Z'])
})

test('a refused write is no write', async () => {
  const { sandbox, iam } = opened()
  const malformed = new PutRolePolicyCommand({ RoleName: 'app', PolicyName: 'p', PolicyDocument: '{}' })
  await expect(iam.send(malformed)).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' })
  expect(sandbox.newestWrite).toBeNull()
})

test('only the owner can read the file', () => {
  opened()
  expect(statSync(database).mode & 0o777).toBe(0o600)
})

test('a reset renews the account, also under a process that has it open', async () => {
  const { sandbox, iam } = opened()
  await iam.send(new CreateRoleCommand({ RoleName: 'made', AssumeRolePolicyDocument: EC2_TRUST }))
  resetDemo(database)
  expect((await iam.send(new ListRolesCommand({}))).Roles?.map(({ RoleName }) => RoleName)).toEqual(['app'])
  expect(sandbox.newestWrite).toBeNull()
})

test('a reset gets rid of a file that is no database', () => {
  writeFileSync(database, 'not a database, but long enough to look like one to nobody')
  resetDemo(database)
  expect(opened().sandbox.epoch).toBe('2026-11-02T09:00:00Z')
})

test('an account of another version is not opened', () => {
  opened()
  const raw = new DatabaseSync(database)
  raw.exec("UPDATE meta SET value = '0' WHERE key = 'schema'")
  raw.close()
  expect(() => opened()).toThrow(SandboxUnusable)
})

test('processes that start together and write together lose nothing', async () => {
  const script = fileURLToPath(new URL('write-many.ts', import.meta.url))
  const write = (prefix: string) => promisify(execFile)(process.execPath, [script, database, prefix, '15'])
  await Promise.all(['a', 'b', 'c', 'd'].map(write))
  const { PolicyNames } = await opened().iam.send(new ListRolePoliciesCommand({ RoleName: 'app' }))
  expect(PolicyNames).toHaveLength(60)
}, 60_000)
