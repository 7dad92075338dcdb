import type { Iso } from '../policy/names.ts'
import type { ActionUse, LastAccessedReport, ServiceUse } from './evidence.ts'
import { isFresh, isInside, note, type Opinion, type SourceReading, silent, type Window } from './reading.ts'

/** Since when IAM keeps action-level dates for all services; some are older, which only makes this cautious. */
const ACTIONS_TRACKED_SINCE = Date.parse('2023-05-23T00:00:00Z')
/** IAM's dates reach back at least this far. */
const TRACKED_DAYS = 400

/**
 * What a last-accessed report says. A row's date inside the window is use. A row without one is non-use, but only if the
 * report is complete, fresh and covers the window. An action that a used service's rows do not name is not tracked.
 */
export function readLastAccessed(report: LastAccessedReport | null, window: Window): SourceReading {
  if (report === null) return silent('no last-accessed report for this role')
  const doubt = doubtAbout(report, window)
  const said = { doubt, window, observedUntil: report.observedUntil }
  const neverUsed = opinionOnRow(null, said)
  const ofService = new Map<string, Opinion>()
  const busy = new Set<string>()
  for (const service of report.services) {
    const prefix = service.service.toLowerCase()
    const used = isBusy(service, window)
    if (used) busy.add(prefix)
    note(ofService, prefix, used ? opinionOnBusy(service, report.observedUntil) : opinionOnIdle(service, said))
  }
  return {
    ofService,
    everywhere: null,
    busy,
    silence: doubt ?? 'the last-accessed report does not list its service',
    isSilent: false,
    eachNamed(say) {
      for (const { actions } of report.services) {
        if (actions === null) continue
        if (actions.every(isNeverUsed)) {
          if (neverUsed !== null) say(actions, neverUsed)
          continue
        }
        for (const row of actions) {
          const opinion = isNeverUsed(row) ? neverUsed : opinionOnRow(row.lastAccessed, said)
          if (opinion !== null) say([row], opinion)
        }
      }
    },
  }
}

const isNeverUsed = ({ lastAccessed }: ActionUse): boolean => lastAccessed === null

/** Why the report cannot prove non-use; null when it can. */
function doubtAbout(report: LastAccessedReport, window: Window): string | null {
  if (!report.complete) return `the last-accessed report is incomplete${report.problem === null ? '' : `: ${report.problem}`}`
  if (report.observedUntil === null) return 'the last-accessed report has no date'
  if (!isFresh(report.observedUntil, window))
    return `the last-accessed report ends ${report.observedUntil}, more than ${window.freshDays} days ago`
  return null
}

type Said = { readonly doubt: string | null; readonly window: Window; readonly observedUntil: Iso | null }

/** A use of one of its actions is a use of the service, whatever the service's own date says. */
const isBusy = ({ lastAccessed, actions }: ServiceUse, window: Window): boolean =>
  isInside(lastAccessed, window) || (actions ?? []).some((row) => isInside(row.lastAccessed, window))

const opinionOnBusy = ({ service }: ServiceUse, observedUntil: Iso | null): Opinion => ({
  source: 'last-accessed',
  lastAccessed: null,
  observedUntil,
  state: 'unknown',
  reason: `${service} was used, and last-accessed does not track this action`,
})

function opinionOnIdle({ service, lastAccessed }: ServiceUse, { doubt, window, observedUntil }: Said): Opinion | null {
  if (doubt !== null) return null
  const common = { source: 'last-accessed', lastAccessed, observedUntil } as const
  if (lastAccessed === null && window.days > TRACKED_DAYS) return { ...common, state: 'unknown', reason: tooLong(window) }
  return { ...common, state: 'unused', reason: `${service} not used in ${window.days} days` }
}

function opinionOnRow(lastAccessed: Iso | null, { doubt, window, observedUntil }: Said): Opinion | null {
  const common = { source: 'last-accessed', lastAccessed, observedUntil } as const
  if (isInside(lastAccessed, window)) return { ...common, state: 'used', reason: `last attempt ${lastAccessed}` }
  if (doubt !== null) return null
  if (lastAccessed === null && window.days > TRACKED_DAYS) return { ...common, state: 'unknown', reason: tooLong(window) }
  if (lastAccessed === null && window.start < ACTIONS_TRACKED_SINCE) {
    return { ...common, state: 'unknown', reason: 'the window begins before last-accessed tracked actions' }
  }
  return { ...common, state: 'unused', reason: `not used in ${window.days} days` }
}

const tooLong = ({ days }: Window): string => `last-accessed reaches back ${TRACKED_DAYS} days, the window ${days}`
