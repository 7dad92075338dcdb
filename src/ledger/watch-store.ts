import { z } from 'zod'
import type { WatchSight } from '../change/watch.ts'
import type { Ledger } from '../ports/ledger.ts'
import type { LedgerDatabase } from './ledger-database.ts'
import { readStoredJson } from './read-stored.ts'

const sightSchema: z.ZodType<WatchSight> = z.object({
  visible: z.number(),
  total: z.number(),
  denied: z.array(z.object({ at: z.string(), roleArn: z.string(), action: z.string(), region: z.string(), message: z.string() })),
})

/** The newest sight of each change replaces the one before: CloudTrail keeps the history. */
export function watchStore(db: LedgerDatabase): Pick<Ledger, 'keepWatch' | 'watchOf'> {
  return {
    keepWatch(changeId, { checkedAt, ...sight }) {
      const sql = 'INSERT OR REPLACE INTO watches (change_id, checked_at, sight) VALUES (?, ?, ?)'
      db.run(sql, changeId, checkedAt, JSON.stringify(sight))
    },
    watchOf(changeId) {
      const found = db.get('SELECT sight FROM watches WHERE change_id = ?', changeId)
      return found && readStoredJson(sightSchema, found.sight, `watch of change ${changeId}`)
    },
  }
}
