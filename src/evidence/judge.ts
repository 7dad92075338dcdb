/**
 * Joins what the sources say about a role into one state an action. The more cautious opinion wins: used, required,
 * unknown, unused, in that order. An action on which every source is silent is unknown.
 */
import type { ActionSet } from '../policy/action-set.ts'
import { addTo, emptySet, hasIndex, indexesOf } from '../policy/action-set.ts'
import { actionKey, serviceOf } from '../policy/names.ts'
import { patternSet, type Universe } from '../policy/universe.ts'
import type { ActionState, JudgedAction } from './action-state.ts'
import type { RoleEvidence } from './evidence.ts'
import { readCalls } from './read-calls.ts'
import { readFindings } from './read-findings.ts'
import { readLastAccessed } from './read-last-accessed.ts'
import { daysBetween, type Opinion, type SourceReading, type Window } from './reading.ts'
import { type RequiredActions, requiredActions } from './required.ts'

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

const CAUTION: Readonly<Record<Opinion['state'], number>> = { unused: 0, unknown: 1, used: 2 }

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
  const invisible = patternSet(universe, INVISIBLE)
  const opinionOn = (index: number): Opinion | null =>
    strongest(opinionsOn(universe.names[index] ?? '', readings, hasIndex(invisible, index)))

  const used = emptySet(universe.size)
  const unknown = emptySet(universe.size)
  const unused = emptySet(universe.size)
  const required = emptySet(universe.size)
  for (const index of indexesOf(granted)) {
    const state = opinionOn(index)?.state ?? 'unknown'
    addTo(state === 'used' ? used : state === 'unused' && !hasIndex(young, index) ? unused : unknown, index)
  }
  const reasons = requiredActions(universe, { granted, used, unknown, kmsProvedIdle: provedIdle('kms', readings) })
  for (const index of reasons.keys()) {
    addTo(required, index)
    removeFrom(unknown, index)
    removeFrom(unused, index)
  }
  const stateOf = (index: number): ActionState =>
    hasIndex(used, index) ? 'used' : hasIndex(required, index) ? 'required' : hasIndex(unused, index) ? 'unused' : 'unknown'
  return {
    granted,
    used,
    unused,
    unknown,
    required,
    explain: (index) =>
      explain({
        universe,
        index,
        state: stateOf(index),
        opinion: opinionOn(index),
        reasons,
        readings,
        window,
        young: hasIndex(young, index),
      }),
  }
}

function opinionsOn(action: string, readings: readonly SourceReading[], invisible: boolean): Opinion[] {
  const key = actionKey(action)
  return readings.flatMap(({ named, ofService, everywhere }) => {
    const opinion = named.get(key) ?? (invisible ? null : (ofService.get(serviceOf(key)) ?? everywhere))
    return opinion === null ? [] : [opinion]
  })
}

const strongest = (opinions: readonly Opinion[]): Opinion | null =>
  opinions.reduce<Opinion | null>((best, opinion) => (best === null || CAUTION[opinion.state] > CAUTION[best.state] ? opinion : best), null)

/** Some source says that the whole service is unused, and none says otherwise. */
function provedIdle(service: string, readings: readonly SourceReading[]): boolean {
  const spoken = readings.flatMap(({ named, ofService, everywhere }) => {
    const whole = ofService.get(service) ?? everywhere
    const actions = [...named].filter(([key]) => serviceOf(key) === service).map(([, opinion]) => opinion)
    return whole === null ? actions : [whole, ...actions]
  })
  return (
    readings.some(({ ofService, everywhere }) => (ofService.get(service) ?? everywhere)?.state === 'unused') &&
    spoken.every(({ state }) => state === 'unused')
  )
}

function removeFrom(set: ActionSet, index: number): void {
  const word = index >>> 5
  set[word] = (set[word] ?? 0) & ~(1 << (index & 31))
}

type ToExplain = {
  readonly universe: Universe
  readonly index: number
  readonly state: ActionState
  readonly opinion: Opinion | null
  readonly reasons: RequiredActions
  readonly readings: readonly SourceReading[]
  readonly window: Window
  readonly young: boolean
}

function explain({ universe, index, state, opinion, reasons, readings, window, young }: ToExplain): JudgedAction {
  const silence = readings.map((reading) => reading.silence).find((why) => why !== null)
  const reason =
    reasons.get(index) ??
    (young && opinion?.state === 'unused'
      ? `granted for less than ${window.minAgeDays} days`
      : (opinion?.reason ?? silence ?? 'no source speaks of it'))
  return {
    action: universe.names[index] ?? '',
    state,
    lastAccessed: opinion?.lastAccessed ?? null,
    source: opinion?.source ?? null,
    reason,
    evidenceAge: opinion?.observedUntil == null ? null : daysBetween(opinion.observedUntil, window.now),
    accessLevel: universe.catalogAction(index)?.level ?? null,
  }
}
