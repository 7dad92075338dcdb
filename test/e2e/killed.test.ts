import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { lockAccount } from '../../src/ledger/account-lock.ts'
import { jsonOf, runCli } from './support/run-cli.ts'
import { cli, environment, freshHome } from './support/scenario.ts'

function newHome(): string {
  const { home, remove } = freshHome()
  onTestFinished(remove)
  return home
}

/** Applies a stage, and kills the process when the additive half is done and the subtractive one is waited for. */
async function applyAndDie(home: string): Promise<void> {
  const child = spawn(process.execPath, [cli, 'apply', 'legacy-admin-role', '--demo', '--yes', '--settle', '600'], {
    env: environment(home),
  })
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk)
    if (stderr.includes('[1/2] done')) child.kill('SIGKILL')
  })
  expect(await once(child, 'exit'), stderr).toEqual([null, 'SIGKILL'])
}

const report = z.looseObject({ roleName: z.string(), outcome: z.string() })

test.each([
  ['--rollback', 'rolled-back'],
  ['--resume', 'soaking'],
])('a change whose process was killed is finished by recover %s', async (way, outcome) => {
  const home = newHome()
  await applyAndDie(home)
  const undecided = await runCli(['recover', '--demo'], home)
  expect(undecided).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('legacy-admin-role stage 1') })
  const recovered = report.parse(await jsonOf(['recover', way, '--demo', '--yes', '--settle', '0'], home))
  expect(recovered).toMatchObject({ roleName: 'legacy-admin-role', outcome })
  expect(await runCli(['recover', '--demo'], home)).toMatchObject({ code: 0, stderr: 'Nothing to recover: no change is open.\n' })
})

test('while another process changes the account, apply waits, then says who and ends with 4', async () => {
  const home = newHome()
  const lock = await lockAccount({ dataDir: join(home, 'data'), accountKey: 'demo', waitMs: 0, what: 'a test' })
  const { code, stdout, stderr } = await runCli(['apply', 'legacy-admin-role', '--demo', '--yes', '--lock-wait', '0.1'], home)
  expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
  expect(stderr).toContain(String(process.pid))
  if (lock.held) lock.release()
})
