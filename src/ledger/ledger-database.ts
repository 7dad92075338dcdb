import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { LedgerFailure } from '../ports/ledger-failure.ts'
import { makePrivateFile } from './durable-file.ts'
import { migrate } from './migrations.ts'
import { asLedgerFailure, damaged, isBusy } from './sqlite-failure.ts'
import { inTransaction } from './transaction.ts'

export type Row = Readonly<Record<string, unknown>>

/**
 * The ledger's SQLite file behind four verbs. Each write outside `transaction` is a transaction of its own, and durable when
 * the call returns (`synchronous=FULL`). Throws `LedgerFailure` only.
 */
export type LedgerDatabase = {
  readonly file: string
  /** Rows changed. */
  run(sql: string, ...values: SQLInputValue[]): number
  get(sql: string, ...values: SQLInputValue[]): Row | null
  all(sql: string, ...values: SQLInputValue[]): readonly Row[]
  transaction<T>(work: () => T): T
  close(): void
}

/** How long a statement waits for another process that is writing. */
const BUSY_MS = 10_000

/** Two processes that open a new file at once can collide here, where SQLite's own waiting does not reach. */
function enterWalMode(db: DatabaseSync): void {
  const deadline = performance.now() + BUSY_MS
  for (;;) {
    try {
      db.exec('PRAGMA journal_mode = WAL')
      return
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    }
  }
}

function checkIntegrity(db: DatabaseSync, file: string): void {
  const verdict = db.prepare('PRAGMA quick_check(1)').get()?.quick_check
  if (verdict !== 'ok') throw new LedgerFailure(damaged(file, String(verdict).replaceAll(/\s+/g, ' ')))
}

function openSqlite(file: string): DatabaseSync {
  makePrivateFile(file)
  const db = new DatabaseSync(file)
  try {
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`)
    enterWalMode(db)
    db.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON')
    checkIntegrity(db, file)
    migrate(db, file)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

export function openLedgerDatabase(file: string): LedgerDatabase {
  const guarded = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw asLedgerFailure(error, file)
    }
  }
  const db = guarded(() => openSqlite(file))
  const statements = new Map<string, StatementSync>()
  const statement = (sql: string): StatementSync => {
    const known = statements.get(sql)
    if (known) return known
    const prepared = db.prepare(sql)
    statements.set(sql, prepared)
    return prepared
  }
  return {
    file,
    run: (sql, ...values) => guarded(() => Number(statement(sql).run(...values).changes)),
    get: (sql, ...values) => guarded(() => statement(sql).get(...values) ?? null),
    all: (sql, ...values) => guarded(() => statement(sql).all(...values)),
    transaction: (work) => guarded(() => inTransaction(db, work)),
    close: () => guarded(() => db.close()),
  }
}
