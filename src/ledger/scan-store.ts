import { gunzipSync, gzipSync } from 'node:zlib'
import { z } from 'zod'
import type { Ledger, StoredScan } from '../ports/ledger.ts'
import type { LedgerDatabase } from './ledger-database.ts'
import { readStored, readStoredJson } from './read-stored.ts'

/** Payloads are large: only the newest of an account keep theirs, the others stay as a row with their time. */
const KEPT_PAYLOADS = 10

const row = z.object({ scan_id: z.string(), account_key: z.string(), at: z.string(), payload: z.instanceof(Uint8Array) })

export function scanStore(db: LedgerDatabase): Pick<Ledger, 'saveScan' | 'lastScan'> {
  return {
    saveScan({ scanId, accountKey, at, payload }: StoredScan): void {
      const packed = gzipSync(JSON.stringify(payload), { level: 1 })
      db.transaction(() => {
        db.run('INSERT INTO scans (scan_id, account_key, at, payload) VALUES (?, ?, ?, ?)', scanId, accountKey, at, packed)
        db.run(
          `UPDATE scans SET payload = NULL WHERE account_key = ? AND payload IS NOT NULL
           AND seq NOT IN (SELECT seq FROM scans WHERE account_key = ? ORDER BY seq DESC LIMIT ${KEPT_PAYLOADS})`,
          accountKey,
          accountKey,
        )
      })
    },
    lastScan(accountKey) {
      const found = db.get(
        'SELECT scan_id, account_key, at, payload FROM scans WHERE account_key = ? ORDER BY seq DESC LIMIT 1',
        accountKey,
      )
      if (!found) return null
      const scan = readStored(row, found, 'newest scan')
      const payload = readStoredJson(z.unknown(), unpacked(scan.payload), `scan ${scan.scan_id}`)
      return { scanId: scan.scan_id, accountKey: scan.account_key, at: scan.at, payload }
    },
  }
}

/** What is no gzip gives the empty text, which is no JSON either. */
function unpacked(payload: Uint8Array): string {
  try {
    return gunzipSync(payload).toString('utf8')
  } catch {
    return ''
  }
}
