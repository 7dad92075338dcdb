import process from 'node:process'
import { type Instance, type RenderOptions, render } from 'ink'
import type { ReactNode } from 'react'
import { type Words, wordsOf } from '../words/index.ts'
import { App } from './app.tsx'
import { backgroundOf } from './background.ts'
import { commandRecords } from './command-records.ts'
import { crashReport } from './crash-report.ts'
import { bindingProblem } from './key-bindings.ts'
import { bindingsOf, columnsOf } from './preference-values.ts'
import { eraseScreen, repaintOnResize } from './repaint.ts'
import { createRunner, type Runner, realSleep } from './runner.ts'
import type { ScreenUseCases } from './screen-use-cases.ts'
import { type Facts, initialState, isRunning, type State } from './state.ts'
import { begin } from './step.ts'
import { createStore } from './store.ts'
import { createTerminal, type Terminal } from './terminal.ts'
import { startTicking } from './ticking.ts'
import type { TuiOptions, TuiStreams } from './tui-options.ts'

/** How long a change may take to come to the end of its operation after everything was told to stop. */
const graceMs = 5000

/** As for commands: a change that was under way is interrupted; else nothing was changed. */
const crashCode = (leftRunning: boolean): number => (leftRunning ? 5 : 3)

/** Runs the interface until the user leaves and gives the exit code. The terminal is given back whatever happens. */
export async function startTui(useCases: ScreenUseCases, options: TuiOptions): Promise<number> {
  const refusal = whyNoScreen(options)
  if (refusal === null) return isLinear(options) ? startLinear(useCases, options) : runScreen(useCases, options)
  options.streams.stderr.write(`${refusal}\n`)
  return 2
}

/** Frames need a terminal that can be drawn on; plain lines need nothing. */
const isLinear = ({ linear, streams, env }: TuiOptions): boolean => linear || env.TERM === 'dumb' || !streams.stdout.isTTY

/** Somebody must be there to answer; where nobody is, the commands do the same work. */
const whyNoScreen = ({ linear, streams, lang }: TuiOptions): string | null =>
  linear || streams.stdin.isTTY ? null : wordsOf(lang).noScreen.noTty

function firstState(useCases: ScreenUseCases, options: TuiOptions): State {
  const { stdout } = options.streams
  const background = backgroundOf(options.env)
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
    ...(background === null ? {} : { background }),
    keys: {},
    unusedFrom: 70,
    accountArgs: options.accountArgs,
  }
  const { preferences, preferenceProblem } = options.machine
  const wished = bindingsOf(preferences, plain)
  const conflict = bindingProblem(commandRecords, wished.keys)
  const warning = preferenceProblem ?? (conflict === null ? null : wordsOf(options.lang).settings.keysRefused(conflict))
  return initialState({
    facts: { ...plain, theme: wished.theme, unusedFrom: wished.unusedFrom, keys: conflict === null ? wished.keys : {} },
    preferences,
    columns: columnsOf(preferences),
    warning,
    size: { columns: stdout.columns, rows: stdout.rows },
    now: useCases.now().getTime(),
    filter: options.filter ?? '',
    link: { role: options.role, screen: options.screen },
  })
}

async function startLinear(useCases: ScreenUseCases, options: TuiOptions): Promise<number> {
  const { runLinear } = await import('./linear/run-linear.ts')
  const initial = { ...firstState(useCases, options), size: { columns: 200, rows: 50 } }
  return runLinear({ useCases, options, initial })
}

async function runScreen(useCases: ScreenUseCases, options: TuiOptions): Promise<number> {
  const { streams, env, machine } = options
  const colour = !options.noColor && (env.NO_COLOR ?? '') === ''
  const shown: { ink: Instance | null; painting: number } = { ink: null, painting: 0 }
  const app = (): ReactNode => (
    <App
      store={store}
      colour={colour}
      spareRows={process.platform === 'win32' ? 1 : 0}
      painting={shown.painting}
      onReady={terminal.attach}
    />
  )
  const paint = (): void => {
    if (shown.ink === null) return
    shown.painting += 1
    shown.ink.clear()
    streams.stdout.write(eraseScreen)
    shown.ink.rerender(app())
  }
  const terminal = createTerminal(streams, { runProgram: machine.runProgram, leave: () => shown.ink?.unmount(), paint })
  const runner = createRunner({ useCases, terminal, machine, dispatch: (event) => store.dispatch(event), sleep: realSleep })
  const now = (): number => useCases.now().getTime()
  const store = createStore({ initial: firstState(useCases, options), now, run: runner.run })
  const release = terminal.watch()
  const stopRepainting = repaintOnResize(terminal.redraw)
  const stopTicking = startTicking({ state: store.state, tick: () => store.dispatch() })
  // Before anything is painted: a key pressed at the first sight of the screen is for the program, not for the shell.
  setRaw(streams, true)
  try {
    shown.ink = render(app(), screenOptions(streams))
    // A microtask, so that whatever is thrown from here on ends at the same place: the terminal is given back first.
    queueMicrotask(() => store.start(begin))
    await shown.ink.waitUntilExit()
  } catch (error) {
    if (shown.ink === null) terminal.giveBack()
    terminal.fail(error)
  }
  stopRepainting()
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
