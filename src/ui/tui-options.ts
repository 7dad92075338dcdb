import type { PreferenceRow } from '../ports/preferences.ts'
import type { Lang } from '../words/index.ts'
import type { MachinePort } from './runner.ts'

export type TuiStreams = { readonly stdin: NodeJS.ReadStream; readonly stdout: NodeJS.WriteStream; readonly stderr: NodeJS.WriteStream }

/** Runs `$PAGER` or `$EDITOR` on a text in the terminal that was handed over. Gives why it could not be run. */
export type RunProgram = (program: 'pager' | 'editor', file: { readonly name: string; readonly text: string }) => Promise<string | null>

/** What the machine gives to the screens besides a terminal. */
export type TuiMachine = MachinePort & {
  readonly runProgram: RunProgram
  readonly preferences: readonly PreferenceRow[]
  /** What is wrong with the file of preferences; null when nothing is. */
  readonly preferenceProblem: string | null
}

export type TuiOptions = {
  /** Deep link: the role and the screen to start on. */
  readonly role: string | null
  readonly filter: string | null
  readonly screen: string | null
  readonly ascii: boolean
  readonly noColor: boolean
  readonly linear: boolean
  readonly lang: Lang
  /** The options that opened the account, for command lines to copy. */
  readonly accountArgs: readonly string[]
  readonly machine: TuiMachine
  readonly streams: TuiStreams
  readonly env: NodeJS.ProcessEnv
}
