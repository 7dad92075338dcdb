import type { Refusal } from '../app/use-cases.ts'
import type { Host, Workspace, WorkspaceDoor } from './host.ts'
import type { OptionId, OptionValues } from './option-table.ts'

/** What a command has besides its options. */
export type CommandContext = {
  readonly args: readonly string[]
  /** Aborts on a signal; use cases stop between two operations. */
  readonly signal: AbortSignal
  /** True where a person can be asked. */
  readonly isInteractive: boolean
  readonly host: Host
  readonly door: WorkspaceDoor
  /** Opened at the first call with the options of this command line, closed after the command. */
  openWorkspace(): Promise<Workspace>
  /** The same for the screens: what is stored is there at once. */
  openForScreens(): Promise<Workspace>
  /** The same with the demo account instead. */
  openDemo(): Promise<Workspace>
  /** Writes to stdout. */
  print(text: string): void
  printJson(value: unknown): void
  /** A line on stderr. */
  note(line: string): void
  /** A line on stderr that the next one replaces; shown on a terminal only. Null clears it. */
  progress(line: string | null): void
  ask(question: string): Promise<string>
  /** Says why on stderr. Gives the exit code. */
  refuse(refusal: Refusal): number
  /** From here on signals are the screens' own business. */
  leaveSignals(): void
  /** From here on an exception may leave a change open. */
  markChangeBegan(): void
}

/** One command, one file. `run` gives the exit code of contract.md. */
export type Command<K extends OptionId = OptionId> = {
  readonly name: string
  /** As commander reads them: `[ROLE...]`. */
  readonly args: string
  readonly summary: string
  readonly options: readonly K[]
  /** Without it the workspace has no writer at all. */
  readonly writes?: true
  run(values: OptionValues<K>, context: CommandContext): Promise<number>
}

export const defineCommand = <const K extends OptionId>(command: Command<K>): Command<K> => command
