import process from 'node:process'
import { type Instance, type RenderOptions, render } from 'ink'
import { type Lang, type Words, wordsOf } from '../words/index.ts'
import { App } from './app.tsx'
import { crashReport } from './crash-report.ts'
import { createRunner, type Runner, realSleep } from './runner.ts'
import type { ScreenUseCases } from './screen-use-cases.ts'
import { initialState, isRunning, type State } from './state.ts'
import { begin } from './step.ts'
import { createStore } from './store.ts'
import { createTerminal, type Terminal, type TuiStreams } from './terminal.ts'
import { startTicking } from './ticking.ts'

export type TuiOptions = {
  /** Deep link: the role and the screen to start on. */
  readonly role: string | null
  readonly filter: string | null
  readonly screen: string | null
  readonly ascii: boolean
  readonly noColor: boolean
  readonly linear: boolean
  readonly lang: Lang
  readonly stdin?: NodeJS.ReadStream
  readonly stdout?: NodeJS.WriteStream
  readonly stderr?: NodeJS.WriteStream
  readonly env?: NodeJS.ProcessEnv
}

/** How long a change may take to come to the end of its operation after everything was told to stop. */
const graceMs = 5000

/** What `sysexits` calls an internal software error. */
const crashCode = 70

/** Runs the interface until the user leaves and gives the exit code. The terminal is given back whatever happens. */
export async function startTui(useCases: ScreenUseCases, options: TuiOptions): Promise<number> {
  const streams: TuiStreams = {
    stdin: options.stdin ?? process.stdin,
    stdout: options.stdout ?? process.stdout,
    stderr: options.stderr ?? process.stderr,
  }
  const env = options.env ?? process.env
  const refusal = whyNoScreen(options, { streams, env })
  if (refusal === null) return runScreen(useCases, options, { streams, env })
  streams.stderr.write(`${refusal}\n`)
  return 2
}

type Surroundings = { readonly streams: TuiStreams; readonly env: NodeJS.ProcessEnv }

/** The screen needs a terminal that can be drawn on; where there is none, the commands do the same work. */
function whyNoScreen(options: TuiOptions, { streams, env }: Surroundings): string | null {
  const w = wordsOf(options.lang)
  if (!streams.stdin.isTTY || !streams.stdout.isTTY) return w.noScreen.noTty
  if (env.TERM === 'dumb') return w.noScreen.dumb
  return options.linear ? w.noScreen.linear : null
}

function firstState(useCases: ScreenUseCases, options: TuiOptions, streams: TuiStreams): State {
  const { mode, readOnly, accountLabel, window, dataDir } = useCases
  return initialState({
    facts: { mode, readOnly, accountLabel, window, dataDir, lang: options.lang, ascii: options.ascii },
    size: { columns: streams.stdout.columns, rows: streams.stdout.rows },
    now: useCases.now().getTime(),
    filter: options.filter ?? '',
    link: { role: options.role, screen: options.screen },
  })
}

async function runScreen(useCases: ScreenUseCases, options: TuiOptions, { streams, env }: Surroundings): Promise<number> {
  const colour = !options.noColor && (env.NO_COLOR ?? '') === ''
  const shown: { ink: Instance | null } = { ink: null }
  const terminal = createTerminal(streams, () => shown.ink?.unmount())
  const runner = createRunner({ useCases, terminal, dispatch: (event) => store.dispatch(event), sleep: realSleep })
  const now = (): number => useCases.now().getTime()
  const store = createStore({ initial: firstState(useCases, options, streams), now, run: runner.run })
  const release = terminal.watch()
  const stopTicking = startTicking({ state: store.state, tick: () => store.dispatch() })
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
  stopTicking()
  await stopWork(runner, isRunning(store.state()))
  release()
  return farewell({ useCases, streams, words: wordsOf(options.lang), terminal, leftRunning: isRunning(store.state()) })
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
    return crashCode
  }
  if (leftRunning) streams.stderr.write(`${words.crash.leftRunning}\n`)
  return terminal.code()
}
