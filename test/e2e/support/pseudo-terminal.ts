import { spawn } from '@lydell/node-pty'
import headless from '@xterm/headless'
import { type Cell, cellsOf } from './frames.ts'

export type TerminalSize = { readonly columns: number; readonly rows: number }

export type TerminalRequest = {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly size: TerminalSize
}

type Cells = readonly (readonly Cell[])[]

/** A program in a real pseudo-terminal, seen through a terminal emulator. */
export type PseudoTerminal = {
  /** The visible rows, without trailing blanks. */
  screen(): readonly string[]
  /** The visible cells with their colours. */
  cells(): readonly (readonly Cell[])[]
  /** The cells that are shown, and those of an empty terminal after what the program has written from its last `sign` on. */
  besideFresh(sign: string): Promise<{ readonly shown: Cells; readonly fresh: Cells }>
  /** Everything that the program has written. */
  written(): string
  isAlternateScreen(): boolean
  size(): TerminalSize
  write(keys: string): void
  resize(size: TerminalSize): void
  kill(signal: string): void
  /** Resolves as soon as the screen is as asked; rejects with the screen when it does not become so. */
  until(what: string, isSo: (screen: string) => boolean): Promise<void>
  exited(): Promise<{ readonly code: number; readonly signal: number }>
  dispose(): void
}

/** Bounds a wait, so that a wrong screen fails a test; nothing ever waits for it when all is well. */
const PATIENCE_MS = 60_000

export function openPseudoTerminal({ command, args, env, size }: TerminalRequest): PseudoTerminal {
  const emulator = new headless.Terminal({ cols: size.columns, rows: size.rows, allowProposedApi: true })
  const child = spawn(command, [...args], { name: 'xterm-256color', cols: size.columns, rows: size.rows, env: { ...env } })
  const watchers = new Set<() => void>()
  let written = ''
  let exit: { readonly code: number; readonly signal: number } | null = null
  const look = (): void => {
    for (const watcher of [...watchers]) watcher()
  }
  child.onData((data) => {
    written += data
    emulator.write(data, look)
  })
  child.onExit(({ exitCode, signal }) => {
    // An empty write comes back when everything before it stands on the screen.
    emulator.write('', () => {
      exit = { code: exitCode, signal: signal ?? 0 }
      look()
    })
  })
  // The program may ask the terminal where its cursor is or what it can do.
  emulator.onData((answer) => child.write(answer))

  const screen = (): readonly string[] => {
    const { active } = emulator.buffer
    return Array.from({ length: emulator.rows }, (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '')
  }
  const until = (what: string, isSo: () => boolean): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const settle = (finish: () => void): void => {
      watchers.delete(watcher)
      clearTimeout(timer)
      finish()
    }
    const watcher = (): void => {
      if (isSo()) settle(resolve)
      else if (exit !== null)
        settle(() => reject(new Error(`the program ended (${JSON.stringify(exit)}) before: ${what}\n${screen().join('\n')}`)))
    }
    const timer = setTimeout(() => settle(() => reject(new Error(`this did not come: ${what}\n${screen().join('\n')}`))), PATIENCE_MS)
    watchers.add(watcher)
    watcher()
    return promise
  }

  return {
    screen,
    cells: () => cellsOf(emulator),
    async besideFresh(sign) {
      const empty = new headless.Terminal({ cols: emulator.cols, rows: emulator.rows, allowProposedApi: true })
      // Both take the same bytes: what comes meanwhile waits behind the barrier.
      const seen = written.slice(written.lastIndexOf(sign))
      const shown = await new Promise<Cells>((done) => emulator.write('', () => done(cellsOf(emulator))))
      const fresh = await new Promise<Cells>((done) => empty.write(`\u001b[?1049h${seen}`, () => done(cellsOf(empty))))
      empty.dispose()
      return { shown, fresh }
    },
    written: () => written,
    isAlternateScreen: () => emulator.buffer.active.type === 'alternate',
    size: () => ({ columns: emulator.cols, rows: emulator.rows }),
    write: (keys) => child.write(keys),
    resize({ columns, rows }) {
      emulator.resize(columns, rows)
      child.resize(columns, rows)
    },
    kill: (signal) => child.kill(signal),
    until: (what, isSo) => until(what, () => isSo(screen().join('\n'))),
    async exited() {
      await until('the end of the program', () => exit !== null)
      return exit ?? { code: -1, signal: 0 }
    },
    dispose() {
      if (exit === null) child.kill('SIGKILL')
      emulator.dispose()
    },
  }
}
