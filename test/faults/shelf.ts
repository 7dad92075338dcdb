import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import type { Catalog } from '../../src/policy/catalog.ts'
import type { Ledger } from '../../src/ports/ledger.ts'
import { catalogOfFewServices } from './few-services.ts'
import { openWires, type Wires } from './wires.ts'

/** What many cases share: one ledger in files, where each has an account key of its own, one set of clients, one catalog. */
export type Shelf = {
  readonly ledger: Ledger
  readonly dataDir: string
  readonly wires: Wires
  readonly catalog: Catalog
  nextKey(): string
  close(): void
}

/** Files in memory, where the machine has a place for them: a killed process loses nothing of them, and nothing waits for a disk. */
const MEMORY = '/dev/shm'

export function openShelf(): Shelf {
  const dataDir = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'zt-tui-faults-'))
  const ledger = openLedger({ dataDir, restoreOut: null })
  const wires = openWires()
  let keys = 0
  return {
    ledger,
    dataDir,
    wires,
    catalog: catalogOfFewServices(),
    nextKey: () => `case-${++keys}`,
    close() {
      wires.close()
      ledger.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
