import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect } from 'vitest'
import { eraseScreen } from '../../../src/ui/repaint.ts'
import { openPseudoTerminal, type PseudoTerminal, type TerminalSize } from './pseudo-terminal.ts'

export const cli = resolve('dist', 'cli.js')

/** What a person does or sees at a terminal, one step at a time. */
export type Step = (terminal: PseudoTerminal) => Promise<void> | void

export type Scenario = {
  readonly args: readonly string[]
  /** The file that Node runs: `dist/cli.js` unless said otherwise. */
  readonly entry?: string
  readonly size?: TerminalSize
  readonly env?: Readonly<Record<string, string>>
  /** Arguments of a second run, in the same terminal and on the same data, when the first has ended. */
  readonly again?: readonly string[]
  /** A data directory that was prepared before; it is copied. Without it a new one. */
  readonly prepared?: string
  /** Called with the terminal before the first step: for recordings. */
  readonly onOpen?: (terminal: PseudoTerminal) => void
  /** Runs it from a shell that tells the terminal's modes afterwards. */
  readonly fromShell?: boolean
  /** Opens a shell with job control and types the command into it. */
  readonly inJobShell?: boolean
  readonly steps: readonly Step[]
}

const keys = {
  Enter: '\r',
  Escape: '\u001b',
  Tab: '\t',
  Up: '\u001b[A',
  Down: '\u001b[B',
  Right: '\u001b[C',
  Left: '\u001b[D',
  PageDown: '\u001b[6~',
  Space: ' ',
  Backspace: '\u007f',
  CtrlC: '\u0003',
  CtrlZ: '\u001a',
} as const

export type Key = keyof typeof keys

export const press =
  (...names: readonly Key[]): Step =>
  (terminal) => {
    for (const name of names) terminal.write(keys[name])
  }

export const type =
  (text: string): Step =>
  (terminal) =>
    terminal.write(text)

const occursIn = (text: string | RegExp, screen: string): boolean => (typeof text === 'string' ? screen.includes(text) : text.test(screen))

/** All of these stand on the screen at the same time. */
export const waitFor =
  (...texts: readonly (string | RegExp)[]): Step =>
  (terminal) =>
    terminal.until(`see ${texts.join(' and ')}`, (screen) => texts.every((text) => occursIn(text, screen)))

export const waitGone =
  (text: string | RegExp): Step =>
  (terminal) =>
    terminal.until(`no longer see ${text}`, (screen) => !occursIn(text, screen))

export const resize =
  (columns: number, rows: number): Step =>
  (terminal) =>
    terminal.resize({ columns, rows })

/**
 * The terminal is pulled about and ends at the size it had. Then every cell is what the newest whole painting would have put on an
 * empty terminal: no cell of another size is left. With `isHurried` the program has no time to answer, and may hear of all the
 * sizes as of one; otherwise each is answered.
 */
export const resizeStorm =
  (widths: readonly number[], { isHurried }: { readonly isHurried: boolean }): Step =>
  async (terminal) => {
    const size = terminal.size()
    for (const columns of widths) {
      const before = terminal.written().length
      terminal.resize({ columns, rows: Math.max(6, Math.round((size.rows * columns) / size.columns)) })
      if (!isHurried) await terminal.until(`be drawn for ${columns} columns`, () => terminal.written().length > before)
    }
    const told = terminal.written().length
    terminal.resize(size)
    const isPainted = (): boolean => terminal.written().lastIndexOf(eraseScreen) >= told && terminal.screen().at(-1)?.trim() !== ''
    await terminal.until('be painted anew', isPainted)
    const { shown, fresh } = await terminal.besideFresh(eraseScreen)
    expect(shown).toEqual(fresh)
  }

export const signal =
  (name: string): Step =>
  (terminal) =>
    terminal.kill(name)

/** Whether the program has its own screen or the shell's is shown. */
export const expectOwnScreen =
  (isOwn: boolean): Step =>
  (terminal) =>
    terminal.until(isOwn ? 'have its own screen' : 'show the screen of the shell', () => terminal.isAlternateScreen() === isOwn)

/** The program ends with this code, and the terminal is as it was: its own screen, a visible cursor. */
export const expectExit =
  (code: number): Step =>
  async (terminal) => {
    expect(await terminal.exited()).toMatchObject({ code })
    expect(terminal.isAlternateScreen()).toBe(false)
    const written = terminal.written()
    expect(written.lastIndexOf('\u001b[?25h')).toBeGreaterThanOrEqual(written.lastIndexOf('\u001b[?25l'))
  }

/** A folder that stands for a user's home, with the data directory in it. */
export function freshHome(): { readonly home: string; remove(): void } {
  const home = mkdtempSync(join(tmpdir(), 'zt-tui-e2e-'))
  return { home, remove: () => rmSync(home, { recursive: true, force: true }) }
}

/** Nothing of the developer's own environment: no credentials, no `CI`, no colour settings. */
export const environment = (home: string): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOME: home,
  ZT_TUI_HOME: join(home, 'data'),
  TERM: 'xterm-256color',
  LANG: 'C.UTF-8',
  AWS_EC2_METADATA_DISABLED: 'true',
})

/** Plays the steps on the built program in a pseudo-terminal with a new data directory. */
export async function play({
  args,
  entry = cli,
  size = { columns: 120, rows: 36 },
  env = {},
  fromShell = false,
  inJobShell = false,
  again,
  prepared,
  onOpen,
  steps,
}: Scenario): Promise<void> {
  const { home, remove } = freshHome()
  if (prepared !== undefined) cpSync(prepared, join(home, 'data'), { recursive: true })
  const program = [process.execPath, entry, ...args]
  const shell = ['sh', '-c', '"$@"; echo "code=$?"; stty -a', 'sh', ...program]
  const twice = ['sh', '-c', '"$0" "$1" $2; exec "$0" "$1" $3', process.execPath, entry, args.join(' '), (again ?? []).join(' ')]
  const jobShell = ['bash', '--norc', '--noprofile', '-i']
  const [command = '', ...rest] = inJobShell ? jobShell : again !== undefined ? twice : fromShell ? shell : program
  const terminal = openPseudoTerminal({ command, args: rest, env: { ...environment(home), PS1: 'shell> ', ...env }, size })
  if (inJobShell) terminal.write(`${program.map((word) => `'${word}'`).join(' ')}\r`)
  onOpen?.(terminal)
  try {
    for (const step of steps) await step(terminal)
  } finally {
    terminal.dispose()
    remove()
  }
}
