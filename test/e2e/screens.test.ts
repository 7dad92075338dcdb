import { afterAll, beforeAll, describe, test } from 'vitest'
import { type PreparedDemo, prepareDemo } from './support/prepared-demo.ts'
import { expectExit, play, press, type Scenario, type Step, type, waitFor, waitGone } from './support/scenario.ts'

let demo: PreparedDemo
beforeAll(async () => {
  demo = await prepareDemo()
})
afterAll(() => demo.remove())

const sizes = {
  large: { columns: 200, rows: 50 },
  medium: { columns: 100, rows: 30 },
  small: { columns: 60, rows: 20 },
  tiny: { columns: 20, rows: 6 },
} as const

const listed = [waitFor('Roles', 'DEMO'), waitGone('scanning')] as const
const leave: readonly Step[] = [press('CtrlC'), expectExit(130)]

type Told = Omit<Scenario, 'args' | 'steps' | 'prepared'> & { readonly args?: readonly string[] }

const onDemo = (steps: readonly Step[], { args = [], ...more }: Told = {}): Promise<void> =>
  play({ args: ['--demo', ...args], prepared: demo.dataDir, ...more, steps })

describe.each(Object.entries(sizes))('at every size: %s', (_name, size) => {
  test('starts, moves and leaves by Ctrl-C', () => onDemo([waitFor('DEMO'), type('jjjkG'), type('g'), ...leave], { size }))

  test('q from the list ends with 0', () => onDemo([waitFor('DEMO'), type('q'), expectExit(0)], { size }))

  test('a proposal can be opened and left', () =>
    onDemo([waitFor('DEMO'), type('p'), waitFor(/PLAN|1|proposal/), press('Escape'), type('1'), type('q'), expectExit(0)], {
      size,
      args: ['--role', 'quarter-close-role'],
    }))
})

describe.each(Object.entries({ large: sizes.large, medium: sizes.medium, small: sizes.small }))(
  'with room for panes: %s',
  (_name, size) => {
    test('the filter takes words and fields, Esc clears it', () =>
      onDemo([...listed, type('/'), type('quarter unused>0'), waitFor('Roles 1 of 128'), press('Escape'), waitGone('1 of 128'), ...leave], {
        size,
      }))

    test('help lists, filters and runs', () =>
      onDemo([...listed, type('?'), waitFor('What you can do here'), type('govern'), press('Enter'), waitFor('Changes'), ...leave], {
        size,
      }))

    test('the palette goes to a role by name', () =>
      onDemo([...listed, type(':'), waitFor('Commands and roles'), type('quarter-close'), press('Enter'), waitFor('Actions'), ...leave], {
        size,
      }))

    test('a role shows its tabs', () =>
      onDemo([waitFor('Actions'), press('Right'), waitFor('close'), press('Right'), press('Right'), waitFor('Why this risk'), ...leave], {
        size,
        args: ['--role', 'quarter-close-role', '--screen', 'role'],
      }))
  },
)

describe('one thing after another', () => {
  test('marks: the batch says what is left out and applies the rest', () =>
    onDemo([
      ...listed,
      type('  '),
      waitFor('2 marked'),
      type('a'),
      waitFor('Apply the next stage of 2 roles?'),
      press('Tab', 'Enter'),
      waitFor('Batch 2 of 2', '0 of 2 roles tightened', 'the organization reaches'),
      ...leave,
    ]))

  test('keeping a service takes it out of the proposal', () =>
    onDemo([waitFor('✓ used kept'), press('Tab', 'Down'), type('x'), waitFor('kept by you'), ...leave], {
      args: ['--role', 'legacy-admin-role', '--screen', 'preview'],
    }))

  test('the export is a file and says where', () => onDemo([...listed, type('e'), waitFor('Written:', 'roles.json'), ...leave]))

  test('the view can be copied as a command line', () => onDemo([...listed, type('Y'), waitFor('Copied: zt-tui --demo --role'), ...leave]))

  test('a document goes to the pager and the screen comes back', () =>
    onDemo(
      [
        waitFor('Actions'),
        press('Right'),
        waitFor('Query'),
        type('v'),
        waitFor('shown by the pager'),
        press('Enter'),
        waitFor('Trust'),
        ...leave,
      ],
      {
        args: ['--role', 'quarter-close-role', '--screen', 'role'],
        env: { PAGER: 'sh -c \'cat "$1"; echo shown by the pager; read -r _\' pager' },
      },
    ))

  test('the inventory shows users, policies and findings', () =>
    onDemo([
      ...listed,
      type('i'),
      waitFor('External access', 'Users'),
      waitGone('Reading what'),
      press('Right'),
      waitFor('managed'),
      ...leave,
    ]))

  test('the log keeps the AWS calls', () =>
    onDemo(
      [
        waitFor('Actions'),
        type('a'),
        waitFor('▸ [ Cancel ]'),
        press('Tab', 'Enter'),
        waitFor('Applied'),
        type('L'),
        waitFor('$ aws iam'),
        ...leave,
      ],
      {
        args: ['--role', 'ec2-backup-service', '--screen', 'role'],
      },
    ))

  test('read-only says so on every screen and refuses with the reason', () =>
    onDemo([...listed, waitFor('READ-ONLY'), type('a'), waitFor('Read-only: nothing can be changed'), ...leave], { args: ['--read-only'] }))

  test('Japanese, ASCII and no colours', async () => {
    await onDemo([waitFor('ロール', 'DEMO'), ...leave], { args: ['--lang', 'ja'] })
    await onDemo([waitFor('+', 'Roles'), waitGone('╭'), ...leave], { args: ['--ascii'], env: { NO_COLOR: '1' } })
  })

  test('--linear does the main job', () =>
    onDemo(
      [
        waitFor('help lists'),
        type('/quarter\r'),
        waitFor('Roles 1 of 128'),
        type('1\r'),
        waitFor(/rds/),
        type('apply\r'),
        waitFor('Type yes to: Apply stage 1'),
        type('no\r'),
        waitFor('Nothing was done.'),
        type('exit\r'),
        expectExit(0),
      ],
      { args: ['--linear'] },
    ))

  test('a key of the user’s own works, and a preference is set on the screen', () =>
    onDemo([
      ...listed,
      type(','),
      waitFor('theme', 'auto'),
      press('Enter'),
      waitFor('> auto'),
      type('\u0015light\r'),
      waitFor('theme is set'),
      ...leave,
    ]))
})
