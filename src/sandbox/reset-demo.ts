import { existsSync, rmSync } from 'node:fs'
import { text } from './state/column.ts'
import { openDatabase } from './state/database.ts'

/**
 * Empties a demo account's file; the next `openSandbox` fills it anew. The file itself stays, since another process may
 * have it open: that one finds no account and makes the new one too. A file that is no database is removed.
 */
export function resetDemo(file: string): void {
  if (file === ':memory:' || !existsSync(file)) return
  try {
    dropEverything(file)
  } catch {
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
  }
}

function dropEverything(file: string): void {
  const database = openDatabase(file)
  try {
    database.transaction('write', () => {
      const tables = database.all("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      for (const table of tables) database.script(`DROP TABLE "${text(table, 'name')}"`)
    })
  } finally {
    database.close()
  }
}
