import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { lockAccount } from '../../src/ledger/account-lock.ts'
import { temporaryFolder } from './temporary-folder.ts'

const script = fileURLToPath(new URL('hold-lock.ts', import.meta.url))

type Holder = { readonly child: ChildProcess; said(): Promise<{ readonly held: boolean; readonly by?: { readonly pid: number } }> }

/** Another process that asks for the lock. */
function holder(dataDir: string, waitMs: number): Holder {
  const child = spawn(process.execPath, ['--no-warnings', script, dataDir, 'demo', String(waitMs)], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    child,
    async said() {
      const line = await lines.next()
      return JSON.parse(String(line.value))
    },
  }
}

const ask = (dataDir: string, waitMs: number, accountKey = 'demo') =>
  lockAccount({ dataDir, accountKey, waitMs, what: 'roll back web-app', pollMs: 10 })

test('while another process holds the account, the second is told who, since when and for what', async () => {
  const dataDir = temporaryFolder()
  const { child, said } = holder(dataDir, 0)
  expect(await said()).toMatchObject({ held: true })
  const refused = await ask(dataDir, 30)
  expect(refused).toMatchObject({ held: false, by: { pid: child.pid, what: 'apply web-app', since: expect.stringMatching(/^\d{4}-.*Z$/) } })
  const other = await ask(dataDir, 0, 'live:aws:123456789012')
  expect(other.held).toBe(true)
})

test('a process that waits gets the lock as soon as the first gives it back', async () => {
  const dataDir = temporaryFolder()
  const first = await ask(dataDir, 0)
  const { said } = holder(dataDir, 30_000)
  const second = said()
  if (first.held) first.release()
  expect(await second).toMatchObject({ held: true })
})

test('a holder that is killed leaves no lock behind', async () => {
  const dataDir = temporaryFolder()
  const { child, said } = holder(dataDir, 0)
  await said()
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(await ask(dataDir, 0)).toMatchObject({ held: true })
})

test('within one process the lock is as exclusive', async () => {
  const dataDir = temporaryFolder()
  const first = await ask(dataDir, 0)
  expect(await ask(dataDir, 0)).toMatchObject({ held: false, by: { pid: process.pid } })
  expect(await holder(dataDir, 0).said()).toMatchObject({ held: false, by: { pid: process.pid } })
  if (first.held) {
    first.release()
    first.release()
  }
  expect(await ask(dataDir, 0)).toMatchObject({ held: true })
})

test('of two processes that ask at the same time one gets the account, and the other is told of it', async () => {
  const dataDir = temporaryFolder()
  const racers = [holder(dataDir, 0), holder(dataDir, 0)]
  const answers = await Promise.all(racers.map(({ said }) => said()))
  expect(answers.map(({ held }) => held).sort()).toEqual([false, true])
  const winner = racers[answers.findIndex(({ held }) => held)]
  const loser = answers.find(({ held }) => !held)
  expect([winner?.child.pid, undefined]).toContain(loser?.by?.pid)
})

test('a number that a dead holder left and that another process has now keeps nobody out', async () => {
  const dataDir = temporaryFolder()
  const { child, said } = holder(dataDir, 0)
  await said()
  child.kill('SIGKILL')
  await once(child, 'exit')
  const folder = join(dataDir, 'locks')
  const file = join(folder, readdirSync(folder).find((name) => name.endsWith('.json')) ?? '')
  writeFileSync(file, readFileSync(file, 'utf8').replace(`"pid":${child.pid}`, `"pid":${process.pid}`))
  expect(await ask(dataDir, 0)).toMatchObject({ held: true })
})

test('the lock files are the owner’s alone', async () => {
  const dataDir = temporaryFolder()
  await ask(dataDir, 0)
  expect(statSync(join(dataDir, 'locks')).mode & 0o777).toBe(0o700)
})
