import type { HistoryEntry } from '../app/views.ts'
import { isInEffect, isStage } from '../change/lifecycle.ts'
import type { State } from './state.ts'

/** A stage whose removals are in effect now. */
export const isStageInEffect = ({ kind, outcome }: HistoryEntry): boolean => isStage({ kind }) && isInEffect({ state: outcome })

export function changesOf(state: State, roleName: string): readonly HistoryEntry[] {
  return state.history?.status === 'ready' ? state.history.value.filter((entry) => entry.roleName === roleName) : []
}

/** The newest stage of a role that is in effect. */
export const newestStage = (state: State, roleName: string): HistoryEntry | null => changesOf(state, roleName).find(isStageInEffect) ?? null

type Denied = NonNullable<HistoryEntry['watch']>['denied']

const noDenied: Denied = []

/** Denied calls that a change brought about, as far as the newest watch saw. */
export function deniedOf(state: State, entry: HistoryEntry): Denied {
  const watched = state.watch.changes.find(({ changeId }) => changeId === entry.changeId)
  return watched?.denied ?? entry.watch?.denied ?? noDenied
}

/** Denied calls of a role's stages in effect. */
export const deniedOfRole = (state: State, roleName: string): Denied =>
  changesOf(state, roleName)
    .filter(isStageInEffect)
    .flatMap((entry) => deniedOf(state, entry))
