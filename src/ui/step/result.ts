import { type Words, wordsOf } from '../../words/index.ts'
import type { Effect } from '../effects.ts'
import type { LogEntry, State, Toast } from '../state.ts'

/** What an event or a command leads to. */
export type Step = { readonly state: State; readonly effects: readonly Effect[] }

export const stay = (state: State): Step => ({ state, effects: [] })

export const next = (state: State, ...effects: readonly Effect[]): Step => ({ state, effects })

export const words = (state: State): Words => wordsOf(state.facts.lang)

/** Messages and calls that are remembered. */
const logKept = 300

export function logged(state: State, entry: Pick<LogEntry, 'tone' | 'text' | 'cli'>): State {
  const n = (state.log.at(-1)?.n ?? 0) + 1
  return { ...state, log: [...state.log.slice(-logKept + 1), { ...entry, n, at: state.now }] }
}

/** A line for a moment; it can be read again in the log. */
export const toast = (state: State, tone: Toast['tone'], text: string): State =>
  logged({ ...state, toast: { tone, text, at: state.now } }, { tone, text, cli: null })
