import { afterAll, beforeAll, test } from 'vitest'
import { type PreparedDemo, prepareDemo } from './support/prepared-demo.ts'
import { expectExit, play, press, resizeStorm, type Step, type, waitFor, waitGone } from './support/scenario.ts'

let demo: PreparedDemo
beforeAll(async () => {
  demo = await prepareDemo()
})
afterAll(() => demo.remove())

const widths = [10, 150, 30, 200, 61, 19]

/** Through all phases, and into a list and a question that lie over the screen. */
const walk = (storm: Step): readonly Step[] => [
  waitFor('demo-admin'),
  waitGone('scanning'),
  waitFor('Actions │ Policies', 'rds', 'last use'),
  storm,
  type('a'),
  waitFor('▸ [ Cancel ]'),
  storm,
  press('Escape'),
  waitGone('[ Cancel ]'),
  type('2'),
  waitFor('✓ no new access', '✓ used kept'),
  storm,
  type('?'),
  waitFor('What you can do here'),
  storm,
  press('Escape'),
  waitGone('What you can do here'),
  type('3'),
  waitFor('No role is on its way yet'),
  storm,
  type('4'),
  waitFor('Nothing has been changed yet'),
  storm,
  type('1'),
  waitFor('Roles 128', 'Why this risk'),
  storm,
  press('CtrlC'),
  expectExit(130),
]

test.each([
  ['faster than it can answer', { isHurried: true }],
  ['one size after another', { isHurried: false }],
] as const)('after a storm of resizes, %s, every cell is what it was', (_how, haste) =>
  play({
    args: ['--demo', '--role', 'quarter-close-role', '--screen', 'role'],
    prepared: demo.dataDir,
    size: { columns: 120, rows: 36 },
    steps: walk(resizeStorm(widths, haste)),
  }),
)
