import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import { change, frozen, now, state } from './examples.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** What was written must be there after the ledger is closed and opened again. */
function reopening() {
  const dataDir = join(temporaryFolder(), 'deep', 'home')
  let ledger = openLedger({ dataDir, restoreOut: null })
  return {
    dataDir,
    get ledger() {
      return ledger
    },
    reopen() {
      ledger.close()
      ledger = openLedger({ dataDir, restoreOut: null })
      return ledger
    },
  }
}

test('the data directory and its parents are made for the owner alone, and so are the files', () => {
  const { dataDir, ledger } = reopening()
  ledger.saveScan({ scanId: 's-1', accountKey: 'demo', at: now, payload: {} })
  const rights = (path: string) => statSync(path).mode & 0o777
  expect(rights(dataDir)).toBe(0o700)
  expect(rights(join(dataDir, '..'))).toBe(0o700)
  for (const name of ['ledger.sqlite', 'ledger.sqlite-wal', 'ledger.sqlite-shm']) expect(rights(join(dataDir, name))).toBe(0o600)
})

test('the newest scan of an account comes back as it was given', () => {
  const { ledger, reopen } = reopening()
  for (const scanId of ['s-1', 's-2']) ledger.saveScan({ scanId, accountKey: 'demo', at: now, payload: { roles: [scanId, '日本', null] } })
  ledger.saveScan({ scanId: 's-3', accountKey: 'live:aws:1', at: now, payload: 3 })
  expect(reopen().lastScan('demo')).toEqual({ scanId: 's-2', accountKey: 'demo', at: now, payload: { roles: ['s-2', '日本', null] } })
  expect(ledger.lastScan).toBeTypeOf('function')
  expect(reopen().lastScan('file:abc')).toBeNull()
})

test('many scans do not fill the disk: old ones keep their row without the payload', () => {
  const { ledger, dataDir } = reopening()
  const payload = Array.from({ length: 2_000 }, (_, n) => Math.sin(n))
  for (let n = 0; n < 12; n++) ledger.saveScan({ scanId: `s-${n}`, accountKey: 'demo', at: now, payload })
  const size = () => statSync(join(dataDir, 'ledger.sqlite')).size
  ledger.close()
  const full = size()
  const again = openLedger({ dataDir, restoreOut: null })
  for (let n = 12; n < 40; n++) again.saveScan({ scanId: `s-${n}`, accountKey: 'demo', at: now, payload })
  expect(again.lastScan('demo')?.scanId).toBe('s-39')
  again.close()
  expect(size()).toBeLessThan(full * 1.5)
})

test('a snapshot is known by its content, whatever the order of its keys; the first of a role is its original', () => {
  const { ledger, reopen } = reopening()
  const first = ledger.saveSnapshot('demo', state('{"v": 1}'), now)
  const second = ledger.saveSnapshot('demo', state('{"v": 2}'), now)
  const reordered = Object.fromEntries(Object.entries(state('{"v": 1}')).reverse()) as ReturnType<typeof state>
  expect(ledger.saveSnapshot('demo', reordered, now)).toBe(first)
  expect(second).not.toBe(first)
  const again = reopen()
  expect(again.snapshot(second)).toEqual(state('{"v": 2}'))
  expect(again.pinnedOriginal('demo', 'AROAWEBAPP')).toBe(first)
  expect(again.pinnedOriginal('demo', 'AROAOTHER')).toBeNull()
  expect(again.pinnedOriginal('live:aws:1', 'AROAWEBAPP')).toBeNull()
  expect(again.snapshot('0'.repeat(64))).toBeNull()
})

test('a frozen plan stays until it is frozen anew or thawed', () => {
  const { ledger, reopen } = reopening()
  expect(ledger.frozenPlan('demo', 'AROAWEBAPP')).toBeNull()
  ledger.freezePlan('demo', frozen(90))
  expect(reopen().frozenPlan('demo', 'AROAWEBAPP')).toEqual(frozen(90))
  const again = reopen()
  again.freezePlan('demo', frozen(30))
  expect(again.frozenPlan('demo', 'AROAWEBAPP')?.window).toBe(30)
  again.thawPlan('demo', 'AROAWEBAPP')
  expect(reopen().frozenPlan('demo', 'AROAWEBAPP')).toBeNull()
})

test('a change begins planned with pending operations numbered from 1, and keeps what becomes of it', () => {
  const { ledger, reopen } = reopening()
  const { operations, ...rest } = change('c-1', ledger.saveSnapshot('demo', state('{}'), now))
  ledger.beginChange({ ...rest, operations })
  const pending = operations.map((operation, index) => ({ k: index + 1, operation, outcome: 'pending', ms: 0, message: null }))
  expect(reopen().change('c-1')).toEqual({ ...rest, state: 'planned', operations: pending })
  const again = reopen()
  again.setChangeState('c-1', 'applying', now)
  again.setOperation('c-1', 1, { outcome: 'done', ms: 12.4, message: null })
  again.setOperation('c-1', 2, { outcome: 'failed', ms: 3, message: 'AccessDenied' })
  const stored = reopen().change('c-1')
  expect(stored?.state).toBe('applying')
  expect(stored?.operations.map(({ outcome, ms, message }) => [outcome, ms, message])).toEqual([
    ['done', 12, null],
    ['failed', 3, 'AccessDenied'],
  ])
})

test('changes come newest first, of one account, of one role when asked', () => {
  const { ledger } = reopening()
  const snapshot = ledger.saveSnapshot('demo', state('{}'), now)
  for (const [id, role] of [['c-1'], ['c-2', 'AROAOTHER'], ['c-3']] as const) ledger.beginChange(change(id, snapshot, role))
  expect(ledger.changes('demo').map(({ changeId }) => changeId)).toEqual(['c-3', 'c-2', 'c-1'])
  expect(ledger.changes('demo', { roleId: 'AROAOTHER' }).map(({ changeId }) => changeId)).toEqual(['c-2'])
  expect(ledger.changes('live:aws:1')).toEqual([])
  expect(ledger.change('c-9')).toBeNull()
})

test('a change whose snapshot is not in the ledger cannot begin, and leaves nothing behind', () => {
  const { ledger } = reopening()
  expect(() => ledger.beginChange(change('c-1', '0'.repeat(64)))).toThrow(/ledger/i)
  expect(ledger.change('c-1')).toBeNull()
  expect(() => ledger.setChangeState('c-1', 'applied', now)).toThrow('The ledger has no change c-1.')
  expect(() => ledger.setOperation('c-1', 1, { outcome: 'done', ms: 0, message: null })).toThrow('no operation 1 of change c-1')
})

test('two ledgers on one file see each other', () => {
  const { ledger, dataDir } = reopening()
  const other = openLedger({ dataDir, restoreOut: null })
  other.beginChange(change('c-1', ledger.saveSnapshot('demo', state('{}'), now)))
  expect(ledger.change('c-1')?.state).toBe('planned')
  other.close()
})
