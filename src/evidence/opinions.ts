/**
 * What the sources together say of one action, with the words for it. It reads every row of the evidence, so it is made only for a
 * role that somebody looks at; `said-sets.ts` gives the same states for all roles at once.
 */
import type { ActionSet } from '../policy/action-set.ts'
import { hasIndex } from '../policy/action-set.ts'
import { actionKey } from '../policy/names.ts'
import type { Universe } from '../policy/universe.ts'
import { moreCautious, note, type Opinion, type SourceReading } from './reading.ts'
import { busyServices, invisibleActions, opinionOnService } from './said-sets.ts'

/** Null where every source is silent. */
export type Opinions = (index: number) => Opinion | null

export function opinionsOf(universe: Universe, readings: readonly SourceReading[]): Opinions {
  const invisible: ActionSet = invisibleActions(universe)
  const busy = busyServices(readings)
  const speaking = readings.map((source) => ({ source, named: namedIn(source) }))
  return (index) => {
    const key = universe.keys[index] ?? ''
    const ofService = (source: SourceReading): Opinion | null =>
      hasIndex(invisible, index) ? null : opinionOnService(universe.serviceAt[index] ?? '', source, busy)
    return speaking.map(({ source, named }) => named.get(key) ?? ofService(source)).reduce(moreCautious, null)
  }
}

/** By `actionKey`. */
function namedIn(source: SourceReading): ReadonlyMap<string, Opinion> {
  const named = new Map<string, Opinion>()
  source.eachNamed((rows, opinion) => {
    for (const { action } of rows) note(named, actionKey(action), opinion)
  })
  return named
}
