import { z } from 'zod'
import type { LastAccessedReport, UnusedAccessFinding } from '../evidence/evidence.ts'
import type { KeptReport, Ledger } from '../ports/ledger.ts'
import { CALLS } from './calls-store.ts'
import type { LedgerDatabase } from './ledger-database.ts'
import { packJson, unpackJson } from './packed-json.ts'

const services = z.array(
  z.object({
    service: z.string(),
    lastAccessed: z.string().nullable(),
    actions: z.array(z.object({ action: z.string(), lastAccessed: z.string().nullable() })).nullable(),
  }),
)
const report: z.ZodType<LastAccessedReport> = z.object({
  roleArn: z.string(),
  observedUntil: z.string().nullable(),
  complete: z.boolean(),
  problem: z.string().nullable(),
  services,
})
const finding: z.ZodType<UnusedAccessFinding> = z.object({
  id: z.string(),
  analyzerArn: z.string().nullable(),
  roleArn: z.string(),
  findingType: z.enum(['UnusedPermission', 'UnusedIAMRole']),
  status: z.enum(['ACTIVE', 'ARCHIVED', 'RESOLVED']),
  analyzedAt: z.string().nullable(),
  updatedAt: z.string().nullable(),
  unusedAccessAge: z.number().nullable(),
  complete: z.boolean(),
  services,
  lastAccessed: z.string().nullable(),
})
const row = z.object({ kind: z.string(), id: z.string(), stamp: z.string(), read_at: z.string(), content: z.instanceof(Uint8Array) })

type KeptRow = {
  readonly kind: 'report' | 'finding'
  readonly id: string
  readonly stamp: string
  readonly readAt: string
  readonly content: unknown
}

/** One row a report and a finding. A row that cannot be read counts as absent: it costs reading the source again. */
export function evidenceStore(db: LedgerDatabase): Pick<Ledger, 'keepEvidence' | 'keptEvidence'> {
  const rows = (accountKey: string) =>
    db
      .all('SELECT kind, id, stamp, read_at, content FROM evidence WHERE account_key = ? AND kind <> ?', accountKey, CALLS)
      .flatMap((found) => row.safeParse(found).data ?? [])
  return {
    keptEvidence(accountKey) {
      const found = rows(accountKey)
      return {
        reports: found.flatMap((one): KeptReport[] => {
          const content = one.kind === 'report' ? unpackJson(report, one.content) : null
          return content === null ? [] : [{ roleId: one.id, fingerprint: one.stamp, readAt: one.read_at, report: content }]
        }),
        findings: found.flatMap((one) => (one.kind === 'finding' ? (unpackJson(finding, one.content) ?? []) : [])),
      }
    },
    keepEvidence(accountKey, { reports, findings }) {
      const wanted: readonly KeptRow[] = [
        ...reports.map(
          ({ roleId, fingerprint, readAt, report: content }) =>
            ({ kind: 'report', id: roleId, stamp: fingerprint, readAt, content }) as const,
        ),
        ...findings.map(
          (content) =>
            ({ kind: 'finding', id: content.id, stamp: content.updatedAt ?? '', readAt: content.analyzedAt ?? '', content }) as const,
        ),
      ]
      const known = new Map(rows(accountKey).map((one) => [`${one.kind} ${one.id}`, one]))
      const changed = wanted.filter(({ kind, id, stamp, readAt }) => {
        const before = known.get(`${kind} ${id}`)
        return before === undefined || before.stamp !== stamp || before.read_at !== readAt
      })
      const still = new Set(wanted.map(({ kind, id }) => `${kind} ${id}`))
      const gone = [...known].filter(([key]) => !still.has(key)).map(([, one]) => one)
      if (changed.length === 0 && gone.length === 0) return
      db.transaction(() => {
        for (const { kind, id } of gone) db.run('DELETE FROM evidence WHERE account_key = ? AND kind = ? AND id = ?', accountKey, kind, id)
        for (const { kind, id, stamp, readAt, content } of changed)
          db.run(
            'INSERT OR REPLACE INTO evidence (account_key, kind, id, stamp, read_at, content) VALUES (?, ?, ?, ?, ?, ?)',
            accountKey,
            kind,
            id,
            stamp,
            readAt,
            packJson(content),
          )
      })
    },
  }
}
