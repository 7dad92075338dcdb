import { text } from './column.ts'
import type { Database } from './database.ts'

export type FindingType = 'UnusedPermission' | 'UnusedIAMRole'

/** What is kept of a finding: its life. What it says is computed. */
export type StoredFinding = {
  readonly id: string
  readonly resource: string
  readonly type: FindingType
  readonly status: 'ACTIVE' | 'RESOLVED'
  readonly createdAt: string
  readonly updatedAt: string
}

export function findingsOf(database: Database, analyzer: string): readonly StoredFinding[] {
  return database.all('SELECT * FROM findings WHERE analyzer = ? ORDER BY id', analyzer).map((row) => ({
    id: text(row, 'id'),
    resource: text(row, 'resource'),
    type: text(row, 'type') === 'UnusedIAMRole' ? 'UnusedIAMRole' : 'UnusedPermission',
    status: text(row, 'status') === 'ACTIVE' ? 'ACTIVE' : 'RESOLVED',
    createdAt: text(row, 'created_at'),
    updatedAt: text(row, 'updated_at'),
  }))
}

export function openFinding(database: Database, analyzer: string, finding: Omit<StoredFinding, 'status'>): void {
  const { id, resource, type, createdAt, updatedAt } = finding
  database.run(
    `INSERT INTO findings VALUES (?, ?, ?, ?, 'ACTIVE', ?, ?)
      ON CONFLICT DO UPDATE SET status = 'ACTIVE', updated_at = excluded.updated_at`,
    id,
    analyzer,
    resource,
    type,
    createdAt,
    updatedAt,
  )
}

export function resolveFinding(database: Database, id: string, at: string): void {
  database.run("UPDATE findings SET status = 'RESOLVED', updated_at = ? WHERE id = ?", at, id)
}

export function forgetResolvedBefore(database: Database, at: string): void {
  database.run("DELETE FROM findings WHERE status = 'RESOLVED' AND updated_at < ?", at)
}
