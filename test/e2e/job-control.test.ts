import { afterAll, beforeAll, test } from 'vitest'
import { type PreparedDemo, prepareDemo } from './support/prepared-demo.ts'
import { expectExit, expectOwnScreen, play, press, resize, type Scenario, type Step, type, waitFor, waitGone } from './support/scenario.ts'

let demo: PreparedDemo
beforeAll(async () => {
  demo = await prepareDemo()
})
afterAll(() => demo.remove())

const listed = [waitFor('Roles 128', 'demo-admin'), waitGone('scanning')] as const

const inShell = (steps: readonly Step[], more: Partial<Scenario> = {}): Promise<void> =>
  play({ args: ['--demo'], prepared: demo.dataDir, inJobShell: true, ...more, steps })

const suspend = [press('CtrlZ'), expectOwnScreen(false), waitFor('Stopped')] as const
const back = [type('fg\r'), expectOwnScreen(true)] as const
const leave = [press('CtrlC'), expectOwnScreen(false), type('echo code=$?; exit 7\r'), waitFor('code=130'), expectExit(7)] as const

test('Ctrl-Z gives the shell its terminal in line mode, fg brings the screen back with its place', () =>
  inShell([
    ...listed,
    type('jj'),
    waitFor('3 of 128'),
    ...suspend,
    type('stty -a\r'),
    waitFor(/(^|\s)icanon\b/, /(^|\s)echo\b/),
    ...back,
    waitFor('3 of 128', '? help'),
    type('j'),
    waitFor('4 of 128'),
    ...leave,
  ]))

test('a question before a change is still open after Ctrl-Z and fg', () =>
  inShell(
    [
      waitFor('demo-admin', 'rds'),
      waitGone('scanning'),
      type('a'),
      waitFor('▸ [ Cancel ]'),
      ...suspend,
      ...back,
      waitFor('▸ [ Cancel ]'),
      ...leave,
    ],
    {
      args: ['--demo', '--role', 'quarter-close-role', '--screen', 'role'],
    },
  ))

test('a terminal that was resized meanwhile is drawn in its new size', () =>
  inShell([...listed, ...suspend, resize(80, 24), ...back, waitFor('Roles 128', '1 of 128', '? help'), ...leave]))
