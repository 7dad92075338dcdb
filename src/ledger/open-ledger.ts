import { join } from 'node:path'
import type { Ledger } from '../ports/ledger.ts'
import { lockAccount } from './account-lock.ts'
import { changeStore } from './change-store.ts'
import { evidenceStore } from './evidence-store.ts'
import { openLedgerDatabase } from './ledger-database.ts'
import { LEDGER_FILE } from './ledger-file.ts'
import { planStore } from './plan-store.ts'
import { savePatch, saveRestoreScript } from './restore-script-store.ts'
import { scanStore } from './scan-store.ts'
import { snapshotStore } from './snapshot-store.ts'
import { watchStore } from './watch-store.ts'

export type LedgerOptions = {
  /** Absolute path; created with its parents for the owner alone. */
  readonly dataDir: string
  /** A second place for restore scripts. */
  readonly restoreOut: string | null
}

/** Opens `ledger.sqlite` of the data directory, made and brought up to date as needed. Throws `LedgerFailure`. */
export function openLedger({ dataDir, restoreOut }: LedgerOptions): Ledger {
  const db = openLedgerDatabase(join(dataDir, LEDGER_FILE))
  return {
    ...scanStore(db),
    ...snapshotStore(db),
    ...planStore(db),
    ...changeStore(db),
    ...watchStore(db),
    ...evidenceStore(db),
    saveRestoreScript: (changeId, files) => saveRestoreScript({ dataDir, restoreOut }, changeId, files),
    savePatch: (name, files) => savePatch({ dataDir, restoreOut }, name, files),
    lock: (accountKey, options) => lockAccount({ dataDir, accountKey, ...options }),
    close: () => db.close(),
  }
}
