import type { DatabaseSync } from 'node:sqlite'

/** All of `work` or nothing of it; when this returns, it is on disk. */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    rollBack(db)
    throw error
  }
}

/** After a full disk SQLite may have rolled back by itself; then there is nothing left to do. */
function rollBack(db: DatabaseSync): void {
  try {
    db.exec('ROLLBACK')
  } catch {
    // No transaction is open any more.
  }
}
