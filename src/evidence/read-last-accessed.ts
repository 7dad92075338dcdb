import type { Iso } from '../policy/names.ts'
import { actionKey } from '../policy/names.ts'
import type { LastAccessedReport, ServiceUse } from './evidence.ts'
import { isFresh, isInside, type Opinion, type SourceReading, silent, type Window } from './reading.ts'

/** Since when IAM keeps action-level dates for all services; some are older, which only makes this cautious. */
const ACTIONS_TRACKED_SINCE = Date.parse('2023-05-23T00:00:00Z')
/** Service-level dates reach back at least this far. */
const SERVICES_TRACKED_DAYS = 400

/**
 * What a last-accessed report says. A row's date inside the window is use. A row without one is non-use, but only if the
 * report is complete, fresh and covers the window. An action that a used service's rows do not name is not tracked.
 */
export function readLastAccessed(report: LastAccessedReport | null, window: Window): SourceReading {
  if (report === null) return silent('no last-accessed report for this role')
  const { observedUntil } = report
  const doubt = doubtAbout(report, window)
  const named = new Map<string, Opinion>()
  const ofService = new Map<string, Opinion>()
  for (const service of report.services) {
    const prefix = service.service.toLowerCase()
    const opinion = opinionOnService(service, doubt, observedUntil, window)
    if (opinion !== null) ofService.set(prefix, opinion)
    for (const row of service.actions ?? []) {
      const rowOpinion = opinionOnRow(row.lastAccessed, doubt, observedUntil, window)
      if (rowOpinion !== null) named.set(actionKey(row.action), rowOpinion)
    }
  }
  const silence = doubt ?? 'the last-accessed report does not list its service'
  return { named, ofService, everywhere: null, silence }
}

/** Why the report cannot prove non-use; null when it can. */
function doubtAbout(report: LastAccessedReport, window: Window): string | null {
  if (!report.complete) return `the last-accessed report is incomplete${report.problem === null ? '' : `: ${report.problem}`}`
  if (report.observedUntil === null) return 'the last-accessed report has no date'
  if (!isFresh(report.observedUntil, window))
    return `the last-accessed report ends ${report.observedUntil}, more than ${window.freshDays} days ago`
  return null
}

function opinionOnService(use: ServiceUse, doubt: string | null, observedUntil: Iso | null, window: Window): Opinion | null {
  const { lastAccessed } = use
  const common = { source: 'last-accessed', lastAccessed, observedUntil } as const
  if (isInside(lastAccessed, window)) {
    return {
      ...common,
      lastAccessed: null,
      state: 'unknown',
      reason: `${use.service} was used, and last-accessed does not track this action`,
    }
  }
  if (doubt !== null) return null
  if (window.days > SERVICES_TRACKED_DAYS) {
    return { ...common, state: 'unknown', reason: `last-accessed reaches back ${SERVICES_TRACKED_DAYS} days, the window ${window.days}` }
  }
  return { ...common, state: 'unused', reason: `${use.service} not used in ${window.days} days` }
}

function opinionOnRow(lastAccessed: Iso | null, doubt: string | null, observedUntil: Iso | null, window: Window): Opinion | null {
  const common = { source: 'last-accessed', lastAccessed, observedUntil } as const
  if (isInside(lastAccessed, window)) return { ...common, state: 'used', reason: `last attempt ${lastAccessed}` }
  if (doubt !== null) return null
  if (window.start < ACTIONS_TRACKED_SINCE) {
    return { ...common, state: 'unknown', reason: 'the window begins before last-accessed tracked actions' }
  }
  return { ...common, state: 'unused', reason: `not used in ${window.days} days` }
}
