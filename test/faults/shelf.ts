import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import type { Shelf } from './run-case.ts'

/** Files in memory, where the machine has a place for them: a killed process loses nothing of them, and nothing waits for a disk. */
const MEMORY = '/dev/shm'

/** One ledger in files for many cases: each has an account key of its own in it. */
export function openShelf(): Shelf & { close(): void } {
  const dataDir = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'zt-tui-faults-'))
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
