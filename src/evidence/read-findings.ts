import type { Iso } from '../policy/names.ts'
import type { UnusedAccessFinding } from './evidence.ts'
import { isFresh, isInside, moreCautious, note, type Opinion, type SourceReading, silent, type Window } from './reading.ts'

/**
 * What Access Analyzer's unused-access findings say. A finding proves no use for the analyzer's own age setting; if that is
 * shorter than the window, only an older last use proves more. An action that no finding names is not thereby used. A finding
 * that is archived or resolved proves no non-use, but a use that it names was one. A role that was used after the analysis is not
 * unused, whatever the finding says.
 */
export function readFindings(findings: readonly UnusedAccessFinding[], window: Window, roleLastUsed: Iso | null = null): SourceReading {
  if (findings.length === 0) return silent('no unused-access finding for this role')
  const ofService = new Map<string, Opinion>()
  const busy = new Set<string>()
  let everywhere: Opinion | null = null
  let silence: string | null = null
  for (const finding of findings) {
    const doubt = doubtAbout(finding, window) ?? usedSince(finding, roleLastUsed)
    const opinionOn = (what: string, lastAccessed: Iso | null): Opinion | null =>
      opinionFrom(finding, lastAccessed, { doubt, window, what })
    if (finding.findingType === 'UnusedIAMRole') everywhere = moreCautious(everywhere, onAllOf(opinionOn('the role', finding.lastAccessed)))
    for (const { service, lastAccessed, actions } of finding.services) {
      if (actions === null) note(ofService, service.toLowerCase(), onAllOf(opinionOn(service, lastAccessed)))
      if ([lastAccessed, ...(actions ?? []).map((use) => use.lastAccessed)].some((at) => isInside(at, window)))
        busy.add(service.toLowerCase())
    }
    silence ??= doubt
  }
  return {
    ofService,
    everywhere,
    busy,
    silence: silence ?? 'no unused-access finding names it',
    isSilent: false,
    eachNamed(say) {
      for (const finding of findings) sayNamed(finding, window, say)
    },
  }
}

function sayNamed(finding: UnusedAccessFinding, window: Window, say: Parameters<SourceReading['eachNamed']>[0]): void {
  const doubt = doubtAbout(finding, window)
  for (const { actions } of finding.services)
    for (const row of actions ?? []) {
      const opinion = opinionFrom(finding, row.lastAccessed, { doubt, window, what: row.action })
      if (opinion !== null) say([row], opinion)
    }
}

function doubtAbout(finding: UnusedAccessFinding, window: Window): string | null {
  if (finding.status !== 'ACTIVE') return `the unused-access finding is ${finding.status.toLowerCase()}`
  if (!finding.complete) return 'the details of the unused-access finding are incomplete'
  if (finding.analyzedAt === null) return 'the unused-access finding has no date'
  if (!isFresh(finding.analyzedAt, window))
    return `the unused-access finding is of ${finding.analyzedAt}, more than ${window.freshDays} days ago`
  return null
}

function usedSince({ findingType, analyzedAt }: UnusedAccessFinding, roleLastUsed: Iso | null): string | null {
  if (findingType !== 'UnusedIAMRole' || analyzedAt === null || roleLastUsed === null) return null
  return Date.parse(roleLastUsed) > Date.parse(analyzedAt) ? `the role was used ${roleLastUsed}, after the finding that it is unused` : null
}

type Saying = { readonly doubt: string | null; readonly window: Window; readonly what: string }

function opinionFrom(finding: UnusedAccessFinding, lastAccessed: Iso | null, { doubt, window, what }: Saying): Opinion | null {
  const common = { source: 'access-analyzer', lastAccessed, observedUntil: finding.analyzedAt } as const
  if (isInside(lastAccessed, window)) return { ...common, state: 'used', reason: `${what} was last used ${lastAccessed}` }
  if (doubt !== null) return null
  if (lastAccessed === null && (finding.unusedAccessAge ?? 0) < window.days) {
    const age = finding.unusedAccessAge === null ? 'of unknown age setting' : `that looks back ${finding.unusedAccessAge} days`
    return { ...common, state: 'unknown', reason: `${what} was not used, says an analyzer ${age}; the window is ${window.days}` }
  }
  return { ...common, state: 'unused', reason: `${what} was not used in ${window.days} days` }
}

/** A use of a service or of the whole role may have been one of any of its actions. */
const onAllOf = (opinion: Opinion | null): Opinion | null => (opinion?.state === 'used' ? { ...opinion, state: 'unknown' } : opinion)
