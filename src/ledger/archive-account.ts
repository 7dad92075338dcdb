import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { AccountKey } from '../ports/ledger.ts'
import { openLedgerDatabase } from './ledger-database.ts'
import { LEDGER_FILE } from './ledger-file.ts'

export type ArchiveRequest = { readonly dataDir: string; readonly from: AccountKey; readonly to: AccountKey }

/**
 * Gives what the ledger holds of an account to another key, in one transaction: for the account's old name nothing has
 * happened yet, and nothing is lost. Gives the number of changes moved.
 */
export function archiveAccount({ dataDir, from, to }: ArchiveRequest): number {
  const file = join(dataDir, LEDGER_FILE)
  if (!existsSync(file)) return 0
  const db = openLedgerDatabase(file)
  try {
    return db.transaction(() => {
      for (const table of ['scans', 'role_snapshots', 'frozen_plans']) {
        db.run(`UPDATE ${table} SET account_key = ? WHERE account_key = ?`, to, from)
      }
      // Evidence can be read again, and what the old account used says nothing about the new one.
      db.run('DELETE FROM evidence WHERE account_key = ?', from)
      return db.run('UPDATE changes SET account_key = ? WHERE account_key = ?', to, from)
    })
  } finally {
    db.close()
  }
}
