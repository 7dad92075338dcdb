import { afterAll, beforeAll, test } from 'vitest'
import { type PreparedDemo, prepareDemo } from './support/prepared-demo.ts'
import { expectExit, play, press, type Step, type, waitFor, waitGone } from './support/scenario.ts'

let demo: PreparedDemo
beforeAll(async () => {
  demo = await prepareDemo()
})
afterAll(() => demo.remove())

const listed = [waitFor('Roles 128', 'demo-admin'), waitGone('scanning')] as const

const onDemo = (steps: readonly Step[], size = { columns: 120, rows: 36 }): Promise<void> =>
  play({ args: ['--demo'], prepared: demo.dataDir, size, steps })

const pasted = (text: string): Step => type(`\u001b[200~${text}\u001b[201~`)

test('a paste into the list runs nothing and says so', () =>
  onDemo([...listed, pasted('a\rqqq u'), waitFor('Pasted text was ignored', 'Roles 128'), press('CtrlC'), expectExit(130)]))

test('a paste into the filter is its text, without its line ends', () =>
  onDemo([...listed, type('/'), waitFor('Enter keeps'), pasted('legacy-\radmin'), waitFor('legacy-'), press('CtrlC'), expectExit(130)]))

test.each([
  ['wide', { columns: 200, rows: 50 }],
  ['medium', { columns: 100, rows: 30 }],
  ['narrow', { columns: 60, rows: 20 }],
  ['tiny', { columns: 20, rows: 6 }],
])('mashed keys neither change the account nor break the screen: %s', (_name, size) =>
  onDemo(
    [
      waitFor('DEMO'),
      type('jjkkG g\u001b[6~\u001b[5~sss2431\t\t?zz\u001b'),
      type('\u0000\u0007\u001b[200;5u\u001bOP\u001b[<0;1;1M:apply\u007f\u007f\u001b'),
      type('1/unused>\u00e9\u65e5\u001b\u001b\u001b'),
      press('Escape', 'Escape', 'Escape'),
      type('41'),
      waitFor(/Roles|DEMO/),
      press('CtrlC'),
      expectExit(130),
    ],
    size,
  ),
)
