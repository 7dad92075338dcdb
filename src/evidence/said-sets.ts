/**
 * What the sources together say, as sets of actions: a role's evidence is some hundred rows, and a large account has thousands of
 * roles, so each row sets one bit and nothing is kept of it.
 *
 * In each source a named action beats its service. Between sources the more cautious state wins, so what is `used` anywhere is
 * used, and what is `unknown` anywhere is not unused.
 */
import type { ActionSet } from '../policy/action-set.ts'
import { addTo, emptySet } from '../policy/action-set.ts'
import type { ActionClause } from '../policy/document.ts'
import { serviceOf } from '../policy/names.ts'
import type { Universe } from '../policy/universe.ts'
import type { Opinion, SourceReading } from './reading.ts'

/** An action of which sources disagree is in several sets: used counts before unknown, unknown before unused. */
export type SaidSets = Readonly<Record<Opinion['state'], ActionSet>> & {
  /** Services of which a source names something used or unknown that is in no universe. */
  readonly doubtful: ReadonlySet<string>
}

/** Data planes that IAM authorises and last-accessed cannot see: an idle service says nothing about them. */
const INVISIBLE: ActionClause = {
  kind: 'Action',
  patterns: ['rds-db:connect', 'kafka-cluster:*', 'es:ESHttp*', 'execute-api:*', 'elasticache:Connect', 'ssmmessages:*', 'ec2messages:*'],
}

export const invisibleActions = (universe: Universe): ActionSet => universe.actionsOf(INVISIBLE)

/** Services that some source saw in use. */
export const busyServices = (readings: readonly SourceReading[]): ReadonlySet<string> => new Set(readings.flatMap(({ busy }) => [...busy]))

/** What a source says of the actions of a service that it does not name. */
export function opinionOnService(service: string, { ofService, everywhere }: SourceReading, busy: ReadonlySet<string>): Opinion | null {
  const own = ofService.get(service)
  if (own === undefined) return busy.size > 0 && everywhere?.state === 'unused' ? null : everywhere
  return own.state === 'unused' && busy.has(service) ? { ...own, state: 'unknown', reason: contradicted(service) } : own
}

const contradicted = (service: string): string => `${service} was used, says another source, and none names this action`

type Sets = Readonly<Record<Opinion['state'], ActionSet>>

const STATES: readonly Opinion['state'][] = ['used', 'unknown', 'unused']

const noSets = ({ size }: Universe): Sets => ({ used: emptySet(size), unknown: emptySet(size), unused: emptySet(size) })
const clear = ({ used, unknown, unused }: Sets): void => {
  for (const set of [used, unknown, unused]) set.fill(0)
}

/** Hears the sources of one role after the other. The sets that it gives are its own: they hold until it is asked again. */
export function createHearing(universe: Universe): (readings: readonly SourceReading[]) => SaidSets {
  const invisible = invisibleActions(universe)
  const [said, named, whole] = [noSets(universe), noSets(universe), noSets(universe)]
  return (readings) => {
    clear(said)
    const doubtful = new Set<string>()
    const busy = busyServices(readings)
    for (const source of readings) {
      if (source.isSilent) continue
      hearNamed(universe, source, { into: named, doubtful })
      hearServices(universe, source, { into: whole, busy })
      for (let i = 0; i < invisible.length; i++) {
        const unnamed = ~((named.used[i] ?? 0) | (named.unknown[i] ?? 0) | (named.unused[i] ?? 0) | (invisible[i] ?? 0))
        for (const state of STATES) said[state][i] = (said[state][i] ?? 0) | (named[state][i] ?? 0) | ((whole[state][i] ?? 0) & unnamed)
      }
    }
    return { ...said, doubtful }
  }
}

/** A source may name an action more than once: then it is in several sets, and the most cautious one counts. */
function hearNamed(universe: Universe, source: SourceReading, { into, doubtful }: { into: Sets; doubtful: Set<string> }): void {
  clear(into)
  source.eachNamed((action, { state }) => {
    const index = universe.indexOf(action)
    if (index !== null) addTo(into[state], index)
    else if (state !== 'unused') doubtful.add(serviceOf(action))
  })
}

function hearServices(universe: Universe, source: SourceReading, { into, busy }: { into: Sets; busy: ReadonlySet<string> }): void {
  clear(into)
  for (const service of source.everywhere === null ? source.ofService.keys() : universe.services()) {
    const opinion = opinionOnService(service, source, busy)
    if (opinion !== null) for (const index of universe.ofService(service)) addTo(into[opinion.state], index)
  }
}
