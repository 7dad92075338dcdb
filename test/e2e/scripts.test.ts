import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { jsonOf, runCli } from './support/run-cli.ts'
import { cli, environment, freshHome } from './support/scenario.ts'

function newHome(): string {
  const { home, remove } = freshHome()
  onTestFinished(remove)
  return home
}

/** AWS managed, customer managed with AWS managed, inline, and one that needs policies of its own. */
const names = ['legacy-admin-role', 'crowded-role', 'web-app-role', 'temp-consultant-access']

const policies = z.array(
  z.looseObject({ name: z.string(), kind: z.string(), document: z.record(z.string(), z.unknown()), text: z.string() }),
)
const stage = z.looseObject({ n: z.number(), before: policies, after: policies, proof: z.looseObject({ noNewAccess: z.boolean() }) })
const planFile = z.looseObject({
  planVersion: z.literal(1),
  roles: z.array(z.looseObject({ roleName: z.string(), stateHash: z.string(), stages: z.array(stage).min(1) })),
})
const roleRows = z.array(z.looseObject({ roleName: z.string(), riskScore: z.number(), grantedActions: z.number(), protected: z.boolean() }))
const shownRole = z.looseObject({ policies, trustPolicy: z.unknown(), actions: z.array(z.unknown()), riskFactors: z.array(z.unknown()) })
const reports = z.array(
  z.looseObject({ changeId: z.string(), roleName: z.string(), outcome: z.string(), restoreScript: z.string().nullable() }),
)

test('roles, plan, apply and rollback in a script: afterwards every document is as it was', async () => {
  const home = newHome()
  const file = join(home, 'plan.json')

  const rows = roleRows.parse(await jsonOf(['roles', '--demo'], home))
  expect(rows.map(({ roleName }) => roleName)).toEqual(expect.arrayContaining(names))
  expect(rows.map(({ riskScore }) => riskScore)).toEqual(rows.map(({ riskScore }) => riskScore).toSorted((a, b) => b - a))

  const before = planFile.parse(await jsonOf(['plan', ...names, '--demo', '--out', file], home))
  expect(planFile.parse(JSON.parse(readFileSync(file, 'utf8')))).toEqual(before)
  expect(before.roles.map(({ roleName }) => roleName)).toEqual(names)

  const applied = reports.parse(await jsonOf(['apply', file, '--demo', '--yes'], home))
  expect(applied.map(({ roleName }) => roleName)).toEqual(names)
  for (const { restoreScript } of applied) expect(existsSync(restoreScript ?? '')).toBe(true)

  const shown = shownRole.parse(await jsonOf(['show', 'web-app-role', '--demo'], home))
  const planned = before.roles.find(({ roleName }) => roleName === 'web-app-role')?.stages[0]
  expect(shown.policies.map(({ text }) => text).sort()).toEqual(planned?.after.map(({ text }) => text).sort())

  for (const name of names) {
    const undone = z.looseObject({ outcome: z.string() }).parse(await jsonOf(['rollback', '--role', name, '--demo', '--yes'], home))
    expect(undone.outcome).toBe('rolled-back')
  }
  const after = planFile.parse(await jsonOf(['plan', ...names, '--demo', '--fresh'], home))
  // AWS promises no order for the policies of a role.
  const states = (plan: typeof after) =>
    plan.roles.map(({ roleName, stateHash, stages }) => ({
      roleName,
      stateHash,
      policies: stages[0]?.before.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    }))
  expect(states(after)).toEqual(states(before))

  const history = z.array(z.looseObject({ kind: z.string() })).parse(await jsonOf(['history', '--demo'], home))
  expect(history.map(({ kind }) => kind)).toEqual([...names.map(() => 'rollback'), ...names.map(() => 'tighten')])
  expect(await runCli(['rollback', '--last', '--demo', '--yes'], home)).toMatchObject({ code: 0, stdout: '', stderr: 'Nothing to undo.\n' })
})

test.each([
  ['a missing account file', ['roles', '--account-file', '/no/such/file.json'], 2],
  ['an unknown role', ['show', 'nobody', '--demo'], 2],
  ['a missing plan file', ['apply', 'no-such-plan.json', '--demo', '--yes'], 2],
  ['a data directory that cannot be', ['roles', '--demo', '--data-dir', '/dev/null/home'], 2],
  ['no credentials', ['roles'], 3],
  ['no credentials and no command', [], 3],
  ['no terminal', ['--demo'], 2],
] as const)('%s: one or two lines on stderr, nothing on stdout', async (_, args, code) => {
  const finished = await runCli(args, newHome())
  expect(finished).toMatchObject({ code, stdout: '' })
  const lines = finished.stderr.trimEnd().split('\n')
  expect(lines.filter((line) => !line.startsWith('note: ')).length).toBeLessThanOrEqual(2)
  expect(finished.stderr).not.toMatch(/^\s+at /m)
})

test('broken JSON names the file and the place', async () => {
  const home = newHome()
  const file = join(home, 'account.json')
  writeFileSync(file, '{"RoleDetailList": [')
  const { code, stderr } = await runCli(['roles', '--account-file', file], home)
  expect(code).toBe(2)
  expect(stderr).toMatch(/^zt-tui: .*account\.json: line 1, column \d+: .*\n$/)
})

test('a reader that goes away ends the output quietly', async () => {
  const child = spawn(process.execPath, [cli, 'show', 'legacy-admin-role', '--demo', '--json'], { env: environment(newHome()) })
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk)
  })
  child.stdout.once('data', () => child.stdout.destroy())
  const [code] = await once(child, 'exit')
  expect(code).toBe(0)
  expect(stderr).not.toMatch(/EPIPE|^\s+at /m)
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s while the account is read ends with %d', async (signal, code) => {
  const home = newHome()
  const child = spawn(process.execPath, [cli, 'roles', '--demo', '--json'], { env: environment(home), stdio: 'ignore' })
  // The data directory appears when the account is opened.
  const watcher = watch(home)
  onTestFinished(() => watcher.close())
  while (!existsSync(join(home, 'data'))) await once(watcher, 'change')
  child.kill(signal)
  expect(await once(child, 'exit')).toEqual([code, null])
})
