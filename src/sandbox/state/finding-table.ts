import { text } from './column.ts'
import type { Database } from './database.ts'

export type FindingType = (typeof TYPES)[number]
export type FindingStatus = 'ACTIVE' | 'ARCHIVED' | 'RESOLVED'

/** What is kept of a finding: its life. What it says is computed. */
export type StoredFinding = {
  readonly id: string
  readonly resource: string
  readonly resourceType: string
  readonly type: FindingType
  readonly status: FindingStatus
  readonly createdAt: string
  readonly updatedAt: string
}

const TYPES = ['UnusedPermission', 'UnusedIAMRole', 'UnusedIAMUserPassword', 'UnusedIAMUserAccessKey', 'ExternalAccess'] as const
const STATUSES: readonly FindingStatus[] = ['ACTIVE', 'ARCHIVED', 'RESOLVED']

export function findingsOf(database: Database, analyzer: string): readonly StoredFinding[] {
  return database.all('SELECT * FROM findings WHERE analyzer = ? ORDER BY id', analyzer).map((row) => ({
    id: text(row, 'id'),
    resource: text(row, 'resource'),
    resourceType: text(row, 'resource_type'),
    type: TYPES.find((type) => type === row.type) ?? 'UnusedPermission',
    status: STATUSES.find((status) => status === row.status) ?? 'RESOLVED',
    createdAt: text(row, 'created_at'),
    updatedAt: text(row, 'updated_at'),
  }))
}

/** A finding that was there before opens again under its old id. */
export function openFinding(database: Database, analyzer: string, finding: StoredFinding): void {
  const { id, resource, resourceType, type, status, createdAt, updatedAt } = finding
  database.run(
    `INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET status = excluded.status, updated_at = excluded.updated_at`,
    ...[id, analyzer, resource, resourceType, type, status, createdAt, updatedAt],
  )
}

export function setFindingStatus(database: Database, id: string, status: FindingStatus, at: string): void {
  database.run('UPDATE findings SET status = ?, updated_at = ? WHERE id = ?', status, at, id)
}

export function forgetResolvedBefore(database: Database, at: string): void {
  database.run("DELETE FROM findings WHERE status = 'RESOLVED' AND updated_at < ?", at)
}
