import process from 'node:process'
import type { useApp } from 'ink'
import type { TerminalPort } from './runner.ts'
import type { RunProgram, TuiStreams } from './tui-options.ts'

type InkApp = ReturnType<typeof useApp>

export type Terminal = TerminalPort & {
  /** Called when the interface is mounted: from then on it can be suspended. */
  readonly attach: (app: InkApp) => void
  /** Leaves on signals and on exceptions that nobody caught. Gives the function that stops watching. */
  readonly watch: () => () => void
  /** Leaves the alternate screen by hand, where Ink died before it could be asked to. */
  readonly giveBack: () => void
  readonly code: () => number
  /** Takes note of what nobody caught, and leaves. The first one counts. */
  readonly fail: (error: unknown) => void
  /** What nobody caught; null when all went well. */
  readonly failure: () => unknown
}

const signalCodes = { SIGTERM: 143, SIGHUP: 129, SIGINT: 130 } as const

/** Back to the main screen, bracketed paste off, cursor on. */
const leaveScreen = '\x1b[?1049l\x1b[?2004l\x1b[?25h'

/** OSC 52 puts text on the clipboard of the terminal's own machine, through ssh too. */
const clipboard = (text: string): string => `\x1b]52;c;${Buffer.from(text).toString('base64')}\x07`

/** What the terminal's port has done by others. */
type Hands = {
  readonly runProgram: RunProgram
  readonly leave: () => void
  /** Draws everything anew. */
  readonly paint: () => void
}

export function createTerminal({ stdout }: TuiStreams, { runProgram, leave, paint }: Hands): Terminal {
  let app: InkApp | null = null
  let isAway = false
  let code = 0
  let failure: unknown = null
  const fail = (error: unknown): void => {
    failure ??= error ?? new Error('unknown failure')
    leave()
  }

  /** While another program has the terminal, nothing is written on it. */
  const handOver = async (meanwhile: () => Promise<void>): Promise<void> => {
    if (app === null) return
    isAway = true
    await app.suspendTerminal(async () => {
      await meanwhile()
      isAway = false
    })
    // Sizes that changed meanwhile were told to the program in front only. Node asks for the size when it hears this.
    process.emit('SIGWINCH', 'SIGWINCH')
  }

  return {
    fail,
    attach: (mounted) => {
      app = mounted
    },
    copy: (text) => {
      stdout.write(clipboard(text))
    },
    redraw: () => {
      if (!isAway) paint()
    },
    suspend: () => (process.platform === 'win32' ? Promise.resolve() : handOver(stopProcess)),
    page: async (effect) => {
      let problem: string | null = null
      await handOver(async () => {
        problem = await runProgram(effect.with, { name: effect.name, text: effect.text })
      })
      return problem
    },
    exit: (wanted) => {
      code = wanted
      leave()
    },
    watch: () => {
      const signalled = Object.entries(signalCodes).map(([signal, signalCode]) => {
        const listener = (): void => {
          code = signalCode
          leave()
        }
        process.on(signal, listener)
        return () => process.off(signal, listener)
      })
      process.on('uncaughtException', fail)
      process.on('unhandledRejection', fail)
      return () => {
        for (const stop of signalled) stop()
        process.off('uncaughtException', fail)
        process.off('unhandledRejection', fail)
      }
    },
    giveBack: () => {
      stdout.write(leaveScreen)
    },
    code: () => code,
    failure: () => failure,
  }
}

/**
 * Stops the program as the shell's job control expects and returns when it is continued. The timer keeps the event loop
 * alive: without it Node would find nothing to do after SIGCONT and exit.
 */
function stopProcess(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const alive = setInterval(() => {}, 1000)
  process.once('SIGCONT', () => {
    clearInterval(alive)
    resolve()
  })
  process.kill(process.pid, 'SIGSTOP')
  return promise
}
