import { resolve } from 'node:path'
import { test } from 'vitest'
import { expectExit, play, press, signal, type, waitFor } from './support/scenario.ts'

const firstFrame = waitFor('DEMO', 'Roles')

test('q gives the terminal back', () => play({ args: ['--demo'], steps: [firstFrame, type('q'), expectExit(0)] }))

test.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
  ['SIGINT', 130],
] as const)('%s gives the terminal back and ends with %d', (name, code) =>
  play({ args: ['--demo'], steps: [firstFrame, signal(name), expectExit(code)] }),
)

test('after Ctrl-C the shell has its terminal: line mode, echo, its own screen', () =>
  play({
    args: ['--demo'],
    fromShell: true,
    steps: [firstFrame, press('CtrlC'), waitFor('code=130', /(^|\s)icanon\b/, /(^|\s)echo\b/), expectExit(0)],
  }))

test('without credentials two lines explain, and Enter opens the demo', () =>
  play({
    args: [],
    size: { columns: 150, rows: 30 },
    steps: [
      waitFor('zt-tui: no AWS credentials', 'press Enter for the demo account (Ctrl-C leaves)'),
      press('Enter'),
      firstFrame,
      type('q'),
      expectExit(0),
    ],
  }))

test('Ctrl-C at the offer leaves', () => play({ args: [], steps: [waitFor('(Ctrl-C leaves)'), press('CtrlC'), expectExit(130)] }))

const start = resolve('scripts', 'start.ts')

test('npm start is as transparent: a signal reaches the program, its exit code comes back', async () => {
  await play({ args: ['--demo'], entry: start, steps: [firstFrame, signal('SIGTERM'), expectExit(143)] })
  await play({ args: ['show'], entry: start, steps: [waitFor("missing required argument 'ROLE'"), expectExit(2)] })
})
