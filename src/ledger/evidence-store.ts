import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { KeptEvidence, KeptObservations, Ledger } from '../ports/ledger.ts'
import { packEvidence, unpackEvidence } from './evidence-text.ts'
import type { LedgerDatabase } from './ledger-database.ts'

type Kind = 'kept' | 'observed'

const noEvidence: KeptEvidence = { reports: [], findings: [], trail: null }
const noObservations: KeptObservations = { calls: null, externalAccess: [], unusedCredentials: [] }
const row = z.object({ stamp: z.string(), content: z.string() })

const checksum = (text: string): string => createHash('sha256').update(text).digest('hex')

/** One text an account and kind. What cannot be read counts as absent: it costs reading the sources again. */
export function evidenceStore(db: LedgerDatabase): Pick<Ledger, 'keepEvidence' | 'keptEvidence' | 'keepObservations' | 'keptObservations'> {
  const read = (accountKey: string, kind: Kind): string | null => {
    const sql = 'SELECT stamp, CAST(content AS TEXT) AS content FROM evidence WHERE account_key = ? AND kind = ?'
    const found = row.safeParse(db.get(sql, accountKey, kind)).data
    return found !== undefined && found.stamp === checksum(found.content) ? found.content : null
  }
  const write = (accountKey: string, kind: Kind, text: string): void => {
    const sql = "INSERT OR REPLACE INTO evidence (account_key, kind, id, stamp, read_at, content) VALUES (?, ?, '', ?, '', CAST(? AS BLOB))"
    db.run(sql, accountKey, kind, checksum(text), text)
  }
  return {
    keptEvidence(accountKey) {
      const text = read(accountKey, 'kept')
      return text === null ? noEvidence : (unpackEvidence(text) ?? noEvidence)
    },
    keepEvidence: (accountKey, evidence) => write(accountKey, 'kept', packEvidence(evidence)),
    keptObservations(accountKey) {
      const text = read(accountKey, 'observed')
      // The checksum says that this is what `keepObservations` wrote.
      return text === null ? noObservations : { ...noObservations, ...(JSON.parse(text) as KeptObservations) }
    },
    keepObservations: (accountKey, observed) => write(accountKey, 'observed', JSON.stringify(observed)),
  }
}
