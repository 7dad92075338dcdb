import type { Ledger } from '../ports/ledger.ts'
import { LedgerFailure } from '../ports/ledger-failure.ts'
import { canonicalJson, contentHash } from './canonical-json.ts'
import type { LedgerDatabase } from './ledger-database.ts'
import { readStoredJson } from './read-stored.ts'
import { roleStateSchema } from './role-state-schema.ts'

type SnapshotStore = Pick<Ledger, 'saveSnapshot' | 'snapshot' | 'pinnedOriginal'>

export function snapshotStore(db: LedgerDatabase): SnapshotStore {
  return {
    saveSnapshot(accountKey, state, at) {
      const text = canonicalJson(state)
      const hash = contentHash(text)
      db.transaction(() => {
        db.run('INSERT INTO snapshots (hash, state) VALUES (?, ?) ON CONFLICT DO NOTHING', hash, text)
        db.run('INSERT INTO role_snapshots (account_key, role_id, hash, at) VALUES (?, ?, ?, ?)', accountKey, state.roleId, hash, at)
      })
      return hash
    },
    snapshot(hash) {
      const found = db.get('SELECT state FROM snapshots WHERE hash = ?', hash)
      if (!found) return null
      if (contentHash(String(found.state)) !== hash) {
        throw new LedgerFailure(`The ledger's snapshot ${hash.slice(0, 12)} is not what was written: use the restore script of its change.`)
      }
      return readStoredJson(roleStateSchema, found.state, `snapshot ${hash.slice(0, 12)}`)
    },
    pinnedOriginal(accountKey, roleId) {
      const sql = 'SELECT hash FROM role_snapshots WHERE account_key = ? AND role_id = ? ORDER BY seq LIMIT 1'
      const found = db.get(sql, accountKey, roleId)
      return found ? String(found.hash) : null
    },
  }
}
