/**
 * Joins what the sources say about a role into one state an action. The more cautious opinion wins: used, required,
 * unknown, unused, in that order. An action on which every source is silent is unknown.
 *
 * The states are found by sets of actions (`said-sets.ts`), the reasons row by row, for the role that is shown (`opinions.ts`).
 */
import type { ActionSet } from '../policy/action-set.ts'
import { hasIndex, removeFrom, setOf } from '../policy/action-set.ts'
import type { Iso } from '../policy/names.ts'
import type { Universe } from '../policy/universe.ts'
import type { ActionState, JudgedAction } from './action-state.ts'
import type { RoleEvidence } from './evidence.ts'
import { type Opinions, opinionsOf } from './opinions.ts'
import { readCalls } from './read-calls.ts'
import { readFindings } from './read-findings.ts'
import { readLastAccessed } from './read-last-accessed.ts'
import { daysBetween, type SourceReading, type Window } from './reading.ts'
import { createRequiring, type RequiredActions } from './required.ts'
import { createHearing, invisibleActions, type SaidSets } from './said-sets.ts'

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
  /** When the account itself says that the role was last used, where it says so. */
  readonly lastUsed?: Iso | null
}

export const judgeRole = (universe: Universe, role: RoleToJudge, window: Window): RoleJudgement => createJudge(universe, window)(role)

/** Judges one role after the other. */
export function createJudge(universe: Universe, window: Window): (role: RoleToJudge) => RoleJudgement {
  const hear = createHearing(universe)
  const requiredOf = createRequiring(universe)
  return ({ granted, young, evidence, lastUsed = null }) => {
    const readings = [
      readLastAccessed(evidence?.lastAccessed ?? null, window),
      readFindings(evidence?.findings ?? [], window, lastUsed),
      readCalls(evidence?.calls ?? [], window),
    ]
    const said = hear(readings)
    const sets = readings.every(({ isSilent }) => isSilent)
      ? allUnknown(universe, granted)
      : sortActions(universe, { granted, young, said })
    const kmsProvedIdle = provedIdle(universe, 'kms', { readings, said })
    const reasons = requiredOf({ granted, used: sets.used, unknown: sets.unknown, kmsProvedIdle })
    const required = reasons.size === 0 ? universe.nothing : setOf(universe.size, reasons.keys())
    for (const index of reasons.keys()) {
      if (hasIndex(sets.unused, index)) removeFrom(sets.unused, index)
      if (hasIndex(sets.unknown, index)) removeFrom(sets.unknown, index)
    }
    const judged = { ...sets, required }
    return { ...judged, granted, explain: explanation(universe, window, { judged, young, reasons, readings }) }
  }
}

function allUnknown({ nothing, emptySet }: Universe, granted: ActionSet): Readonly<Record<'used' | 'unused' | 'unknown', ActionSet>> {
  const unknown = emptySet()
  unknown.set(granted)
  return { used: nothing, unused: nothing, unknown }
}

/** The granted actions that are used, unused for long enough, and neither. */
function sortActions(
  universe: Universe,
  { granted, young, said }: { readonly granted: ActionSet; readonly young: ActionSet; readonly said: SaidSets },
): Readonly<Record<'used' | 'unused' | 'unknown', ActionSet>> {
  const [used, unused, unknown] = [universe.emptySet(), universe.emptySet(), universe.emptySet()]
  for (let i = 0; i < granted.length; i++) {
    const all = granted[i] ?? 0
    if (all === 0) continue
    const inUse = all & (said.used[i] ?? 0)
    const idle = all & (said.unused[i] ?? 0) & ~((said.used[i] ?? 0) | (said.unknown[i] ?? 0) | (young[i] ?? 0))
    used[i] = inUse
    unused[i] = idle
    unknown[i] = all & ~inUse & ~idle
  }
  return { used, unused, unknown }
}

type Explaining = {
  readonly judged: Readonly<Record<ActionState, ActionSet>>
  readonly young: ActionSet
  readonly reasons: RequiredActions
  readonly readings: readonly SourceReading[]
}

function explanation(universe: Universe, window: Window, { judged, young, reasons, readings }: Explaining): RoleJudgement['explain'] {
  let opinions: Opinions | null = null
  let invisible: ActionSet | null = null
  return (index) => {
    opinions ??= opinionsOf(universe, readings)
    invisible ??= invisibleActions(universe)
    const opinion = opinions(index)
    const isUnseen = opinion === null && hasIndex(invisible, index) && readings.some(({ isSilent }) => !isSilent)
    const isYoung = opinion?.state === 'unused' && hasIndex(young, index)
    const ownReason = isYoung
      ? `granted for less than ${window.minAgeDays} days`
      : (opinion?.reason ?? (isUnseen ? UNSEEN : silenceOf(readings)))
    return {
      action: universe.names[index] ?? '',
      state: ORDER.find((state) => hasIndex(judged[state], index)) ?? 'unknown',
      lastAccessed: opinion?.lastAccessed ?? null,
      source: opinion?.source ?? null,
      reason: reasons.get(index) ?? ownReason,
      evidenceAge: opinion?.observedUntil == null ? null : daysBetween(opinion.observedUntil, window.now),
      accessLevel: universe.catalogAction(index)?.level ?? null,
    }
  }
}

const ORDER: readonly ActionState[] = ['used', 'required', 'unused']

const UNSEEN = 'IAM authorises this data plane, and no source sees its use'

/** A source that says something of the role, but not of this action, tells more than one that is not there. */
const silenceOf = (readings: readonly SourceReading[]): string =>
  readings.toSorted((a, b) => Number(a.isSilent) - Number(b.isSilent)).find(({ silence }) => silence !== null)?.silence ??
  'no source speaks of it'

/** Some source says that the whole service is unused, and none says otherwise. */
function provedIdle(
  universe: Universe,
  service: string,
  { readings, said }: { readings: readonly SourceReading[]; said: SaidSets },
): boolean {
  const wholes = readings.map(({ ofService, everywhere }) => ofService.get(service) ?? everywhere).filter((opinion) => opinion !== null)
  const isDoubted = (index: number): boolean => hasIndex(said.used, index) || hasIndex(said.unknown, index)
  return (
    wholes.length > 0 &&
    wholes.every(({ state }) => state === 'unused') &&
    !said.doubtful.has(service) &&
    !universe.ofService(service).some(isDoubted)
  )
}
