import { closeSync, openSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'

/** One row as SQLite gives it. `column.ts` reads it. */
export type Row = Readonly<Record<string, unknown>>

/** The account's SQLite file. Several processes may share it: every request is one transaction, nothing is remembered between two. */
export type Database = {
  all(sql: string, ...values: SQLInputValue[]): readonly Row[]
  get(sql: string, ...values: SQLInputValue[]): Row | null
  /** Returns how many rows it changed. */
  run(sql: string, ...values: SQLInputValue[]): number
  script(sql: string): void
  /** Runs `body` in one transaction: committed when it returns, undone when it throws. */
  transaction<T>(kind: 'read' | 'write', body: () => T): T
  close(): void
}

/** A committed request survives the death of the process; only a power cut may lose the newest ones, never consistency. */
const PRAGMAS = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;'
const BUSY_TIMEOUT_MS = 20_000

export function openDatabase(file: string): Database {
  const inMemory = file === ':memory:'
  if (!inMemory) closeSync(openSync(file, 'a', 0o600))
  const sqlite = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS })
  if (!inMemory) sqlite.exec(PRAGMAS)
  const statements = new Map<string, StatementSync>()
  const prepared = (sql: string): StatementSync => {
    const known = statements.get(sql)
    if (known !== undefined) return known
    const statement = sqlite.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  return {
    all: (sql, ...values) => prepared(sql).all(...values),
    get: (sql, ...values) => prepared(sql).get(...values) ?? null,
    run: (sql, ...values) => Number(prepared(sql).run(...values).changes),
    script: (sql) => sqlite.exec(sql),
    transaction(kind, body) {
      sqlite.exec(kind === 'write' ? 'BEGIN IMMEDIATE' : 'BEGIN')
      try {
        const result = body()
        sqlite.exec('COMMIT')
        return result
      } catch (error) {
        sqlite.exec('ROLLBACK')
        throw error
      }
    },
    close: () => sqlite.close(),
  }
}
