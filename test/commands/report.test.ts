import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, test } from 'vitest'
import { runZt } from './run-zt.ts'

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'zt-tui-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test.each([
  ['report --demo', /^# IAM permissions: status report\n/],
  ['report --demo --format md', /^# IAM permissions/],
  ['report --demo --format html', /^<!doctype html>/],
  ['report --demo --format json', /^\{\n {2}"meta"/],
  ['report --demo --json', /^\{\n {2}"meta"/],
  ['report --demo --lang ja', /^# IAM 権限の現状レポート\n/],
])('%s prints it', async (line, start) => {
  const { code, stdout, calls } = await runZt(line)
  expect([code, calls]).toEqual([0, ['scan', 'report', 'close']])
  expect(stdout).toMatch(start)
})

it('has the fields of the contract', async () => {
  const { stdout } = await runZt('report --demo --json')
  const report = JSON.parse(stdout)
  expect(Object.keys(report)).toEqual(['meta', 'scope', 'statistics', 'findings', 'usage', 'actions', 'inventory', 'settings'])
  expect(Object.keys(report.statistics)).toEqual([
    'users',
    'roles',
    'customerManagedPolicies',
    'awsManagedAttachments',
    'overPermissiveRoles',
    'zombiePermissions',
  ])
  expect(Object.keys(report.findings)).toEqual(expect.arrayContaining(['overPermissive', 'zombies', 'externalAccess']))
  expect(Object.keys(report.usage)).toEqual(expect.arrayContaining(['mostActive', 'leastUsed']))
  expect(Object.keys(report.actions)).toEqual(['within24h', 'weeks1to2', 'month1'])
  expect(Object.keys(report.settings)).toEqual(expect.arrayContaining(['analyzers', 'trails']))
})

test.each([
  ['page.html', /^<!doctype html>/],
  ['page.HTM', /^<!doctype html>/],
  ['data.json', /^\{/],
  ['report.md', /^# IAM/],
  ['report', /^# IAM/],
])('the name %s tells the format, and nothing else is left beside it', async (name, start) => {
  const folder = temporaryFolder()
  const { code, stdout, stderr } = await runZt(`report --demo --out ${join(folder, name)}`)
  expect([code, stdout]).toEqual([0, ''])
  expect(stderr).toContain(`The report is in ${join(folder, name)}.`)
  expect(readdirSync(folder)).toEqual([name])
  expect(readFileSync(join(folder, name), 'utf8')).toMatch(start)
})

it('says what is wrong with a place that cannot be written', async () => {
  const { code, stderr } = await runZt('report --demo --out /nowhere/at/all.md')
  expect(code).toBe(2)
  expect(stderr).toContain('/nowhere/at/all.md: cannot be written (ENOENT)')
})

test.each(['md', 'html', 'json'])('--ascii gives %s in ASCII alone, even in Japanese', async (format) => {
  const { code, stdout } = await runZt(`report --demo --lang ja --ascii --format ${format}`)
  expect([code, /[^\0-\x7f]/.exec(stdout)?.[0] ?? null]).toEqual([0, null])
  if (format === 'json') expect(JSON.parse(stdout).meta.lang).toBe('ja')
})

it('refuses two formats', async () => {
  const { code, stderr } = await runZt('report --demo --json --format html')
  expect(code).toBe(2)
  expect(stderr).toContain('--json and --format html are two formats: choose one.')
})
