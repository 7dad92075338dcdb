import type { Evidence, LastAccessedReport, ObservedCall, RoleEvidence, SourceStatus, UnusedAccessFinding } from '../evidence/evidence.ts'
import type { GrantHistory } from '../evidence/grant-history.ts'
import type { Arn } from '../policy/names.ts'

export type EvidenceParts = {
  readonly reports: readonly LastAccessedReport[]
  readonly findings: readonly UnusedAccessFinding[]
  readonly calls: ReadonlyMap<Arn, readonly ObservedCall[]>
  readonly history: GrantHistory
  readonly sources: readonly SourceStatus[]
}

/** Puts what each source said under the role that it is about. */
export function joinEvidence({ reports, findings, calls, history, sources }: EvidenceParts): Evidence {
  const lastAccessed = new Map(reports.map((report) => [report.roleArn, report]))
  const findingsOf = Map.groupBy(findings, (finding) => finding.roleArn)
  const arns = new Set<Arn>([...lastAccessed.keys(), ...findingsOf.keys(), ...calls.keys()])
  const byRole = new Map<Arn, RoleEvidence>()
  for (const arn of arns) {
    byRole.set(arn, { lastAccessed: lastAccessed.get(arn) ?? null, findings: findingsOf.get(arn) ?? [], calls: calls.get(arn) ?? [] })
  }
  return { byRole, sources, history }
}
