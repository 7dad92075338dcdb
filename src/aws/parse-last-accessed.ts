import type { LastAccessedReport, ServiceUse } from '../evidence/evidence.ts'
import type { Arn, Iso } from '../policy/names.ts'
import { createUseReader, mergeServices, type ReadActionUse } from './service-uses.ts'
import type { LastAccessedPage } from './usage-schema.ts'

export type ReportContext = {
  /** Where the file says it for all reports. */
  readonly observedUntil: Iso | null
  readonly readService: ReadServiceUse
}

/**
 * All pages of one `GetServiceLastAccessedDetails`. Complete only when the job is done and the last page is the last:
 * a service of an unread page looks just like a service that was never used.
 */
export function parseLastAccessed(
  roleArn: Arn,
  pages: readonly LastAccessedPage[],
  { observedUntil, readService }: ReportContext,
): LastAccessedReport {
  const problem = problemOf(pages)
  return {
    roleArn,
    observedUntil: observedUntil ?? pages[0]?.JobCompletionDate ?? null,
    complete: problem === null,
    problem,
    services: mergeServices(pages.flatMap((page) => (page.ServicesLastAccessed ?? []).map(readService))),
  }
}

/** A report that could not be had. */
export function missingReport(roleArn: Arn, problem: string): LastAccessedReport {
  return { roleArn, observedUntil: null, complete: false, problem, services: [] }
}

function problemOf(pages: readonly LastAccessedPage[]): string | null {
  const undone = pages.find((page) => page.JobStatus !== 'COMPLETED')
  if (undone !== undefined) {
    const why = undone.Error?.Message ?? undone.Error?.Code
    return `the job is ${undone.JobStatus ?? 'of unknown status'}, not COMPLETED${why ? `: ${why}` : ''}`
  }
  if (pages.length === 0) return 'the report is empty'
  return pages.at(-1)?.IsTruncated === true ? 'the report is cut off: a page is missing' : null
}

type ServiceRow = NonNullable<LastAccessedPage['ServicesLastAccessed']>[number]
export type ReadServiceUse = (service: ServiceRow) => ServiceUse

/** Gives the same use for the same row: a file may tell it of many roles. */
export function createServiceReader(readUse: ReadActionUse = createUseReader()): ReadServiceUse {
  const known = new WeakMap<ServiceRow, ServiceUse>()
  return (service) => {
    const use = known.get(service) ?? toServiceUse(service, readUse)
    known.set(service, use)
    return use
  }
}

function toServiceUse({ ServiceNamespace, LastAuthenticated, TrackedActionsLastAccessed }: ServiceRow, readUse: ReadActionUse): ServiceUse {
  const actions = TrackedActionsLastAccessed?.map((tracked) => readUse(ServiceNamespace, tracked.ActionName, tracked.LastAccessedTime))
  return { service: ServiceNamespace, lastAccessed: LastAuthenticated, actions: actions ?? null }
}
