/**
 * What the sources together say, as sets of actions: a role's evidence is some hundred rows, and a large account has thousands of
 * roles, so each row sets one bit and nothing is kept of it.
 *
 * In each source a named action beats its service. Between sources the more cautious state wins, so what is `used` anywhere is
 * used, and what is `unknown` anywhere is not unused.
 */
import type { ActionSet } from '../policy/action-set.ts'
import { addFew, addTo, emptySet, type FewIndexes, fewIndexes } from '../policy/action-set.ts'
import type { ActionClause } from '../policy/document.ts'
import { serviceOf } from '../policy/names.ts'
import type { Universe } from '../policy/universe.ts'
import type { NamedAction, Opinion, SourceReading } from './reading.ts'

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

/**
 * Hears the sources of one role after the other. The sets that it gives are its own: they hold until it is asked again. What a
 * service has, and what rows name that many roles share, is looked up once.
 */
export function createHearing(universe: Universe): (readings: readonly SourceReading[]) => SaidSets {
  const invisible = invisibleActions(universe)
  const [said, named, whole] = [noSets(universe), noSets(universe), noSets(universe)]
  const unnamed = emptySet(universe.size)
  const namesIn = createNames(universe)
  const ofService = new Map<string, FewIndexes>()
  const serviceActions = (service: string): FewIndexes => {
    const known = ofService.get(service) ?? fewIndexes(universe.ofService(service))
    ofService.set(service, known)
    return known
  }
  return (readings) => {
    clear(said)
    const doubtful = new Set<string>()
    const busy = busyServices(readings)
    for (const source of readings) {
      if (source.isSilent) continue
      hearNamed(source, { universe, namesIn }, { into: named, doubtful })
      clear(whole)
      for (const service of source.everywhere === null ? source.ofService.keys() : universe.services()) {
        const opinion = opinionOnService(service, source, busy)
        if (opinion !== null) addFew(whole[opinion.state], serviceActions(service))
      }
      leaveOut(unnamed, [invisible, named.used, named.unknown, named.unused])
      for (const state of STATES) addSaid(said[state], named[state], { whole: whole[state], unnamed })
    }
    return { ...said, doubtful }
  }
}

/** Everything but what is in the sets. */
function leaveOut(rest: ActionSet, sets: readonly ActionSet[]): void {
  rest.fill(0xffffffff)
  for (const set of sets) for (let i = 0; i < rest.length; i++) rest[i] = (rest[i] ?? 0) & ~(set[i] ?? 0)
}

function addSaid(said: ActionSet, named: ActionSet, { whole, unnamed }: { whole: ActionSet; unnamed: ActionSet }): void {
  for (let i = 0; i < said.length; i++) said[i] = (said[i] ?? 0) | (named[i] ?? 0) | ((whole[i] ?? 0) & (unnamed[i] ?? 0))
}

/** The actions that rows name, and the services of those that are in no universe. */
type Names = { readonly indexes: FewIndexes; readonly strangers: readonly string[] }

function createNames(universe: Universe): (rows: readonly NamedAction[]) => Names {
  const known = new WeakMap<readonly NamedAction[], Names>()
  const read = (rows: readonly NamedAction[]): Names => {
    const strangers = rows.filter(({ action }) => universe.indexOf(action) === null).map(({ action }) => serviceOf(action))
    return { indexes: fewIndexes(rows.flatMap(({ action }) => universe.indexOf(action) ?? [])), strangers }
  }
  return (rows) => {
    const found = known.get(rows) ?? read(rows)
    known.set(rows, found)
    return found
  }
}

/** A source may name an action more than once: then it is in several sets, and the most cautious one counts. */
function hearNamed(
  source: SourceReading,
  { universe, namesIn }: { universe: Universe; namesIn(rows: readonly NamedAction[]): Names },
  { into, doubtful }: { into: Sets; doubtful: Set<string> },
): void {
  clear(into)
  source.eachNamed((rows, { state }) => {
    const [row] = rows
    if (row === undefined) return
    if (rows.length > 1) {
      const { indexes, strangers } = namesIn(rows)
      addFew(into[state], indexes)
      if (state !== 'unused') for (const service of strangers) doubtful.add(service)
      return
    }
    const index = universe.indexOf(row.action)
    if (index !== null) addTo(into[state], index)
    else if (state !== 'unused') doubtful.add(serviceOf(row.action))
  })
}
