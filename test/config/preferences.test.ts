import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { preferenceText, readGuardLists, readPreferences, setPreference } from '../../src/config/preferences.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zt-tui-preferences-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('without a file everything stands at its default', () => {
  const { values, problem } = readPreferences(folder)
  expect(problem).toBeNull()
  expect(values).toMatchObject({ theme: 'auto', keys: {}, protectedRoles: [], changeWindows: [] })
})

test('what is set is read again; the file is for its owner alone', async () => {
  expect(await setPreference(folder, 'theme', 'light')).toMatchObject({ ok: true })
  expect(await setPreference(folder, 'protectedRoles', 'admin-*, ops')).toMatchObject({ ok: true })
  expect(await setPreference(folder, 'keys', '{"apply": ["A"]}')).toMatchObject({ ok: true })
  const { values, file } = readPreferences(folder)
  expect(values).toMatchObject({ theme: 'light', protectedRoles: ['admin-*', 'ops'], keys: { apply: ['A'] } })
  expect(preferenceText(values, 'protectedRoles')).toBe('admin-*, ops')
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('empty text puts the default back', async () => {
  await setPreference(folder, 'theme', 'light')
  await setPreference(folder, 'theme', '')
  expect(readPreferences(folder).values.theme).toBe('auto')
})

test.each([
  ['theme', 'pink'],
  ['keys', 'apply'],
  ['changeWindows', '[{"days": ["sat"], "from": "25:00", "to": "04:00"}]'],
  ['thresholds', '{"unused": 170}'],
  ['colour', 'red'],
])('%s = %s is refused and nothing is written', async (key, value) => {
  expect(await setPreference(folder, key, value)).toMatchObject({ ok: false })
  expect(() => readFileSync(join(folder, 'preferences.json'))).toThrow()
})

test.each([
  ['not json', 'is no JSON'],
  ['[]', 'holds no JSON object'],
  ['{"theme": "pink"}', 'theme:'],
  ['{"colour": "red"}', 'there is no preference "colour"'],
])('a file with %s is told, and the rest holds', (text, problem) => {
  writeFileSync(join(folder, 'preferences.json'), text)
  const read = readPreferences(folder)
  expect(read.problem).toContain(problem)
  expect(read.values.theme).toBe('auto')
})

test('rules of rehearsal are set by name and by tag', async () => {
  const rules = [
    { production: '*-prod', test: '*-test' },
    { tag: 'env', production: 'prod', test: 'test', same: 'app' },
  ]
  expect(await setPreference(folder, 'rehearsal', JSON.stringify(rules))).toMatchObject({ ok: true })
  expect(readGuardLists(folder)).toMatchObject({ lists: { rehearsal: rules }, problem: null })
})

test.each([
  ['rehearsal', '[{"production": "*-prod", "test": "test"}]'],
  ['rehearsal', '[{"production": "*-prod"}]'],
  ['rehearsal', 'prod'],
  ['changeWindows', '[{"days": ["sat"], "from": "22:00", "to": "04:00", "timeZone": "Mars/Olympus"}]'],
])('%s = %s says what was expected', async (key, value) => {
  const set = await setPreference(folder, key, value)
  expect(set.ok ? '' : set.problem).toMatch(/expected/)
})

test.each([
  ['{"theme": "pink"}', false],
  ['{"protectedRoles": "admin"}', true],
  ['{"protectedRole": ["admin"]}', true],
  ['{"changeWindows": [{}]}', true],
  ['{', true],
  ['{}', false],
])('of a file with %s, nobody knows which roles are guarded: %s', (text, isUnknown) => {
  writeFileSync(join(folder, 'preferences.json'), text)
  expect(readGuardLists(folder).problem !== null).toBe(isUnknown)
})
