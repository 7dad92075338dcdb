import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { KeptEvidence, Ledger } from '../ports/ledger.ts'
import { packEvidence, unpackEvidence } from './evidence-text.ts'
import type { LedgerDatabase } from './ledger-database.ts'

const KIND = 'kept'
const nothing: KeptEvidence = { reports: [], findings: [], trail: null }
const row = z.object({ stamp: z.string(), content: z.string() })

const checksum = (text: string): string => createHash('sha256').update(text).digest('hex')

/** One row an account. What cannot be read counts as absent: it costs reading the sources again. */
export function evidenceStore(db: LedgerDatabase): Pick<Ledger, 'keepEvidence' | 'keptEvidence'> {
  return {
    keptEvidence(accountKey) {
      const sql = 'SELECT stamp, CAST(content AS TEXT) AS content FROM evidence WHERE account_key = ? AND kind = ?'
      const found = row.safeParse(db.get(sql, accountKey, KIND)).data
      return found !== undefined && found.stamp === checksum(found.content) ? (unpackEvidence(found.content) ?? nothing) : nothing
    },
    keepEvidence(accountKey, evidence) {
      const text = packEvidence(evidence)
      const sql =
        "INSERT OR REPLACE INTO evidence (account_key, kind, id, stamp, read_at, content) VALUES (?, ?, '', ?, '', CAST(? AS BLOB))"
      db.run(sql, accountKey, KIND, checksum(text), text)
    },
  }
}
