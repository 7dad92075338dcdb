import { expect, test } from 'vitest'
import { archiveAccount } from '../../src/ledger/archive-account.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import { change, frozen, now, state } from './examples.ts'
import { temporaryFolder } from './temporary-folder.ts'

test('an archived account starts anew under its name and keeps everything under the other', () => {
  const dataDir = temporaryFolder()
  const ledger = openLedger({ dataDir, restoreOut: null })
  const hash = ledger.saveSnapshot('demo', state('{}'), now)
  ledger.beginChange(change('c-1', hash))
  ledger.freezePlan('demo', frozen(90))
  ledger.saveScan({ scanId: 's-1', accountKey: 'demo', at: now, payload: 1 })
  expect(archiveAccount({ dataDir, from: 'demo', to: 'demo:until 2026' })).toBe(1)
  expect(ledger.changes('demo')).toEqual([])
  expect([ledger.lastScan('demo'), ledger.frozenPlan('demo', 'AROAWEBAPP'), ledger.pinnedOriginal('demo', 'AROAWEBAPP')]).toEqual([
    null,
    null,
    null,
  ])
  expect(ledger.changes('demo:until 2026')).toHaveLength(1)
  expect(ledger.pinnedOriginal('demo:until 2026', 'AROAWEBAPP')).toBe(hash)
})

test('where there is no ledger yet, none is made', () => {
  expect(archiveAccount({ dataDir: temporaryFolder(), from: 'demo', to: 'demo:old' })).toBe(0)
})
