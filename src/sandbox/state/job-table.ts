import { integer, text, textOrNull } from './column.ts'
import type { Database } from './database.ts'

export type LastAccessedJob = {
  readonly id: string
  /** Only who asked may look. */
  readonly caller: string
  readonly entityArn: string
  readonly granularity: string
  readonly createdAt: string
  readonly polls: number
  readonly completedAt: string | null
}

/** Older jobs are dropped: AWS names no lifetime, and a file must not grow with every scan. */
const KEPT_JOBS = 20_000

export function findJob(database: Database, id: string): LastAccessedJob | null {
  const row = database.get('SELECT * FROM last_accessed_jobs WHERE id = ?', id)
  if (row === null) return null
  return {
    id: text(row, 'id'),
    caller: text(row, 'caller'),
    entityArn: text(row, 'entity_arn'),
    granularity: text(row, 'granularity'),
    createdAt: text(row, 'created_at'),
    polls: integer(row, 'polls'),
    completedAt: textOrNull(row, 'completed_at'),
  }
}

export function insertJob(database: Database, job: LastAccessedJob): void {
  const { id, caller, entityArn, granularity, createdAt, polls, completedAt } = job
  database.run(
    'INSERT INTO last_accessed_jobs VALUES (?, ?, ?, ?, ?, ?, ?)',
    id,
    caller,
    entityArn,
    granularity,
    createdAt,
    polls,
    completedAt,
  )
  database.run('DELETE FROM last_accessed_jobs WHERE rowid <= (SELECT max(rowid) FROM last_accessed_jobs) - ?', KEPT_JOBS)
}

export function notePoll(database: Database, id: string, completedAt: string | null): void {
  database.run('UPDATE last_accessed_jobs SET polls = polls + 1, completed_at = ? WHERE id = ?', completedAt, id)
}
