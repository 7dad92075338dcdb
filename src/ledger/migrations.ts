import type { DatabaseSync } from 'node:sqlite'
import { LedgerFailure } from '../ports/ledger-failure.ts'
import { inTransaction } from './transaction.ts'

/**
 * Each step takes the schema from its place in the list to the next and is never edited once released. Hashes are SHA-256 of
 * canonical JSON; instants are ISO 8601 texts.
 */
const migrations: readonly string[] = [
  `CREATE TABLE scans (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    scan_id TEXT NOT NULL UNIQUE,
    account_key TEXT NOT NULL,
    at TEXT NOT NULL,
    payload BLOB
  ) STRICT;
  CREATE INDEX scans_of_account ON scans (account_key, seq);

  CREATE TABLE snapshots (hash TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT;
  CREATE TABLE role_snapshots (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    account_key TEXT NOT NULL,
    role_id TEXT NOT NULL,
    hash TEXT NOT NULL REFERENCES snapshots (hash),
    at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX snapshots_of_role ON role_snapshots (account_key, role_id, seq);

  CREATE TABLE frozen_plans (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    account_key TEXT NOT NULL,
    role_id TEXT NOT NULL,
    is_current INTEGER NOT NULL,
    frozen TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX current_plan ON frozen_plans (account_key, role_id) WHERE is_current = 1;

  CREATE TABLE changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    change_id TEXT NOT NULL UNIQUE,
    batch_id TEXT,
    account_key TEXT NOT NULL,
    role_name TEXT NOT NULL,
    role_arn TEXT NOT NULL,
    role_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    stage INTEGER,
    plan TEXT,
    state TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    reason TEXT,
    snapshot TEXT NOT NULL REFERENCES snapshots (hash),
    undoes TEXT,
    restore_script TEXT,
    overrides TEXT NOT NULL
  ) STRICT;
  CREATE INDEX changes_of_role ON changes (account_key, role_id, seq);
  CREATE TABLE transitions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    change_id TEXT NOT NULL REFERENCES changes (change_id),
    state TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE operations (
    change_id TEXT NOT NULL REFERENCES changes (change_id),
    k INTEGER NOT NULL,
    operation TEXT NOT NULL,
    outcome TEXT NOT NULL,
    ms INTEGER NOT NULL,
    message TEXT,
    PRIMARY KEY (change_id, k)
  ) STRICT, WITHOUT ROWID;`,
  `CREATE TABLE evidence (
    account_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    stamp TEXT NOT NULL,
    read_at TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (account_key, kind, id)
  ) STRICT;`,
  `CREATE TABLE watches (
    change_id TEXT PRIMARY KEY REFERENCES changes (change_id),
    checked_at TEXT NOT NULL,
    sight TEXT NOT NULL
  ) STRICT;`,
  // One row an account in place of one a report; it is read again from its sources.
  "DELETE FROM evidence WHERE kind IN ('report', 'finding', 'calls');",
]

/** Tells our file from any other SQLite database: the letters "ztui". */
const APPLICATION_ID = 0x7a_74_75_69

function readNumber(db: DatabaseSync, pragma: string): number {
  return Number(db.prepare(`PRAGMA ${pragma}`).get()?.[pragma] ?? 0)
}

const hasTables = (db: DatabaseSync): boolean => db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' LIMIT 1").get() !== undefined

/** Brings the schema up to date in one transaction. */
export function migrate(db: DatabaseSync, file: string): void {
  if (readNumber(db, 'application_id') !== APPLICATION_ID && hasTables(db)) {
    throw new LedgerFailure(`${file} is an SQLite database of another program, not a ledger: use another --data-dir.`)
  }
  const refuseNewer = (): number => {
    const version = readNumber(db, 'user_version')
    if (version <= migrations.length) return version
    throw new LedgerFailure(
      `The ledger ${file} was written by a newer zt-tui (schema ${version}, this one knows ${migrations.length}): update zt-tui.`,
    )
  }
  if (refuseNewer() === migrations.length) return
  inTransaction(db, () => {
    // Another process may have been faster while this one waited.
    for (const step of migrations.slice(refuseNewer())) db.exec(step)
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${migrations.length}`)
  })
}
