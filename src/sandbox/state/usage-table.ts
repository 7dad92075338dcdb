import { integer, integerOrNull, text } from './column.ts'
import type { Database, Row } from './database.ts'

/** How a role uses one action: last at `lastUsed` (by the epoch), and every so many seconds since, where it is a habit. */
export type StoredUsage = {
  readonly action: string
  readonly lastUsed: string
  readonly everySeconds: number | null
  /** Calls in the 90 days before the epoch. */
  readonly calls: number
  readonly region: string
}

export function usageOf(database: Database, owner: string): readonly StoredUsage[] {
  return database.all('SELECT * FROM usage WHERE owner = ? ORDER BY action', owner).map(usageRow)
}

/** Uses of the same action add up; the newer one tells when. */
export function addUsage(database: Database, owner: string, usage: StoredUsage): void {
  database.run(
    `INSERT INTO usage VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET calls = calls + excluded.calls,
      every_seconds = iif(excluded.last_used > last_used, excluded.every_seconds, every_seconds), last_used = max(last_used, excluded.last_used)`,
    owner,
    usage.action,
    usage.lastUsed,
    usage.everySeconds,
    usage.calls,
    usage.region,
  )
}

function usageRow(row: Row): StoredUsage {
  return {
    action: text(row, 'action'),
    lastUsed: text(row, 'last_used'),
    everySeconds: integerOrNull(row, 'every_seconds'),
    calls: integer(row, 'calls'),
    region: text(row, 'region'),
  }
}
