import type { Iso } from '../policy/names.ts'
import { actionKey } from '../policy/names.ts'
import type { UnusedAccessFinding } from './evidence.ts'
import { isFresh, isInside, type Opinion, type SourceReading, silent, type Window } from './reading.ts'

/**
 * What Access Analyzer's unused-access findings say. A finding proves no use for the analyzer's own age setting; if that is
 * shorter than the window, only an older last use proves more. An action that no finding names is not thereby used.
 */
export function readFindings(findings: readonly UnusedAccessFinding[], window: Window): SourceReading {
  const active = findings.filter((finding) => finding.status === 'ACTIVE')
  if (active.length === 0) return silent('no unused-access finding for this role')
  const named = new Map<string, Opinion>()
  const ofService = new Map<string, Opinion>()
  let everywhere: Opinion | null = null
  let silence: string | null = 'no unused-access finding names it'
  for (const finding of active) {
    const doubt = doubtAbout(finding, window)
    if (finding.findingType === 'UnusedIAMRole') {
      everywhere ??= opinionFrom(finding, finding.lastAccessed, doubt, window, 'the role was not used')
    }
    for (const service of finding.services) {
      if (service.actions === null) {
        const opinion = opinionFrom(finding, service.lastAccessed, doubt, window, `${service.service} not used`)
        if (opinion !== null) ofService.set(service.service.toLowerCase(), opinion)
      }
      for (const { action, lastAccessed } of service.actions ?? []) {
        const opinion = opinionFrom(finding, lastAccessed, doubt, window, 'not used')
        if (opinion !== null) named.set(actionKey(action), opinion)
      }
    }
    silence = doubt ?? silence
  }
  return { named, ofService, everywhere, silence }
}

function doubtAbout(finding: UnusedAccessFinding, window: Window): string | null {
  if (!finding.complete) return 'the details of the unused-access finding are incomplete'
  if (finding.analyzedAt === null) return 'the unused-access finding has no date'
  if (!isFresh(finding.analyzedAt, window))
    return `the unused-access finding is of ${finding.analyzedAt}, more than ${window.freshDays} days ago`
  return null
}

function opinionFrom(
  finding: UnusedAccessFinding,
  lastAccessed: Iso | null,
  doubt: string | null,
  window: Window,
  what: string,
): Opinion | null {
  const common = { source: 'access-analyzer', lastAccessed, observedUntil: finding.analyzedAt } as const
  if (isInside(lastAccessed, window)) return { ...common, state: 'used', reason: `last use ${lastAccessed}` }
  if (doubt !== null) return null
  if (lastAccessed === null && (finding.unusedAccessAge ?? 0) < window.days) {
    const age = finding.unusedAccessAge === null ? 'of unknown age setting' : `that looks back ${finding.unusedAccessAge} days`
    return { ...common, state: 'unknown', reason: `${what}, says an analyzer ${age}; the window is ${window.days}` }
  }
  return { ...common, state: 'unused', reason: `${what} in ${window.days} days` }
}
