import { createInterface } from 'node:readline'
import type { FailureReport } from './failure-lines.ts'
import type { Host, InputStream, OutputStream } from './host.ts'

/** What commands say and ask. */
export type Terminal = {
  print(text: string): void
  note(line: string): void
  progress(line: string | null): void
  /** Says a failure; gives its exit code. */
  tell(failure: FailureReport): number
  ask(question: string, signal: AbortSignal): Promise<string>
  readonly isInteractive: boolean
  /** Resolves when everything written has left the process. */
  flush(): Promise<void>
}

/** The reader of a pipe may go away (`| head`): what is written after that is dropped, and a change goes on to its end. */
function ignoreClosedReader(stream: OutputStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

export function openTerminal({ stdin, stdout, stderr }: Host): Terminal {
  ignoreClosedReader(stdout)
  ignoreClosedReader(stderr)
  let isProgressShown = false
  const progress = (line: string | null): void => {
    if (!stderr.isTTY || (line === null && !isProgressShown)) return
    stderr.write(`\r\u001b[K${line === null ? '' : line.slice(0, Math.max(20, (stderr.columns ?? 80) - 1))}`)
    isProgressShown = line !== null
  }
  return {
    tell({ code, lines }) {
      progress(null)
      for (const line of lines) stderr.write(`${line}\n`)
      return code
    },
    print(text) {
      progress(null)
      stdout.write(text)
    },
    note(line) {
      progress(null)
      stderr.write(`${line}\n`)
    },
    progress,
    isInteractive: Boolean(stdin.isTTY && stderr.isTTY),
    ask(question, signal) {
      progress(null)
      stderr.write(question)
      return readLine(stdin, signal)
    },
    flush: async () => {
      await Promise.all([stdout, stderr].map((stream) => new Promise<void>((done) => stream.write('', () => done()))))
    },
  }
}

/** One line in the terminal's own line mode, so that Ctrl-C stays a signal. The end of the input is an empty answer. */
function readLine(stdin: InputStream, signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input: stdin, terminal: false })
  return new Promise<string>((answer, refuse) => {
    lines.once('line', answer)
    lines.once('close', () => answer(''))
    signal.addEventListener('abort', () => refuse(signal.reason), { once: true })
  }).finally(() => lines.close())
}
