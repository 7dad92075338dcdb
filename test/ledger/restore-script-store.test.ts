import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { saveRestoreScript } from '../../src/ledger/restore-script-store.ts'
import { LedgerFailure } from '../../src/ports/ledger-failure.ts'
import { temporaryFolder } from './temporary-folder.ts'

const files = new Map([
  ['restore.sh', '#!/bin/sh\n'],
  ['documents/main.json', '{"日本": 1}'],
])

test('a restore script lies in the data directory and in the second place, and its path is the script', () => {
  const folder = temporaryFolder()
  const folders = { dataDir: join(folder, 'home'), restoreOut: join(folder, 'usb', 'stick') }
  expect(saveRestoreScript(folders, 'c-1', files)).toBe(join(folder, 'home', 'restore', 'c-1', 'restore.sh'))
  for (const place of [join(folder, 'home', 'restore', 'c-1'), join(folder, 'usb', 'stick', 'c-1')]) {
    expect(readFileSync(join(place, 'documents', 'main.json'), 'utf8')).toBe('{"日本": 1}')
    expect(statSync(join(place, 'restore.sh')).mode & 0o777).toBe(0o700)
    expect(statSync(join(place, 'documents', 'main.json')).mode & 0o777).toBe(0o600)
  }
  expect(saveRestoreScript(folders, 'c-1', new Map([['restore.sh', 'again']]))).toContain('restore.sh')
  expect(readFileSync(join(folder, 'usb', 'stick', 'c-1', 'restore.sh'), 'utf8')).toBe('again')
})

test('a second place that cannot be written stops the change before it starts', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'file'), '')
  const folders = { dataDir: folder, restoreOut: join(folder, 'file') }
  expect(() => saveRestoreScript(folders, 'c-1', files)).toThrow(LedgerFailure)
})

test.each(['../c-1', '..', 'a/b', ''])('%j is no folder for a restore script', (changeId) => {
  expect(() => saveRestoreScript({ dataDir: temporaryFolder(), restoreOut: null }, changeId, files)).toThrow(LedgerFailure)
})

test('no file of a script lies outside its folder', () => {
  const dataDir = temporaryFolder()
  mkdirSync(join(dataDir, 'restore'))
  const outside = new Map([['../../ledger.sqlite', 'x']])
  expect(() => saveRestoreScript({ dataDir, restoreOut: null }, 'c-1', outside)).toThrow(LedgerFailure)
})
