import { text, textOrNull } from './column.ts'
import type { Database, Row } from './database.ts'

/** A time in which the policies of a role refused what its workload goes on to call. `until` null: they still do. */
export type StoredDenial = {
  readonly owner: string
  readonly action: string
  readonly since: string
  readonly until: string | null
  readonly message: string
}

export function denialsOf(database: Database, owner: string): readonly StoredDenial[] {
  return database.all('SELECT * FROM denials WHERE owner = ? ORDER BY since', owner).map(denialOf)
}

export function allDenials(database: Database): readonly StoredDenial[] {
  return database.all('SELECT * FROM denials ORDER BY since').map(denialOf)
}

export function openDenial(database: Database, { owner, action, since, message }: Omit<StoredDenial, 'until'>): void {
  const sql = 'INSERT INTO denials VALUES (?, ?, ?, NULL, ?) ON CONFLICT DO UPDATE SET until = NULL, message = excluded.message'
  database.run(sql, owner, action, since, message)
}

export function closeDenial(database: Database, denial: StoredDenial, until: string): void {
  database.run(
    'UPDATE denials SET until = ? WHERE owner = ? AND action = ? AND since = ?',
    until,
    denial.owner,
    denial.action,
    denial.since,
  )
}

function denialOf(row: Row): StoredDenial {
  return {
    owner: text(row, 'owner'),
    action: text(row, 'action'),
    since: text(row, 'since'),
    until: textOrNull(row, 'until'),
    message: text(row, 'message'),
  }
}
