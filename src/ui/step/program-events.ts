import type { Refusal } from '../../app/use-cases.ts'
import type { EffectKind } from '../effects.ts'
import type { Event } from '../events.ts'
import { isStageInEffect } from '../role-changes.ts'
import { isRunning, type State } from '../state.ts'
import { onBatchEnded } from './batch-events.ts'
import { onChangeEnded } from './change-events.ts'
import { next, type Step, stay, toast, words } from './result.ts'

/** How long a message stays in the status line. */
export const toastMs = 6000

export const onResized = (state: State, { size }: Event<'resized'>): Step => stay({ ...state, size })

/** Denied calls are asked for this often while something is in effect that could cause them, in milliseconds. */
export const watchEveryMs = 20_000

/** A stage is soaking, nobody is looking yet, and the last look is a while ago. */
function wantsWatch(state: State, now: number): boolean {
  const { watch, facts, scan } = state
  if (facts.mode === 'offline' || watch.isRunning || isRunning(state) || scan.running !== null || scan.view === null) return false
  const soaks =
    state.history?.status === 'ready' && state.history.value.some((entry) => isStageInEffect(entry) && entry.outcome !== 'settled')
  return soaks && (watch.at === null || now - watch.at >= watchEveryMs)
}

export function onTick(state: State, { now }: Event<'tick'>): Step {
  const toastGone = state.toast !== null && now - state.toast.at >= toastMs
  const ticked: State = { ...state, now, toast: toastGone ? null : state.toast }
  if (!wantsWatch(state, now)) return stay(ticked)
  return next({ ...ticked, watch: { ...ticked.watch, isRunning: true } }, { kind: 'watch' })
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
  'give-back': (state, message) => brokenChange(state, message),
  quarantine: (state, message) => brokenChange(state, message),
  release: (state, message) => brokenChange(state, message),
  batch: (state, message) => next(onBatchEnded(brokenChange(state, message).state).state, { kind: 'load-interrupted' }),
  watch: (state) => stay({ ...state, watch: { ...state.watch, isRunning: false, at: state.now } }),
  report: (state, message) => stay({ ...state, report: { status: 'failed', refusal: bug(message) } }),
  export: (state) => stay({ ...state, waiting: null }),
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
