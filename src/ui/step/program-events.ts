import type { Refusal } from '../../app/use-cases.ts'
import type { EffectKind } from '../effects.ts'
import type { Event } from '../events.ts'
import type { State } from '../state.ts'
import { onChangeEnded } from './change-events.ts'
import { next, type Step, stay, toast, words } from './result.ts'

/** How long a message stays in the status line. */
export const toastMs = 6000

export const onResized = (state: State, { size }: Event<'resized'>): Step => stay({ ...state, size })

export function onTick(state: State, { now }: Event<'tick'>): Step {
  const toastGone = state.toast !== null && now - state.toast.at >= toastMs
  return stay({ ...state, now, toast: toastGone ? null : state.toast })
}

const bug = (message: string): Refusal => ({ code: 3, id: 'bug', message, hint: null })

/** What hangs in the air when an effect dies of a bug below is put into a state that says so; the program goes on. */
const afterThrow: Readonly<Partial<Record<EffectKind, (state: State, message: string) => Step>>> = {
  'load-last-scan': (state) => stay(state),
  scan: (state, message) => stay({ ...state, scan: { ...state.scan, running: null, refusal: bug(message) } }),
  'load-history': (state) => stay({ ...state, history: { status: 'ready', value: [] } }),
  'prepare-apply': (state) => stay({ ...state, waiting: null }),
  'find-undoable': (state) => stay({ ...state, waiting: null }),
  apply: (state, message) => brokenChange(state, message),
  rollback: (state, message) => brokenChange(state, message),
  recover: (state, message) => brokenChange(state, message),
}

/** A change whose end nobody knows: the ledger does, and `recover` reads it. */
function brokenChange(state: State, message: string): Step {
  const refusal: Refusal = { code: 5, id: 'bug', message, hint: words(state).crash.recover }
  return onChangeEnded(state, { kind: 'change-ended', outcome: { ok: false, refusal } })
}

export function onEffectThrew(state: State, { effect, message }: Event<'effect-threw'>): Step {
  const after = afterThrow[effect]?.(state, message) ?? stay(state)
  return next(toast(after.state, 'error', words(state).toasts.broke(message)), ...after.effects)
}
