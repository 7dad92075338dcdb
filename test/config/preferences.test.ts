import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { preferenceText, readPreferences, setPreference } from '../../src/config/preferences.ts'

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
