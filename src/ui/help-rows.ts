import { wordsOf } from '../words/index.ts'
import { commandsHere } from './command-records.ts'
import type { CommandRecord } from './commands/record.ts'
import type { State } from './state.ts'

/** The commands of this screen that the typed words match: by label, sentence or key. */
export function helpRows(state: State, filter: string): readonly CommandRecord[] {
  const w = wordsOf(state.facts.lang)
  const asked = filter.trim()
  if (asked === '') return commandsHere(state)
  return commandsHere(state).filter(({ id, keys }) => {
    const { label, help } = w.commands[id]
    return keys.includes(asked) || `${label} ${help} ${keys.join(' ')}`.toLowerCase().includes(asked.toLowerCase())
  })
}
