import { integer, integerOrNull, text, textOrNull } from './column.ts'
import type { Database, Row } from './database.ts'

/** How a role uses one action: last at `lastUsed` (by the epoch), and every so many seconds since, where it is a habit. */
export type StoredUsage = {
  readonly action: string
  readonly lastUsed: string
  readonly everySeconds: number | null
  /** Calls in the 90 days before the epoch. */
  readonly calls: number
  readonly region: string
  /** JSON of the request that the workload makes, once somebody has asked; null before. */
  readonly request: string | null
}

export function usageOf(database: Database, owner: string): readonly StoredUsage[] {
  return database.all('SELECT * FROM usage WHERE owner = ? ORDER BY action', owner).map(usageRow)
}

/** Of all roles, by the id of the role. */
export function allUsage(database: Database): ReadonlyMap<string, readonly StoredUsage[]> {
  const rows = database.all('SELECT * FROM usage ORDER BY owner, action')
  return new Map([...Map.groupBy(rows, (row) => text(row, 'owner'))].map(([owner, list]) => [owner, list.map(usageRow)]))
}

export function setUsageRequest(database: Database, owner: string, action: string, request: string): void {
  database.run('UPDATE usage SET request = ? WHERE owner = ? AND action = ?', request, owner, action)
}

/** Uses of the same action add up; the newer one tells when. */
export function addUsage(database: Database, owner: string, usage: Omit<StoredUsage, 'request'>): void {
  database.run(
    `INSERT INTO usage VALUES (?, ?, ?, ?, ?, ?, NULL) ON CONFLICT DO UPDATE SET calls = calls + excluded.calls,
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
    request: textOrNull(row, 'request'),
  }
}
