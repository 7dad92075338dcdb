import type { EvidenceSourceId, LastAccessedReport, SourceStatus, UnusedAccessFinding } from '../evidence/evidence.ts'
import type { Iso } from '../policy/names.ts'
import { later } from './service-uses.ts'

export function sourceMissing(id: EvidenceSourceId, why: string): SourceStatus {
  return { id, status: 'missing', why, observedUntil: null }
}

/** `observedUntil` null: the newest analysis among the findings. */
export function sourceOfFindings(findings: readonly UnusedAccessFinding[], from: string, observedUntil: Iso | null): SourceStatus {
  const incomplete = findings.filter((finding) => !finding.complete).length
  const why = `${findings.length} findings on roles from ${from}${incomplete === 0 ? '' : `, ${incomplete} incomplete`}`
  const newest = findings.reduce<Iso | null>((latest, finding) => later(latest, finding.analyzedAt), null)
  return { id: 'access-analyzer', status: incomplete === 0 ? 'connected' : 'partial', why, observedUntil: observedUntil ?? newest }
}

/** Observed until the end of the oldest complete report. */
export function sourceOfReports(reports: readonly LastAccessedReport[]): SourceStatus {
  const complete = reports.filter((report) => report.complete)
  const problem = reports.find((report) => report.problem !== null)?.problem
  const oldest = complete.reduce<Iso | null>(
    (least, { observedUntil: at }) => (least === null || (at !== null && at < least) ? at : least),
    null,
  )
  if (complete.length === 0) return sourceMissing('last-accessed', problem ?? 'no report')
  const why = `reports on ${complete.length} of ${reports.length} roles${problem ? `; elsewhere ${problem}` : ''}`
  return { id: 'last-accessed', status: problem ? 'partial' : 'connected', why, observedUntil: oldest }
}
