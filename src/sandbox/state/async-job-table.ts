import { integer, text } from './column.ts'
import type { Database } from './database.ts'

/** A job that its asker polls: a query, a recommendation, a generated policy, a credential report. */
export type AsyncJob = {
  readonly id: string
  readonly kind: string
  readonly createdAt: string
  readonly polls: number
  readonly content: Readonly<Record<string, unknown>>
}

const KEPT_JOBS = 2_000

export function findAsyncJob(database: Database, kind: string, id: string): AsyncJob | null {
  const row = database.get('SELECT * FROM async_jobs WHERE id = ? AND kind = ?', id, kind)
  return row === null ? null : jobOf(row)
}

/** Newest first. */
export function asyncJobsOf(database: Database, kind: string): readonly AsyncJob[] {
  return database.all('SELECT * FROM async_jobs WHERE kind = ? ORDER BY rowid DESC', kind).map(jobOf)
}

/** Writes over a job of the same id. */
export function putAsyncJob(database: Database, job: AsyncJob): void {
  const { id, kind, createdAt, polls, content } = job
  database.run('INSERT OR REPLACE INTO async_jobs VALUES (?, ?, ?, ?, ?)', id, kind, createdAt, polls, JSON.stringify(content))
  database.run('DELETE FROM async_jobs WHERE rowid <= (SELECT max(rowid) FROM async_jobs) - ?', KEPT_JOBS)
}

/** Looking at a job is what moves it on: it is done at the second look. */
export function pollAsyncJob(database: Database, job: AsyncJob): 'running' | 'done' {
  database.run('UPDATE async_jobs SET polls = polls + 1 WHERE id = ?', job.id)
  return job.polls > 0 ? 'done' : 'running'
}

function jobOf(row: Parameters<typeof text>[0]): AsyncJob {
  const content: unknown = JSON.parse(text(row, 'content'))
  return {
    id: text(row, 'id'),
    kind: text(row, 'kind'),
    createdAt: text(row, 'created_at'),
    polls: integer(row, 'polls'),
    content: typeof content === 'object' && content !== null ? Object.fromEntries(Object.entries(content)) : {},
  }
}
