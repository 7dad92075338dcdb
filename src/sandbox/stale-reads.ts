import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase } from './state/database.ts'

/** The account as it was a while ago, for reads that lag behind a write. */
export type StaleReads = {
  /** Keeps the account as it is now, to be shown until that time. */
  keep(database: Database, until: number): void
  /** The kept account while it is to be shown; null otherwise. */
  at(now: number): Database | null
  drop(): void
}

export function staleReads(): StaleReads {
  let kept: { readonly database: Database; readonly folder: string; readonly until: number } | null = null
  function drop(): void {
    if (kept === null) return
    kept.database.close()
    rmSync(kept.folder, { recursive: true, force: true })
    kept = null
  }
  return {
    keep(database, until) {
      drop()
      const folder = mkdtempSync(join(tmpdir(), 'zt-tui-stale-'))
      const file = join(folder, 'account.sqlite')
      database.run('VACUUM INTO ?', file)
      kept = { database: openDatabase(file), folder, until }
    },
    at(now) {
      if (kept !== null && now >= kept.until) drop()
      return kept?.database ?? null
    },
    drop,
  }
}
