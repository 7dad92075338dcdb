import { copyFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { changeStore } from '../../src/ledger/change-store.ts'
import { openLedgerDatabase } from '../../src/ledger/ledger-database.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import { snapshotStore } from '../../src/ledger/snapshot-store.ts'
import { asLedgerFailure } from '../../src/ledger/sqlite-failure.ts'
import { LedgerFailure } from '../../src/ports/ledger-failure.ts'
import { change, now, state } from './examples.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** The failure's one line. */
function failure(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (!(error instanceof LedgerFailure)) throw error
    expect(error.message).not.toContain('\n')
    return error.message
  }
  throw new Error('nothing failed')
}

/** A ledger with one change, closed. Returns its data directory. */
function usedLedger(): string {
  const dataDir = temporaryFolder()
  const ledger = openLedger({ dataDir, restoreOut: null })
  ledger.beginChange(change('c-1', ledger.saveSnapshot('demo', state('{}'), now)))
  ledger.close()
  return dataDir
}

test('a power cut loses nothing that was written: the files as they lie on disk open again', () => {
  const dataDir = temporaryFolder()
  const ledger = openLedger({ dataDir, restoreOut: null })
  const hash = ledger.saveSnapshot('demo', state('{}'), now)
  ledger.beginChange(change('c-1', hash))
  ledger.setChangeState('c-1', 'applying', now)
  const copy = temporaryFolder()
  for (const name of ['ledger.sqlite', 'ledger.sqlite-wal']) copyFileSync(join(dataDir, name), join(copy, name))
  ledger.close()
  expect(openLedger({ dataDir: copy, restoreOut: null }).change('c-1')?.state).toBe('applying')
})

test('a power cut in the middle of a write leaves the state before it', () => {
  const dataDir = temporaryFolder()
  const ledger = openLedger({ dataDir, restoreOut: null })
  const hash = ledger.saveSnapshot('demo', state('{}'), now)
  ledger.beginChange(change('c-1', hash))
  const wal = readFileSync(join(dataDir, 'ledger.sqlite-wal')).length
  ledger.setChangeState('c-1', 'applying', now)
  const copy = temporaryFolder()
  for (const name of ['ledger.sqlite', 'ledger.sqlite-wal']) copyFileSync(join(dataDir, name), join(copy, name))
  ledger.close()
  truncateSync(join(copy, 'ledger.sqlite-wal'), wal + 100)
  const reopened = openLedger({ dataDir: copy, restoreOut: null })
  expect(reopened.change('c-1')?.state).toBe('planned')
  expect(reopened.snapshot(hash)).toEqual(state('{}'))
})

test('a file that is no database is refused, named, and left as it is', () => {
  const dataDir = temporaryFolder()
  const file = join(dataDir, 'ledger.sqlite')
  const text = 'not a database, '.repeat(400)
  writeFileSync(file, text)
  const message = failure(() => openLedger({ dataDir, restoreOut: null }))
  expect(message).toContain(`${file} is damaged`)
  expect(message).toMatch(/Nothing was deleted.*--data-dir/)
  expect(readFileSync(file, 'utf8')).toBe(text)
})

test('a ledger with damaged pages is refused and left as it is', () => {
  const dataDir = usedLedger()
  const file = join(dataDir, 'ledger.sqlite')
  const bytes = readFileSync(file)
  bytes.fill(0xff, 4096 * 2, 4096 * 6)
  writeFileSync(file, bytes)
  expect(failure(() => openLedger({ dataDir, restoreOut: null }))).toContain('is damaged')
  expect(readFileSync(file).equals(bytes)).toBe(true)
})

test('a database of another program is not touched', () => {
  const dataDir = temporaryFolder()
  const other = new DatabaseSync(join(dataDir, 'ledger.sqlite'))
  other.exec('CREATE TABLE notes (text)')
  other.close()
  expect(failure(() => openLedger({ dataDir, restoreOut: null }))).toContain('of another program')
})

test('a ledger of a newer version says so', () => {
  const dataDir = usedLedger()
  const newer = new DatabaseSync(join(dataDir, 'ledger.sqlite'))
  newer.exec('PRAGMA user_version = 99')
  newer.close()
  expect(failure(() => openLedger({ dataDir, restoreOut: null }))).toMatch(/newer zt-tui \(schema 99, this one knows \d+\): update/)
})

test('a data directory that cannot be is one line', () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, '')
  expect(failure(() => openLedger({ dataDir: join(file, 'home'), restoreOut: null }))).toMatch(/not a directory.*--data-dir/)
  expect(failure(() => openLedger({ dataDir: file, restoreOut: null }))).toMatch(/not a directory.*--data-dir/)
})

test('a folder where the ledger should be is one line', () => {
  const dataDir = temporaryFolder()
  mkdirSync(join(dataDir, 'ledger.sqlite'))
  expect(failure(() => openLedger({ dataDir, restoreOut: null }))).toContain('cannot be opened')
})

test('a full disk is one line, and half of nothing is written', () => {
  const db = openLedgerDatabase(join(temporaryFolder(), 'ledger.sqlite'))
  const hash = snapshotStore(db).saveSnapshot('demo', state('{}'), now)
  db.get(`PRAGMA max_page_count = ${Number(db.get('PRAGMA page_count')?.page_count)}`)
  const large = { ...change('c-1', hash), reason: 'x'.repeat(100_000) }
  expect(failure(() => changeStore(db).beginChange(large))).toMatch(/disk is full.*Nothing was changed/)
  expect(changeStore(db).change('c-1')).toBeNull()
  expect(db.get('SELECT count(*) AS n FROM transitions')?.n).toBe(0)
  db.close()
})

test.each([
  [8, /cannot be written/],
  [1032, /cannot be written/],
  [10, /disk failed/],
  [5, /Another zt-tui is writing/],
])('SQLite error %d has a line of its own', (errcode, expected) => {
  const error = Object.assign(new Error('sqlite'), { errcode })
  expect(asLedgerFailure(error, '/d/ledger.sqlite')).toMatchObject({ name: 'LedgerFailure', message: expect.stringMatching(expected) })
})

test('a bug is not passed off as a failure of the disk', () => {
  const bug = new TypeError('x is undefined')
  expect(asLedgerFailure(bug, 'f')).toBe(bug)
})

test('a row that was edited by hand is refused with its place', () => {
  const dataDir = usedLedger()
  const db = new DatabaseSync(join(dataDir, 'ledger.sqlite'))
  db.exec(`UPDATE changes SET state = 'excellent'; UPDATE snapshots SET state = replace(state, 'web-app', 'other')`)
  db.close()
  const ledger = openLedger({ dataDir, restoreOut: null })
  expect(failure(() => ledger.change('c-1'))).toContain('change c-1 cannot be read (state:')
  const pinned = ledger.pinnedOriginal('demo', 'AROAWEBAPP') ?? ''
  expect(failure(() => ledger.snapshot(pinned))).toContain('is not what was written')
})
