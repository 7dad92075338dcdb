/**
 * Evidence that the ledger keeps from one run to the next. A last-accessed report is taken again while it is young and the
 * role's policies are what they were when it was made: a report lists what the role was granted then. A finding is taken
 * again for as long as its source says that nothing was updated. What was read anew replaces what was kept.
 */
import type { Account } from '../account/account.ts'
import { createGrantFingerprint } from '../account/grant-fingerprint.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { Arn } from '../policy/names.ts'
import type { EvidenceReadOptions, KnownEvidence } from '../ports/aws.ts'
import type { KeptEvidence, KeptReport } from '../ports/ledger.ts'
import type { AppContext } from './context.ts'

/** Headless runs follow each other: what one read an hour ago is good for the next. */
export const REPORT_GOOD_MS = 3_600_000

export type ReadingEvidence = Pick<AppContext, 'accountKey' | 'clock' | 'evidence' | 'ledger' | 'mode'>

/** Reads the evidence, taking from the ledger what is still good. `reportsGoodMs` 0 reads every report anew. */
export async function readEvidence(
  context: ReadingEvidence,
  account: Account,
  { reportsGoodMs, ...options }: EvidenceReadOptions & { readonly reportsGoodMs: number },
): Promise<Evidence> {
  const { accountKey, clock, evidence, ledger, mode } = context
  // A usage file is as fast as the ledger.
  if (mode === 'offline') return evidence.readEvidence(account, options)
  const kept = ledger.keptEvidence(accountKey)
  const fingerprint = createGrantFingerprint(account)
  const good = goodReports(kept, account, fingerprint, { now: clock.now().getTime(), goodMs: reportsGoodMs })
  const known: KnownEvidence = {
    reports: new Map([...good].map(([arn, { report }]) => [arn, report])),
    findings: new Map(kept.findings.map((finding) => [finding.id, finding])),
  }
  const said = await evidence.readEvidence(account, { ...options, known })
  const readAt = clock.now().toISOString()
  const reports = account.roles.flatMap((role): KeptReport[] => {
    const report = said.byRole.get(role.arn)?.lastAccessed
    if (report?.complete !== true) return []
    return [good.get(role.arn) ?? { roleId: role.roleId, fingerprint: fingerprint(role), readAt, report }]
  })
  const findings = [...said.byRole.values()].flatMap((one) => one.findings.filter(({ complete }) => complete))
  const next = { reports, findings }
  if (!isSame(kept, next)) ledger.keepEvidence(accountKey, next)
  return withAge(said, [...good.values()], clock.now().getTime())
}

/** What was taken again is the very same object. */
const isSame = (a: KeptEvidence, b: KeptEvidence): boolean => isSameList(a.reports, b.reports) && isSameList(a.findings, b.findings)

const isSameList = (a: readonly unknown[], b: readonly unknown[]): boolean => {
  const before = new Set(a)
  return a.length === b.length && b.every((one) => before.has(one))
}

type Age = { readonly now: number; readonly goodMs: number }

function goodReports(
  { reports }: KeptEvidence,
  { roles }: Account,
  fingerprint: ReturnType<typeof createGrantFingerprint>,
  { now, goodMs }: Age,
): ReadonlyMap<Arn, KeptReport> {
  const byRole = new Map(reports.map((one) => [one.roleId, one]))
  return new Map(
    roles.flatMap((role): [Arn, KeptReport][] => {
      const kept = byRole.get(role.roleId)
      if (kept === undefined || kept.report.roleArn !== role.arn || kept.fingerprint !== fingerprint(role)) return []
      const age = now - Date.parse(kept.readAt)
      // A clock that went back says nothing about age.
      return age >= 0 && age < goodMs ? [[role.arn, kept]] : []
    }),
  )
}

/** The source says how much of it was not read just now. */
function withAge(said: Evidence, good: readonly KeptReport[], now: number): Evidence {
  const oldest = good.reduce<number | null>((least, { readAt }) => Math.min(least ?? Number.POSITIVE_INFINITY, Date.parse(readAt)), null)
  if (oldest === null) return said
  const minutes = Math.floor((now - oldest) / 60_000)
  const sources = said.sources.map((source) =>
    source.id === 'last-accessed' ? { ...source, why: `${source.why}; ${good.length} of them read up to ${minutes} min ago` } : source,
  )
  return { ...said, sources }
}
