import { changeCommands } from './commands/change-commands.ts'
import { goCommands } from './commands/go-commands.ts'
import { lookCommands, programCommands } from './commands/look-commands.ts'
import { markCommands } from './commands/mark-commands.ts'
import { moveCommands } from './commands/move-commands.ts'
import type { CommandRecord } from './commands/record.ts'
import { roleCommands } from './commands/role-commands.ts'
import { takeCommands } from './commands/take-commands.ts'
import { keysOf } from './key-bindings.ts'
import type { State } from './state.ts'

/** Everything that a user can do, in the order of the help page. */
export const commandRecords: readonly CommandRecord[] = [
  ...changeCommands,
  ...roleCommands,
  ...markCommands,
  ...goCommands,
  ...lookCommands,
  ...takeCommands,
  ...moveCommands,
  ...programCommands,
]

export const isHere = (record: CommandRecord, state: State): boolean => record.on === 'all' || record.on.includes(state.screen.kind)

/** The commands that mean something on this screen. */
export const commandsHere = (state: State): readonly CommandRecord[] => commandRecords.filter((record) => isHere(record, state))

export const commandFor = (state: State, key: string): CommandRecord | null =>
  commandsHere(state).find((record) => keysOf(record, state.facts.keys).includes(key)) ?? null

export const footerCommands = (state: State): readonly CommandRecord[] =>
  commandsHere(state)
    .filter((record) => record.footer !== undefined && !(record.isShy === true && record.blocked(state) !== null))
    .toSorted((a, b) => (a.footer ?? 0) - (b.footer ?? 0))
