import type { CommandRecord } from './commands/record.ts'
import type { State } from './state.ts'
import { type Step, stay, toast } from './step/result.ts'

/** Runs a command, or says why not: a key that does nothing without a word is a bug. */
export function runCommand(state: State, record: CommandRecord): Step {
  const reason = record.blocked(state)
  return reason === null ? record.run(state) : stay(toast(state, 'warn', reason))
}
