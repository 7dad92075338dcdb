import type { Change, JournalOperation } from '../change/change.ts'
import type { Ledger, NewChange } from '../ports/ledger.ts'
import { LedgerFailure } from '../ports/ledger-failure.ts'
import { changeRowSchema, journalRowSchema } from './change-schema.ts'
import type { LedgerDatabase, Row } from './ledger-database.ts'
import { readStored } from './read-stored.ts'

type ChangeStore = Pick<Ledger, 'beginChange' | 'setChangeState' | 'setOperation' | 'change' | 'changes'>

const insertChange = `INSERT INTO changes (change_id, batch_id, account_key, role_name, role_arn, role_id, kind, stage, plan, state, at, by,
  reason, snapshot, undoes, restore_script, overrides) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
const insertTransition = 'INSERT INTO transitions (change_id, state, at) VALUES (?, ?, ?)'
const insertOperation = "INSERT INTO operations (change_id, k, operation, outcome, ms) VALUES (?, ?, ?, 'pending', 0)"

function readChange(row: Row, operations: readonly Row[]): Change {
  const what = `change ${String(row.change_id)}`
  const journal: JournalOperation[] = operations.map((operation) => readStored(journalRowSchema, operation, what))
  return { ...readStored(changeRowSchema, row, what), operations: journal }
}

export function changeStore(db: LedgerDatabase): ChangeStore {
  const withOperations = (row: Row): Change =>
    readChange(
      row,
      db.all('SELECT k, operation, outcome, ms, message FROM operations WHERE change_id = ? ORDER BY k', String(row.change_id)),
    )
  const mustChangeOne = (rows: number, what: string): void => {
    if (rows !== 1) throw new LedgerFailure(`The ledger has no ${what}.`)
  }
  const insert = (change: NewChange): void => {
    db.run(
      insertChange,
      change.changeId,
      change.batchId,
      change.accountKey,
      change.roleName,
      change.roleArn,
      change.roleId,
      change.kind,
      change.stage,
      change.plan,
      'planned',
      change.at,
      change.by,
      change.reason,
      change.snapshot,
      change.undoes,
      change.restoreScript,
      JSON.stringify(change.overrides),
    )
    db.run(insertTransition, change.changeId, 'planned', change.at)
    for (const [index, operation] of change.operations.entries())
      db.run(insertOperation, change.changeId, index + 1, JSON.stringify(operation))
  }
  return {
    beginChange: (change) => db.transaction(() => insert(change)),
    setChangeState(changeId, state, at) {
      db.transaction(() => {
        mustChangeOne(db.run('UPDATE changes SET state = ? WHERE change_id = ?', state, changeId), `change ${changeId}`)
        db.run(insertTransition, changeId, state, at)
      })
    },
    setOperation(changeId, k, { outcome, ms, message }) {
      const sql = 'UPDATE operations SET outcome = ?, ms = ?, message = ? WHERE change_id = ? AND k = ?'
      mustChangeOne(db.run(sql, outcome, Math.round(ms), message, changeId, k), `operation ${k} of change ${changeId}`)
    },
    change(changeId) {
      const row = db.get('SELECT * FROM changes WHERE change_id = ?', changeId)
      return row && withOperations(row)
    },
    changes(accountKey, filter = {}) {
      const rows =
        filter.roleId === undefined
          ? db.all('SELECT * FROM changes WHERE account_key = ? ORDER BY seq DESC', accountKey)
          : db.all('SELECT * FROM changes WHERE account_key = ? AND role_id = ? ORDER BY seq DESC', accountKey, filter.roleId)
      return rows.map(withOperations)
    },
  }
}
