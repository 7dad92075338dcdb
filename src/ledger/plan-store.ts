import type { Ledger } from '../ports/ledger.ts'
import { frozenPlanSchema } from './frozen-plan-schema.ts'
import type { LedgerDatabase } from './ledger-database.ts'
import { readStoredJson } from './read-stored.ts'

type PlanStore = Pick<Ledger, 'freezePlan' | 'frozenPlan' | 'thawPlan'>

/** A plan that is thawed or frozen anew stays in the ledger, only not as the current one. */
export function planStore(db: LedgerDatabase): PlanStore {
  const retire = (accountKey: string, roleId: string) =>
    db.run('UPDATE frozen_plans SET is_current = 0 WHERE account_key = ? AND role_id = ? AND is_current = 1', accountKey, roleId)
  return {
    freezePlan(accountKey, frozen) {
      const { roleId } = frozen.plan
      db.transaction(() => {
        retire(accountKey, roleId)
        const sql = 'INSERT INTO frozen_plans (account_key, role_id, is_current, frozen) VALUES (?, ?, 1, ?)'
        db.run(sql, accountKey, roleId, JSON.stringify(frozen))
      })
    },
    frozenPlan(accountKey, roleId) {
      const sql = 'SELECT frozen FROM frozen_plans WHERE account_key = ? AND role_id = ? AND is_current = 1'
      const found = db.get(sql, accountKey, roleId)
      return found ? readStoredJson(frozenPlanSchema, found.frozen, `frozen plan of ${roleId}`) : null
    },
    thawPlan(accountKey, roleId) {
      retire(accountKey, roleId)
    },
  }
}
