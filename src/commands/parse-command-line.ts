import { Command as CommanderCommand, CommanderError, Option } from 'commander'
import { z } from 'zod'
import type { Command } from './command.ts'
import { type OptionId, type OptionValues, optionTable } from './option-table.ts'
import { UsageError } from './usage-error.ts'

export type AllValues = OptionValues<OptionId>

export type ParsedCommand = {
  readonly kind: 'command'
  readonly command: Command
  readonly values: AllValues
  readonly args: readonly string[]
}

export type CommandLine = ParsedCommand | { readonly kind: 'text'; readonly text: string }

export type CommandSet = { readonly commands: readonly Command[]; readonly defaultCommand: Command; readonly version: string }

/** What a command line asks for. Throws `UsageError`. */
export function parseCommandLine(argv: readonly string[], set: CommandSet): CommandLine {
  const ordered = commandFirst(argv, set.commands)
  let found: CommandLine | null = null
  let written = ''
  const program = buildProgram(set, {
    onCommand: (command, raw, args) => {
      found = { kind: 'command', command, values: readValues(command, raw), args }
    },
    onText: (text) => {
      written += text
    },
  })
  try {
    program.parse(ordered, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0 || error.code === 'commander.help') return { kind: 'text', text: written }
    throw usageError(error, ordered, set.commands)
  }
  return found ?? { kind: 'text', text: written }
}

const isFlag = (word: string): boolean => word.startsWith('-') && word !== '-'

/** `--window` of `--window <DAYS>`. */
const flagOf = (flags: string): string => flags.replace(/ .*/, '')

const flagsWithValue: ReadonlySet<string> = new Set(
  Object.values(optionTable)
    .filter(({ flags }) => flags.includes('<'))
    .map(({ flags }) => flagOf(flags)),
)

/** `--demo roles` means `roles --demo`: the first word that is neither an option nor an option's value is the command. */
function commandFirst(argv: readonly string[], commands: readonly Command[]): readonly string[] {
  const place = argv.findIndex((word, at) => !isFlag(word) && !flagsWithValue.has(argv[at - 1] ?? ''))
  const word = argv[place]
  if (word === undefined) return argv
  const others = argv.filter((_, at) => at !== place)
  if (word === 'help') return [...commandFirst(others, commands), '--help']
  if (!commands.some(({ name }) => name === word)) {
    throw new UsageError(`unknown command "${word}".`, `The commands are ${commands.map(({ name }) => name).join(', ')}.`)
  }
  return [word, ...others]
}

type ProgramEvents = {
  onCommand(command: Command, raw: unknown, args: readonly string[]): void
  onText(text: string): void
}

function buildProgram({ commands, defaultCommand, version }: CommandSet, events: ProgramEvents): CommanderCommand {
  const program = new CommanderCommand('zt-tui')
    .description("Tighten an AWS account's IAM permissions without fear. Without a command: the screens.")
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: events.onText, writeErr: () => undefined })
  describe(program, defaultCommand, events)
  for (const command of commands) {
    describe(program.command(command.name).description(command.summary).helpOption('-h, --help', 'print this help'), command, events)
  }
  return program
}

function describe(target: CommanderCommand, command: Command, events: ProgramEvents): void {
  if (command.args !== '') target.arguments(command.args)
  for (const id of command.options) target.addOption(commanderOption(id))
  target.action((...parts: unknown[]) => events.onCommand(command, target.opts(), parts.slice(0, -2).flat().filter(isText)))
}

const isText = (part: unknown): part is string => typeof part === 'string'

function commanderOption(id: OptionId): Option {
  const { flags, help, repeatable } = optionTable[id]
  const option = new Option(flags, help)
  return repeatable ? option.argParser((value: string, earlier: readonly string[] | undefined) => [...(earlier ?? []), value]) : option
}

/** Commander gives texts under its own names for the flags; the table makes values of them. */
function readValues(command: Command, raw: unknown): AllValues {
  const given = z.record(z.string(), z.unknown()).parse(raw)
  const ids = new Set<string>(command.options)
  const texts = Object.entries(optionTable).map(([id, { flags }]) => [
    id,
    ids.has(id) ? given[new Option(flags).attributeName()] : undefined,
  ])
  const read = valuesSchema.safeParse(Object.fromEntries(texts))
  if (read.success) return read.data
  const issue = read.error.issues[0]
  const spec = Object.entries(optionTable).find(([id]) => id === issue?.path[0])?.[1]
  throw new UsageError(`${flagOf(spec?.flags ?? '')}: ${issue?.message}.`)
}

/** The table's values as one schema; its type says more than `Object.fromEntries` can. */
const valuesSchema = z.object(
  Object.fromEntries(Object.entries(optionTable).map(([id, { value }]) => [id, value])),
) as unknown as z.ZodType<AllValues>

function usageError(error: CommanderError, argv: readonly string[], commands: readonly Command[]): UsageError {
  const [what = '', ...rest] = error.message.replace(/^error: /, '').split('\n')
  const name = commands.find((command) => command.name === argv[0])?.name
  const suggestion = rest.join(' ').trim()
  return new UsageError(`${what.replace(/\.$/, '')}.`, suggestion || `See \`zt-tui ${name ? `${name} ` : ''}--help\`.`)
}
