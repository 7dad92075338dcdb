import { type Words, wordsOf } from '../../words/index.ts'
import type { Effect } from '../effects.ts'
import type { State, Toast } from '../state.ts'

/** What an event or a command leads to. */
export type Step = { readonly state: State; readonly effects: readonly Effect[] }

export const stay = (state: State): Step => ({ state, effects: [] })

export const next = (state: State, ...effects: readonly Effect[]): Step => ({ state, effects })

export const words = (state: State): Words => wordsOf(state.facts.lang)

export const toast = (state: State, tone: Toast['tone'], text: string): State => ({ ...state, toast: { tone, text, at: state.now } })
