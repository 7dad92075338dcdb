import type { WatchedChange } from '../../app/views.ts'
import type { Event } from '../events.ts'
import { bindingsOf, columnsOf } from '../preference-values.ts'
import type { State } from '../state.ts'
import { refuse } from './change-events.ts'
import { type Step, stay, toast, words } from './result.ts'

export function onRemoved(state: State, { changeId, outcome }: Event<'removed'>): Step {
  const value = outcome.ok
    ? ({ status: 'ready', value: outcome.value } as const)
    : ({ status: 'failed', refusal: outcome.refusal } as const)
  return stay({ ...state, removed: new Map([[changeId, value]]) })
}

const countDenied = (changes: readonly WatchedChange[]): number => changes.reduce((sum, { denied }) => sum + denied.length, 0)

/** Denied calls that were not there before are said aloud: they are why one watches. */
export function onWatched(state: State, { outcome }: Event<'watched'>): Step {
  const watched: State = { ...state, watch: { ...state.watch, isRunning: false, at: state.now } }
  if (!outcome.ok) return stay({ ...watched, watch: { ...watched.watch, problem: outcome.refusal.message } })
  const changes = outcome.value
  const seen: State = {
    ...watched,
    watch: { ...watched.watch, changes, problem: changes.find(({ problem }) => problem !== null)?.problem ?? null },
  }
  if (countDenied(changes) <= countDenied(state.watch.changes)) return stay(seen)
  const newest = changes.flatMap(({ denied }) => denied).toSorted((a, b) => (a.at < b.at ? 1 : -1))[0]
  const roleName = changes.find(({ denied }) => newest !== undefined && denied.includes(newest))?.roleName ?? ''
  return stay(toast(seen, 'error', words(state).toasts.denied(roleName, newest?.action ?? '')))
}

export function onReported(state: State, { outcome }: Event<'reported'>): Step {
  return stay({ ...state, report: outcome.ok ? { status: 'ready', value: outcome.value } : { status: 'failed', refusal: outcome.refusal } })
}

export function onExported(state: State, { outcome }: Event<'exported'>): Step {
  const arrived: State = { ...state, waiting: null }
  return stay(outcome.ok ? toast(arrived, 'ok', words(state).toasts.exported(outcome.value)) : refuse(arrived, outcome.refusal))
}

export const onPaged = (state: State, { problem }: Event<'paged'>): Step => stay(problem === null ? state : toast(state, 'warn', problem))

/** What can take effect at once does; the rest holds from the next start. */
export function onPreferenceSet(state: State, { key, outcome }: Event<'preference-set'>): Step {
  if (!outcome.ok) {
    const { overlay } = state
    if (overlay?.kind === 'input') return stay({ ...state, overlay: { ...overlay, problem: outcome.refusal.message } })
    return stay(toast(state, 'warn', outcome.refusal.message))
  }
  const isInput = state.overlay?.kind === 'input'
  const set: State = { ...state, preferences: outcome.value, overlay: isInput ? null : state.overlay }
  // Columns that were switched in their own list are shown already.
  const columns = isInput && key === 'columns' ? columnsOf(outcome.value) : set.roles.columns
  const taken = { ...set, facts: { ...set.facts, ...bindingsOf(outcome.value, set.facts) }, roles: { ...set.roles, columns } }
  return stay(isInput ? toast(taken, 'ok', words(state).toasts.preferenceSet(key)) : taken)
}

export const onOpened = (state: State, { accountLabel }: Event<'opened'>): Step =>
  stay({ ...state, facts: { ...state.facts, accountLabel } })
