import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { entry, planFile } from './fake-workspace.ts'
import { runZt } from './run-zt.ts'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'zt-tui-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

test('--out writes what --json prints, for the owner alone, and apply reads it back', async () => {
  const file = join(folder(), 'plan.json')
  const { code, stdout, stderr } = await runZt(`plan omega beta --json --out ${file}`)
  expect({ code, told: stderr.includes(`zt-tui apply ${file}`) }).toEqual({ code: 0, told: true })
  expect(readFileSync(file, 'utf8')).toBe(stdout)
  expect(JSON.parse(stdout)).toMatchObject(planFile(['omega', 'beta']))
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const applied = await runZt(`apply ${file} --yes --json`)
  expect(applied.calls).toEqual(['scan', 'apply omega 1', 'apply beta 1', 'close'])
  expect(JSON.parse(applied.stdout)).toHaveLength(2)
})

test('a plan that cannot be written leaves nothing behind', async () => {
  const { code, stderr } = await runZt(`plan omega --out ${join(folder(), 'no', 'such', 'plan.json')}`)
  expect(code).toBe(2)
  expect(stderr).toMatch(/zt-tui: .*plan\.json: cannot be written \(ENOENT\)\n$/)
})

const broken = { ...planFile(['omega']), roles: [{ ...planFile(['omega']).roles[0], stages: [{ n: 'one' }] }] }

const [omega] = planFile(['omega']).roles
const unheard = { ...planFile([]), roles: [{ ...omega, stages: [{ ...omega?.stages[0], operations: [{ kind: 'DropAccount' }] }] }] }

test.each([
  ['an operation that nobody knows', JSON.stringify(unheard), /operations\[0\]\.kind: no operation that is known: "DropAccount"; a file/],
  ['no JSON', '{"planVersion": 1,', /plan\.json: is no JSON; a file that `zt-tui plan --out` wrote was expected$/],
  ['another version', JSON.stringify({ ...planFile([]), planVersion: 2 }), /planVersion: this zt-tui reads version 1, not 2; a file/],
  ['no version', '{}', /planVersion: this zt-tui reads version 1, not undefined; a file/],
  ['a list', '[]', /plan\.json: expected object, received array; a file that `zt-tui plan --out` wrote was expected$/],
  ['a broken stage', JSON.stringify(broken), /plan\.json: roles\[0\]\.stages\[0\]\.n: expected number, received string; a file/],
])('a plan file with %s is one line, and the account is not read', async (_, text, expected) => {
  const file = join(folder(), 'plan.json')
  writeFileSync(file, text)
  const { code, stdout, stderr, opened } = await runZt(`apply ${file} --yes`)
  expect({ code, stdout, opened }).toEqual({ code: 2, stdout: '', opened: [] })
  expect(stderr.trimEnd()).toMatch(expected)
  expect(stderr.trimEnd()).not.toContain('\n')
})

test('a plan file that is not there is one line', async () => {
  const file = join(folder(), 'plan.json')
  expect(await runZt(`apply ${file} --yes`)).toMatchObject({ code: 2, stderr: `zt-tui: ${file}: there is no such file\n` })
})

test('a plan of another account is not applied here', async () => {
  const file = join(folder(), 'plan.json')
  writeFileSync(file, JSON.stringify({ ...planFile(['omega']), accountId: '999999999999' }))
  const { code, calls, stderr } = await runZt(`apply ${file} --yes`)
  expect({ code, calls }).toEqual({ code: 2, calls: ['scan', 'close'] })
  expect(stderr).toContain('the plan is for account 999999999999')
})

test('history CHANGE --export writes the way back; without a change it is wrong use', async () => {
  const to = join(folder(), 'way-back')
  const useCases = { history: async () => [entry('c-9', 'omega')] }
  expect((await runZt(`history c-9 --export ${to}`, { useCases })).code).toBe(0)
  expect(readFileSync(join(to, 'restore.sh'), 'utf8')).toBe('#!/bin/sh\n')
  expect((await runZt(`history --export ${to}`, { useCases })).code).toBe(2)
})
