import { EventEmitter } from 'node:events'
import { describe, expect, test } from 'vitest'
import { eraseScreen } from '../../src/ui/repaint.ts'
import { startTui } from '../../src/ui/start.tsx'
import type { TuiOptions, TuiStreams } from '../../src/ui/tui-options.ts'
import { plainOptions } from '../support/fake-machine.ts'
import { createFakeUseCases, type FakeUseCases } from '../support/fake-use-cases.ts'
import { withoutColours } from './drive.tsx'

/** A terminal's end as Ink uses it: what is written is kept, what is typed is read. */
class FakeStream extends EventEmitter {
  readonly columns = 100
  readonly rows = 30
  readonly written: string[] = []
  readonly isTTY: boolean
  private typed: string | null = null

  constructor(isTTY: boolean) {
    super()
    this.isTTY = isTTY
  }

  write(text: string, done?: () => void): boolean {
    this.written.push(text)
    if (typeof done === 'function') queueMicrotask(done)
    return true
  }

  type(text: string): void {
    this.typed = text
    this.emit('readable')
  }

  read(): string | null {
    const text = this.typed
    this.typed = null
    return text
  }

  setEncoding(): void {}
  setRawMode(): void {}
  ref(): void {}
  unref(): void {}

  text(): string {
    return this.written.join('')
  }
}

type Started = { readonly code: Promise<number>; readonly stdin: FakeStream; readonly stdout: FakeStream; readonly stderr: FakeStream }

function start(
  options: Partial<TuiOptions> & { readonly isTTY?: boolean; readonly useCases?: FakeUseCases; readonly breakStdout?: boolean } = {},
): Started {
  const [stdin, stdout, stderr] = [new FakeStream(options.isTTY ?? true), new FakeStream(options.isTTY ?? true), new FakeStream(true)]
  if (options.breakStdout === true) {
    stdout.on = () => {
      throw new Error('this terminal tells no size')
    }
  }
  const streams = { stdin, stdout, stderr } as unknown as TuiStreams
  const code = startTui(options.useCases ?? createFakeUseCases(), { ...plainOptions, ...options, streams })
  return { code, stdin, stdout, stderr }
}

/** Waits for a sign on the screen: the interface says itself when it is ready. */
async function shown(stream: FakeStream, sign: string): Promise<void> {
  while (!stream.text().includes(sign)) await new Promise((resolve) => setImmediate(resolve))
}

const enters = '\x1b[?1049h'
const leaves = '\x1b[?1049l'
const showsCursor = '\x1b[?25h'

describe('without a terminal', () => {
  test.each<readonly [string, Parameters<typeof start>[0], string]>([['no TTY', { isTTY: false }, 'nobody can type here']])(
    '%s: one clear line and exit code 2',
    async (_what, options, sign) => {
      const { code, stdout, stderr } = start(options)
      expect(await code).toBe(2)
      expect(stdout.text()).toBe('')
      expect(stderr.text()).toContain(sign)
      expect(stderr.text().trimEnd().split('\n')).toHaveLength(1)
    },
  )
})

describe('the terminal is given back', () => {
  test('when the user quits: exit code 0', async () => {
    const { code, stdin, stdout } = start()
    await shown(stdout, 'just now')
    stdin.type('q')
    expect(await code).toBe(0)
    expect(stdout.text()).toContain(enters)
    expect(stdout.text().lastIndexOf(leaves)).toBeGreaterThan(stdout.text().lastIndexOf(enters))
    expect(stdout.text().lastIndexOf(showsCursor)).toBeGreaterThan(stdout.text().lastIndexOf(enters))
  })

  test('on Ctrl-C: 130', async () => {
    const { code, stdin, stdout } = start()
    await shown(stdout, 'just now')
    stdin.type('\x03')
    expect(await code).toBe(130)
    expect(stdout.text()).toContain(leaves)
  })

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ] as const)('on %s: %d, and the listeners are gone afterwards', async (signal, expected) => {
    const before = process.listenerCount(signal)
    const { code, stdout } = start()
    await shown(stdout, 'just now')
    process.emit(signal)
    expect(await code).toBe(expected)
    expect(stdout.text()).toContain(leaves)
    expect(process.listenerCount(signal)).toBe(before)
  })

  test('when drawing throws: the report comes after the restore, says that the ledger is safe and what to run', async () => {
    const useCases = { ...createFakeUseCases(), accountLabel: null as unknown as string }
    const { code, stdout, stderr } = start({ useCases })
    expect(await code).toBe(3)
    expect(stdout.text()).toContain(leaves)
    expect(stderr.text()).toContain('zt-tui has failed')
    expect(stderr.text()).toContain('The ledger is safe in /data')
    expect(stderr.text()).toContain('zt-tui recover')
    expect(stderr.text()).not.toContain('    at ')
  })

  test('when Ink dies before it has started', async () => {
    const { code, stdout } = start({ breakStdout: true })
    expect(await code).toBe(3)
    expect(stdout.text().lastIndexOf(leaves)).toBeGreaterThan(stdout.text().lastIndexOf(enters))
  })

  test('a change under way gets the time to end, and what is left is said', async () => {
    const gate = Promise.withResolvers<void>()
    let isGated = false
    const useCases = createFakeUseCases({ pause: () => (isGated ? gate.promise : Promise.resolve()) })
    const { code, stdin, stdout, stderr } = start({ useCases })
    await shown(stdout, 'just now')
    stdin.type('a')
    await shown(stdout, 'Apply stage 1')
    isGated = true
    stdin.type('\t\r')
    await shown(stdout, 'Applying')
    stdin.type('\x03')
    gate.resolve()
    expect(await code).toBe(130)
    expect(stderr.text()).toBe('')
    expect(useCases.calls).toContain('apply legacy-admin-role 1')
  })
})

describe('a terminal that has changed its size', () => {
  /** Erased from the top left cell down, then a whole frame: its first and its last line. */
  const drawnAnew = (text: string): boolean => {
    const [, ...afterwards] = text.split(eraseScreen)
    return afterwards.map(withoutColours).some((painted) => painted.includes('DEMO') && painted.includes('? help'))
  }

  test('has everything drawn anew, even when it came back to the size that is known', async () => {
    const { code, stdin, stdout } = start()
    await shown(stdout, 'just now')
    const before = stdout.text().length
    process.emit('SIGWINCH')
    while (!drawnAnew(stdout.text().slice(before))) await new Promise((resolve) => setImmediate(resolve))
    stdin.type('q')
    expect(await code).toBe(0)
    expect(process.listenerCount('SIGWINCH')).toBe(0)
  })

  test('so does Ctrl-L, whatever has been written on it', async () => {
    const { code, stdin, stdout } = start()
    await shown(stdout, 'just now')
    const before = stdout.text().length
    stdin.type('\x0c')
    while (!drawnAnew(stdout.text().slice(before))) await new Promise((resolve) => setImmediate(resolve))
    stdin.type('q')
    expect(await code).toBe(0)
  })
})

describe('colours', () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: SGR sequences start with the escape character.
  const colours = /\x1b\[[0-9;]*(?:3[0-7]|4[0-7]|9[0-7]|10[0-7])[;m]/

  test.each<readonly [string, Partial<TuiOptions>]>([
    ['NO_COLOR', { env: { NO_COLOR: '1' } }],
    ['--no-color', { noColor: true }],
  ])('%s leaves none', async (_what, options) => {
    const { code, stdin, stdout } = start(options)
    await shown(stdout, 'just now')
    stdin.type('q')
    await code
    expect(stdout.text()).not.toMatch(colours)
  })

  test('are there otherwise', async () => {
    const { code, stdin, stdout } = start()
    await shown(stdout, 'just now')
    stdin.type('q')
    await code
    expect(stdout.text()).toMatch(colours)
  })
})
