import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { jsonOf, runCli } from './support/run-cli.ts'
import { cli, environment, freshHome } from './support/scenario.ts'

test('a served account is a live one to another process: scan, apply and rollback work on it', async () => {
  const { home, remove } = freshHome()
  onTestFinished(remove)
  const server = spawn(process.execPath, [cli, 'sandbox', '--data-dir', join(home, 'served')], { env: environment(home) })
  onTestFinished(() => void server.kill('SIGKILL'))
  const [line] = await once(createInterface({ input: server.stdout }), 'line')
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(String(line)) ?? []
  const env = { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'AKIAANY', AWS_SECRET_ACCESS_KEY: 'any', AWS_REGION: 'eu-west-1' }
  const applied = await runCli(['apply', 'web-app-role', '--yes', '--json'], home, env)
  expect(applied.stderr).toContain('done: PutRolePolicy')
  expect(z.looseObject({ outcome: z.string() }).parse(JSON.parse(applied.stdout)).outcome).toBe('soaking')
  expect(await runCli(['rollback', '--last', '--yes'], home, env)).toMatchObject({ code: 0 })
  expect(await jsonOf(['history', '--demo'], home)).toEqual([])
  server.kill('SIGTERM')
  expect(await once(server, 'exit')).toEqual([143, null])
})

test('a demo reset makes the account anew and starts its ledger afresh', async () => {
  const { home, remove } = freshHome()
  onTestFinished(remove)
  await jsonOf(['apply', 'web-app-role', '--demo', '--yes'], home)
  expect(await jsonOf(['history', '--demo'], home)).toHaveLength(1)
  expect((await runCli(['demo', 'reset'], home)).code).toBe(0)
  expect(await jsonOf(['history', '--demo'], home)).toEqual([])
})
