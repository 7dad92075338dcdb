import type { LastAccessedReport, ServiceUse } from '../../src/evidence/evidence.ts'
import type { ActionSet } from '../../src/policy/action-set.ts'
import { hasIndex } from '../../src/policy/action-set.ts'
import type { Universe } from '../../src/policy/universe.ts'

export const now = new Date('2026-03-01T12:00:00Z')
export const yesterday = '2026-02-28T12:00:00.000Z'
export const lastYear = '2025-03-01T12:00:00.000Z'

/** Which of the tracked actions a role uses, in their order. */
export type Usage = (place: number) => boolean

export const usages: Readonly<Record<string, Usage>> = {
  'nothing used': () => false,
  'a few used': (place) => place < 3,
  'every seventh used': (place) => place % 7 === 0,
  'everything used': () => true,
}

/** A complete last-accessed report on what is granted, with these uses. */
export function reportOn(universe: Universe, granted: ActionSet, uses: Usage): LastAccessedReport {
  let place = 0
  const services = [...universe.services()].flatMap((service): ServiceUse[] => {
    const indexes = universe.ofService(service).filter((index) => hasIndex(granted, index))
    if (indexes.length === 0) return []
    const tracked = indexes.filter((index) => universe.catalogAction(index)?.tracked === true)
    const actions = tracked.map((index) => ({ action: universe.names[index] ?? '', lastAccessed: uses(place++) ? yesterday : null }))
    const isUsed = actions.some(({ lastAccessed }) => lastAccessed !== null) || (tracked.length === 0 && uses(place))
    return [{ service, lastAccessed: isUsed ? yesterday : null, actions: tracked.length === 0 ? null : actions }]
  })
  return { roleArn: 'arn:aws:iam::123456789012:role/web-app', observedUntil: now.toISOString(), complete: true, problem: null, services }
}
