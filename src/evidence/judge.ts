/**
 * Joins what the sources say about a role into one state an action. The more cautious opinion wins: used, required,
 * unknown, unused, in that order. An action on which every source is silent is unknown.
 *
 * Most actions are named by no source, so each service is judged once, and its actions only where some source names them.
 */
import type { ActionSet } from '../policy/action-set.ts'
import { addTo, difference, emptySet, hasIndex, indexesOf, union } from '../policy/action-set.ts'
import { serviceOf } from '../policy/names.ts'
import { patternSet, type Universe } from '../policy/universe.ts'
import type { ActionState, JudgedAction } from './action-state.ts'
import type { RoleEvidence } from './evidence.ts'
import { readCalls } from './read-calls.ts'
import { readFindings } from './read-findings.ts'
import { readLastAccessed } from './read-last-accessed.ts'
import { daysBetween, moreCautious, type Opinion, type SourceReading, type Window } from './reading.ts'
import { requiredActions } from './required.ts'

/** Data planes that IAM authorises and last-accessed cannot see: an idle service says nothing about them. */
const INVISIBLE = [
  'rds-db:connect',
  'kafka-cluster:*',
  'es:ESHttp*',
  'execute-api:*',
  'elasticache:Connect',
  'ssmmessages:*',
  'ec2messages:*',
]

/** The states of a role's granted actions: four disjoint sets, and the "because" of each action on demand. */
export type RoleJudgement = Readonly<Record<ActionState, ActionSet>> & {
  readonly granted: ActionSet
  explain(index: number): JudgedAction
}

export type RoleToJudge = {
  readonly granted: ActionSet
  /** Granted for a shorter time than `minAge`, so not observable yet. */
  readonly young: ActionSet
  readonly evidence: RoleEvidence | null
}

export function judgeRole(universe: Universe, { granted, young, evidence }: RoleToJudge, window: Window): RoleJudgement {
  const readings = [
    readLastAccessed(evidence?.lastAccessed ?? null, window),
    readFindings(evidence?.findings ?? [], window),
    readCalls(evidence?.calls ?? [], window),
  ]
  const opinions = opinionsOf(universe, readings)
  const { used, unused } = sortActions(universe, granted, opinions)
  const idleLongEnough = difference(unused, young)
  const unknown = difference(granted, union(used, idleLongEnough))
  const reasons = requiredActions(universe, { granted, used, unknown, kmsProvedIdle: provedIdle('kms', readings) })
  const required = emptySet(universe.size)
  for (const index of reasons.keys()) addTo(required, index)
  const sets = { used, required, unused: difference(idleLongEnough, required), unknown: difference(unknown, required) }
  return {
    ...sets,
    granted,
    explain(index) {
      const opinion = opinions.on(index)
      const isYoung = hasIndex(unused, index) && hasIndex(young, index)
      const reason =
        reasons.get(index) ?? (isYoung ? `granted for less than ${window.minAgeDays} days` : (opinion?.reason ?? silenceOf(readings)))
      return {
        action: universe.names[index] ?? '',
        state: ORDER.find((state) => hasIndex(sets[state], index)) ?? 'unknown',
        lastAccessed: opinion?.lastAccessed ?? null,
        source: opinion?.source ?? null,
        reason,
        evidenceAge: opinion?.observedUntil == null ? null : daysBetween(opinion.observedUntil, window.now),
        accessLevel: universe.catalogAction(index)?.level ?? null,
      }
    },
  }
}

const ORDER: readonly ActionState[] = ['used', 'required', 'unused']

const silenceOf = (readings: readonly SourceReading[]): string =>
  readings.map(({ silence }) => silence).find((why) => why !== null) ?? 'no source speaks of it'

/** What the sources together say of an action, or of every action of a service that none of them names. */
type Opinions = {
  readonly named: ReadonlySet<number>
  on(index: number): Opinion | null
  ofService(service: string): Opinion | null
}

function opinionsOf(universe: Universe, readings: readonly SourceReading[]): Opinions {
  const indexes = readings.flatMap(({ named }) => [...named.keys()].map((key) => universe.indexOf(key)))
  const invisible = patternSet(universe, INVISIBLE)
  const speaking = readings.filter(({ named, ofService, everywhere }) => named.size + ofService.size > 0 || everywhere !== null)
  const busy = new Set(readings.flatMap((reading) => [...reading.busy]))
  const ofService = (service: string, source: SourceReading): Opinion | null => {
    const own = source.ofService.get(service)
    if (own === undefined) return busy.size > 0 && source.everywhere?.state === 'unused' ? null : source.everywhere
    return own.state === 'unused' && busy.has(service) ? { ...own, state: 'unknown', reason: contradicted(service) } : own
  }
  return {
    named: new Set(indexes.filter((index) => index !== null)),
    on(index) {
      const key = universe.keys[index] ?? ''
      const said = speaking.map(
        (source) => source.named.get(key) ?? (hasIndex(invisible, index) ? null : ofService(universe.serviceAt[index] ?? '', source)),
      )
      return said.reduce(moreCautious, null)
    },
    ofService: (service) => speaking.map((source) => ofService(service, source)).reduce(moreCautious, null),
  }
}

const contradicted = (service: string): string => `${service} was used, says another source, and none names this action`

/** The granted actions that are used and unused; the rest is unknown. */
function sortActions(universe: Universe, granted: ActionSet, opinions: Opinions): { readonly used: ActionSet; readonly unused: ActionSet } {
  const used = emptySet(universe.size)
  const unused = emptySet(universe.size)
  const wholes = new Map<string, Opinion | null>()
  const wholeOf = (service: string): Opinion | null => {
    const whole = wholes.has(service) ? (wholes.get(service) ?? null) : opinions.ofService(service)
    wholes.set(service, whole)
    return whole
  }
  for (const index of indexesOf(granted)) {
    const service = universe.serviceAt[index] ?? ''
    const isNamed = opinions.named.has(index) || HAS_INVISIBLE.has(service)
    const state = (isNamed ? opinions.on(index) : wholeOf(service))?.state
    if (state === 'used') addTo(used, index)
    if (state === 'unused') addTo(unused, index)
  }
  return { used, unused }
}

const HAS_INVISIBLE: ReadonlySet<string> = new Set(INVISIBLE.map(serviceOf))

/** Some source says that the whole service is unused, and none says otherwise. */
function provedIdle(service: string, readings: readonly SourceReading[]): boolean {
  const wholes = readings.map(({ ofService, everywhere }) => ofService.get(service) ?? everywhere).filter((opinion) => opinion !== null)
  const named = readings.flatMap((reading) => [...reading.named].flatMap(([key, opinion]) => (serviceOf(key) === service ? [opinion] : [])))
  return wholes.length > 0 && [...wholes, ...named].every(({ state }) => state === 'unused')
}
