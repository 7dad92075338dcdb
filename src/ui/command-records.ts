import { changeCommands } from './commands/change-commands.ts'
import { goCommands } from './commands/go-commands.ts'
import { lookCommands, programCommands } from './commands/look-commands.ts'
import { moveCommands } from './commands/move-commands.ts'
import type { CommandRecord } from './commands/record.ts'
import type { State } from './state.ts'

/** Everything that a user can do, in the order of the help page. */
export const commandRecords: readonly CommandRecord[] = [
  ...changeCommands,
  ...goCommands,
  ...lookCommands,
  ...moveCommands,
  ...programCommands,
]

const isHere = (record: CommandRecord, state: State): boolean => record.on === 'all' || record.on.includes(state.screen.kind)

/** The commands that mean something on this screen. */
export const commandsHere = (state: State): readonly CommandRecord[] => commandRecords.filter((record) => isHere(record, state))

export const commandFor = (state: State, key: string): CommandRecord | null =>
  commandsHere(state).find(({ keys }) => keys.includes(key)) ?? null

export const footerCommands = (state: State): readonly CommandRecord[] =>
  commandsHere(state)
    .filter(({ footer }) => footer !== undefined)
    .toSorted((a, b) => (a.footer ?? 0) - (b.footer ?? 0))
