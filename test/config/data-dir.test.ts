import { chmodSync, statSync, writeFileSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { createDataDirectory, dataDirectory } from '../../src/config/data-dir.ts'
import { InputFailure } from '../../src/ports/input-failure.ts'
import { temporaryFolder } from '../ledger/temporary-folder.ts'

test('the option goes before the environment, and that before the platform', () => {
  expect(dataDirectory('/a/b', { ZT_TUI_HOME: '/c' })).toBe(resolve('/a/b'))
  expect(dataDirectory(null, { ZT_TUI_HOME: '/c' })).toBe(resolve('/c'))
  expect(dataDirectory(null, { ZT_TUI_HOME: '' })).toMatch(/zt-tui/)
  expect(isAbsolute(dataDirectory('relative', {}))).toBe(true)
})

test('a new directory is the owner’s alone, with its new parents', () => {
  const folder = join(temporaryFolder(), 'a', 'b')
  createDataDirectory(folder)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder, '..')).mode & 0o777).toBe(0o700)
})

test('a directory that cannot be made is one line', () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, '')
  expect(() => createDataDirectory(join(file, 'a'))).toThrow(InputFailure)
})

test.runIf(process.platform === 'linux')('a place where no folder can be made is one line too, at once', () => {
  expect(() => createDataDirectory('/proc/zt-tui')).toThrow(/cannot be made or closed to others \(ENOENT\)/)
})

test.skipIf(process.platform === 'win32')(
  'a directory with a ledger is closed to others; one of somebody else’s files is left alone',
  () => {
    const [ours, theirs] = [temporaryFolder(), temporaryFolder()]
    writeFileSync(join(ours, 'ledger.sqlite'), '')
    for (const folder of [ours, theirs]) {
      chmodSync(folder, 0o755)
      createDataDirectory(folder)
    }
    expect([ours, theirs].map((folder) => statSync(folder).mode & 0o777)).toEqual([0o700, 0o755])
  },
)
