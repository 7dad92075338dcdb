import { z } from 'zod'
import type { KeptCalls, Ledger } from '../ports/ledger.ts'
import type { LedgerDatabase } from './ledger-database.ts'
import { packJson, unpackJson } from './packed-json.ts'

/** Beside the rows of `evidenceStore`, which leaves this kind alone. */
export const CALLS = 'calls'

const keptCalls: z.ZodType<KeptCalls> = z.object({
  readAt: z.string(),
  days: z.number(),
  calls: z.object({
    status: z.enum(['connected', 'partial', 'missing']),
    why: z.string(),
    observedUntil: z.string().nullable(),
    value: z.array(z.object({ roleArn: z.string(), calls: z.number() })),
  }),
})
const row = z.object({ content: z.instanceof(Uint8Array) })

export function callsStore(db: LedgerDatabase): Pick<Ledger, 'keepCalls' | 'keptCalls'> {
  return {
    keepCalls(accountKey, counted) {
      const sql = "INSERT OR REPLACE INTO evidence (account_key, kind, id, stamp, read_at, content) VALUES (?, ?, '', '', ?, ?)"
      db.run(sql, accountKey, CALLS, counted.readAt, packJson(counted))
    },
    keptCalls(accountKey) {
      const found = row.safeParse(db.get('SELECT content FROM evidence WHERE account_key = ? AND kind = ?', accountKey, CALLS))
      return found.success ? unpackJson(keptCalls, found.data.content) : null
    },
  }
}
