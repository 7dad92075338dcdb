import { text } from './column.ts'
import type { Database } from './database.ts'

export type MetaKey =
  | 'schema'
  | 'account'
  | 'partition'
  | 'epoch'
  | 'newest_write'
  | 'generation'
  | 'counter'
  | 'account_alias'
  | 'password_policy'
  | `analysis ${string}`

export function readMeta(database: Database, key: MetaKey): string | null {
  const row = database.get('SELECT value FROM meta WHERE key = ?', key)
  return row === null ? null : text(row, 'value')
}

export function writeMeta(database: Database, key: MetaKey, value: string): void {
  database.run('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value', key, value)
}

export function forgetMeta(database: Database, key: MetaKey): void {
  database.run('DELETE FROM meta WHERE key = ?', key)
}

/** A number that no entity of this account has had before: it keeps ids of re-created entities apart. */
export function nextCount(database: Database): number {
  const count = Number(readMeta(database, 'counter') ?? '0') + 1
  writeMeta(database, 'counter', String(count))
  return count
}
