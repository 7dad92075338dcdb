import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import type { Shelf } from './run-case.ts'

/** One ledger on disk for many cases: each has an account key of its own in it. */
export function openShelf(): Shelf & { close(): void } {
  const dataDir = mkdtempSync(join(tmpdir(), 'zt-tui-faults-'))
  const ledger = openLedger({ dataDir, restoreOut: null })
  let keys = 0
  return {
    ledger,
    dataDir,
    nextKey: () => `case-${++keys}`,
    close() {
      ledger.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
