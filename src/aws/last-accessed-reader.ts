import type { LastAccessedReport, SourceStatus } from '../evidence/evidence.ts'
import type { Arn } from '../policy/names.ts'
import type { EvidenceReadOptions } from '../ports/aws.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import { mapBounded } from './bounded.ts'
import type { AwsClients } from './clients.ts'
import { type JobTiming, readLastAccessedReport } from './last-accessed-job.ts'
import { missingReport } from './parse-last-accessed.ts'
import { sourceMissing, sourceOfReports } from './source-status.ts'

/** So many failures in a row, before and after the first report, mean that asking for the rest is idle. */
const patience = { beforeFirst: 3, afterwards: 20 } as const

export type LastAccessedAnswer = { readonly reports: readonly LastAccessedReport[]; readonly source: SourceStatus }

/** IAM's "last accessed" reports on the roles. Rejects only when it is cancelled. */
export async function readLastAccessed(
  clients: AwsClients,
  roleArns: readonly Arn[],
  timing: JobTiming,
  options: EvidenceReadOptions = {},
): Promise<LastAccessedAnswer> {
  const { signal, onProgress, known } = options
  let done = 0
  let succeeded = 0
  let failedInRow = 0
  let hopeless: AwsFailure | null = null
  const tell = (step: { readonly throttledMs?: number } = {}): void =>
    onProgress?.({ what: 'last-accessed', done, total: roleArns.length, ...step })
  const told: JobTiming = { ...timing, onThrottled: (throttledMs) => tell({ throttledMs }) }
  tell()

  const reports = await mapBounded(roleArns, timing.concurrency, async (roleArn) => {
    const kept = known?.reports.get(roleArn)
    if (kept !== undefined || hopeless !== null) {
      done += 1
      return kept ?? null
    }
    try {
      const report = await readLastAccessedReport(clients, roleArn, told, signal)
      succeeded += 1
      failedInRow = 0
      return report
    } catch (error) {
      if (!(error instanceof AwsFailure) || error.kind === 'cancelled') throw error
      // A role that vanished since it was listed is no sign of trouble.
      if (error.code !== 'NoSuchEntity') failedInRow += 1
      if (failedInRow >= (succeeded === 0 ? patience.beforeFirst : patience.afterwards)) hopeless = error
      return missingReport(roleArn, error.code === 'NoSuchEntity' ? 'the role no longer exists' : error.message)
    } finally {
      done += 1
      tell()
    }
  })
  return summarise(reports, roleArns, hopeless)
}

function summarise(
  reports: readonly (LastAccessedReport | null)[],
  roleArns: readonly Arn[],
  hopeless: AwsFailure | null,
): LastAccessedAnswer {
  const given = reports.filter((report) => report !== null)
  if (roleArns.length === 0)
    return { reports: [], source: { id: 'last-accessed', status: 'connected', why: 'no roles', observedUntil: null } }
  if (hopeless !== null && given.every((report) => !report.complete))
    return { reports: [], source: sourceMissing('last-accessed', hopeless.message) }
  const all = reports.map((report, k) => report ?? missingReport(roleArns[k] ?? '', hopeless?.message ?? 'not asked'))
  return { reports: all, source: sourceOfReports(all) }
}
