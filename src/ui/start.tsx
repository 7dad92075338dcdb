import process from 'node:process'
import { type Instance, type RenderOptions, render } from 'ink'
import { type Lang, type Words, wordsOf } from '../words/index.ts'
import { App } from './app.tsx'
import { commandRecords } from './command-records.ts'
import { crashReport } from './crash-report.ts'
import { bindingProblem } from './key-bindings.ts'
import { bindingsOf, columnsOf } from './preference-values.ts'
import { createRunner, type MachinePort, type Runner, realSleep } from './runner.ts'
import type { ScreenUseCases } from './screen-use-cases.ts'
import { type Facts, initialState, isRunning, type PreferenceRow, type State } from './state.ts'
import { begin } from './step.ts'
import { createStore } from './store.ts'
import { createTerminal, type Terminal, type TuiStreams } from './terminal.ts'
import { startTicking } from './ticking.ts'

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
  readonly accountArgs?: readonly string[]
  readonly machine?: TuiMachine
  readonly stdin?: NodeJS.ReadStream
  readonly stdout?: NodeJS.WriteStream
  readonly stderr?: NodeJS.WriteStream
  readonly env?: NodeJS.ProcessEnv
}

/** How long a change may take to come to the end of its operation after everything was told to stop. */
const graceMs = 5000

/** As for commands: a change that was under way is interrupted; else nothing was changed. */
const crashCode = (leftRunning: boolean): number => (leftRunning ? 5 : 3)

/** Runs the interface until the user leaves and gives the exit code. The terminal is given back whatever happens. */
export async function startTui(useCases: ScreenUseCases, options: TuiOptions): Promise<number> {
  const streams: TuiStreams = {
    stdin: options.stdin ?? process.stdin,
    stdout: options.stdout ?? process.stdout,
    stderr: options.stderr ?? process.stderr,
  }
  const env = options.env ?? process.env
  const refusal = whyNoScreen(options, { streams, env })
  if (refusal === null)
    return isLinear(options, { streams, env }) ? startLinear(useCases, options, streams) : runScreen(useCases, options, { streams, env })
  streams.stderr.write(`${refusal}\n`)
  return 2
}

const unavailable = { ok: false, refusal: { code: 2, id: 'unavailable', message: 'not available here', hint: null } } as const

/** Where nothing but a terminal was given. */
const noMachine: TuiMachine = {
  save: () => {
    throw new Error('there is nowhere to write')
  },
  setPreference: async () => unavailable,
  runProgram: async () => unavailable.refusal.message,
  preferences: [],
  preferenceProblem: null,
}

type Surroundings = { readonly streams: TuiStreams; readonly env: NodeJS.ProcessEnv }

/** Frames need a terminal that can be drawn on; plain lines need nothing. */
const isLinear = (options: TuiOptions, { streams, env }: Surroundings): boolean =>
  options.linear || env.TERM === 'dumb' || !streams.stdout.isTTY

/** Somebody must be there to answer; where nobody is, the commands do the same work. */
function whyNoScreen(options: TuiOptions, { streams }: Surroundings): string | null {
  const w = wordsOf(options.lang)
  return options.linear || streams.stdin.isTTY ? null : w.noScreen.noTty
}

function firstState(useCases: ScreenUseCases, options: TuiOptions, streams: TuiStreams): State {
  const { mode, readOnly, accountLabel, window, dataDir } = useCases
  const plain: Facts = {
    mode,
    readOnly,
    accountLabel,
    window,
    dataDir,
    lang: options.lang,
    ascii: options.ascii,
    theme: 'auto',
    keys: {},
    unusedFrom: 70,
    accountArgs: options.accountArgs ?? [],
  }
  const preferences = options.machine?.preferences ?? []
  const wished = bindingsOf(preferences, plain)
  const conflict = bindingProblem(commandRecords, wished.keys)
  const warning = options.machine?.preferenceProblem ?? (conflict === null ? null : wordsOf(options.lang).settings.keysRefused(conflict))
  return initialState({
    facts: { ...plain, theme: wished.theme, unusedFrom: wished.unusedFrom, keys: conflict === null ? wished.keys : {} },
    preferences,
    columns: columnsOf(preferences),
    warning,
    size: { columns: streams.stdout.columns, rows: streams.stdout.rows },
    now: useCases.now().getTime(),
    filter: options.filter ?? '',
    link: { role: options.role, screen: options.screen },
  })
}

async function startLinear(useCases: ScreenUseCases, options: TuiOptions, streams: TuiStreams): Promise<number> {
  const { runLinear } = await import('./linear/run-linear.ts')
  const initial = { ...firstState(useCases, options, streams), size: { columns: 200, rows: 50 } }
  return runLinear({ useCases, options, streams, machine: options.machine ?? noMachine, initial })
}

async function runScreen(useCases: ScreenUseCases, options: TuiOptions, { streams, env }: Surroundings): Promise<number> {
  const colour = !options.noColor && (env.NO_COLOR ?? '') === ''
  const shown: { ink: Instance | null } = { ink: null }
  const machine = options.machine ?? noMachine
  const terminal = createTerminal(streams, machine.runProgram, () => shown.ink?.unmount())
  const runner = createRunner({ useCases, terminal, machine, dispatch: (event) => store.dispatch(event), sleep: realSleep })
  const now = (): number => useCases.now().getTime()
  const store = createStore({ initial: firstState(useCases, options, streams), now, run: runner.run })
  const release = terminal.watch()
  const stopTicking = startTicking({ state: store.state, tick: () => store.dispatch() })
  // Before anything is painted: a key pressed at the first sight of the screen is for the program, not for the shell.
  setRaw(streams, true)
  try {
    shown.ink = render(
      <App store={store} colour={colour} spareRows={process.platform === 'win32' ? 1 : 0} onReady={terminal.attach} />,
      screenOptions(streams),
    )
    // A microtask, so that whatever is thrown from here on ends at the same place: the terminal is given back first.
    queueMicrotask(() => store.start(begin))
    await shown.ink.waitUntilExit()
  } catch (error) {
    if (shown.ink === null) terminal.giveBack()
    terminal.fail(error)
  }
  setRaw(streams, false)
  stopTicking()
  await stopWork(runner, isRunning(store.state()))
  release()
  return farewell({ useCases, streams, words: wordsOf(options.lang), terminal, leftRunning: isRunning(store.state()) })
}

function setRaw({ stdin }: TuiStreams, raw: boolean): void {
  if (stdin.isTTY && stdin.isRaw !== raw) stdin.setRawMode(raw)
}

const screenOptions = (streams: TuiStreams): RenderOptions => ({
  ...streams,
  alternateScreen: true,
  incrementalRendering: true,
  exitOnCtrlC: false,
  interactive: true,
  // What libraries print must not tear the screen. Not every console can be patched: a test runner's cannot.
  patchConsole: 'Console' in console,
  maxFps: 60,
})

/** Nothing is cut off in the middle of an AWS call: a change gets the time to end its operation and to undo what it did. */
async function stopWork(runner: Runner, isChanging: boolean): Promise<void> {
  runner.stop()
  if (isChanging) await Promise.race([runner.idle(), new Promise((resolve) => setTimeout(resolve, graceMs).unref())])
}

type Farewell = {
  readonly useCases: ScreenUseCases
  readonly streams: TuiStreams
  readonly words: Words
  readonly terminal: Terminal
  readonly leftRunning: boolean
}

/** What is said on the terminal that has been given back, and the exit code. */
function farewell({ useCases, streams, words, terminal, leftRunning }: Farewell): number {
  const failure = terminal.failure()
  if (failure !== null) {
    streams.stderr.write(crashReport(words, failure, useCases.dataDir))
    return crashCode(leftRunning)
  }
  if (leftRunning) streams.stderr.write(`${words.crash.leftRunning}\n`)
  return terminal.code()
}
