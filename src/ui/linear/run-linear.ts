import { createInterface } from 'node:readline'
import { createRunner, realSleep, type TerminalPort } from '../runner.ts'
import type { ScreenUseCases } from '../screen-use-cases.ts'
import { isRunning, type State } from '../state.ts'
import { begin } from '../step.ts'
import { createStore, type Store } from '../store.ts'
import type { TuiOptions } from '../tui-options.ts'
import { type Answer, answer } from './linear-answer.ts'
import { commandLines, detailLines, linearScene, overlayLines, screenLines } from './linear-text.ts'

export type LinearRun = {
  readonly useCases: ScreenUseCases
  readonly options: TuiOptions
  readonly initial: State
}

/** Says what is new since the last time: steps of a change, messages, the scan's end. */
function createNews(say: (line: string) => void): (state: State) => void {
  let logged = 0
  let steps = ''
  return (state) => {
    for (const entry of state.log) {
      if (entry.n <= logged) continue
      logged = entry.n
      if (entry.cli === null) say(entry.text)
    }
    const { run } = state
    if (run === null) return
    const told = run.steps.filter(({ outcome }) => outcome !== 'pending').map(({ k, text, outcome }) => `${k} ${text}: ${outcome}`)
    const joined = `${run.startedAt} ${told.join('|')}`
    if (joined !== steps && told.length > 0) say(`  ${told.at(-1) ?? ''}`)
    steps = joined
  }
}

function tell(state: State, what: Answer['tell']): readonly string[] {
  if (state.overlay !== null) return overlayLines(state)
  if (what === 'commands') return commandLines(state)
  if (what === 'detail') return detailLines(state)
  return what === 'screen' ? screenLines(state) : []
}

/** Prompts and lines instead of frames, over the same state, commands and use cases. Gives the exit code. */
export async function runLinear({ useCases, options, initial }: LinearRun): Promise<number> {
  const { stdin, stdout } = options.streams
  const say = (line: string): void => void stdout.write(`${line}\n`)
  const ended: { code: number | null } = { code: null }
  const lines = createInterface({ input: stdin, terminal: false })
  // Asked for at once: lines that a pipe brings before anybody iterates would be lost.
  const typed = lines[Symbol.asyncIterator]()
  const terminal: TerminalPort = {
    copy: say,
    redraw: () => {},
    suspend: async () => {},
    page: async ({ text }) => {
      stdout.write(text)
      return null
    },
    exit: (code) => {
      ended.code ??= code
    },
  }
  const runner = createRunner({
    useCases,
    terminal,
    machine: options.machine,
    dispatch: (event) => store.dispatch(event),
    sleep: realSleep,
  })
  const store: Store = createStore({ initial, now: () => useCases.now().getTime(), run: runner.run })
  const news = createNews(say)
  store.subscribe(() => news(store.state()))
  store.start(begin)
  await runner.idle()
  const prompt = (what: Answer['tell']): void => {
    for (const line of tell(store.state(), what)) say(line)
    if (store.state().overlay === null) say(`\n${linearScene(store.state()).w.linear.prompt}`)
    stdout.write('> ')
  }
  prompt('screen')
  for await (const line of { [Symbol.asyncIterator]: () => typed }) {
    const done = answer(store.state(), line)
    store.take(done.step)
    await runner.idle()
    if (ended.code !== null) break
    prompt(done.tell)
  }
  lines.close()
  runner.stop()
  if (isRunning(store.state())) await runner.idle()
  return ended.code ?? 0
}
