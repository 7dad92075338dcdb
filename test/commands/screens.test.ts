import { expect, test } from 'vitest'
import type { WorkspaceOptions } from '../../src/app/options.ts'
import { AwsFailure } from '../../src/ports/aws-failure.ts'
import { LedgerFailure } from '../../src/ports/ledger-failure.ts'
import { fakeUseCases } from './fake-workspace.ts'
import { runZt } from './run-zt.ts'

const noCredentials = async (options: WorkspaceOptions) => {
  if (options.demo) return fakeUseCases().useCases
  throw new AwsFailure({ kind: 'credentials', code: '', operation: 'GetCallerIdentity', message: 'no provider gave any.' })
}

test('without a command the screens open where the options say', async () => {
  const { code, screens } = await runZt('--demo --role omega --filter web --screen preview --ascii --no-color --linear --lang ja', {
    typed: [],
  })
  expect(code).toBe(0)
  expect(screens).toMatchObject([
    { role: 'omega', filter: 'web', screen: 'preview', ascii: true, noColor: true, linear: true, lang: 'ja', accountArgs: ['--demo'] },
  ])
})

test.each([
  [{ LANG: 'ja_JP.UTF-8' }, 'ja'],
  [{ LANG: 'ja_JP.UTF-8', LC_ALL: 'C' }, 'en'],
  [{}, 'en'],
])('the language of the locale %j is %s', async (env, lang) => {
  expect((await runZt('--demo', { typed: [], env })).screens[0]?.lang).toBe(lang)
})

test('without credentials and without a terminal: two lines that offer the demo, exit code 3', async () => {
  const { code, stdout, stderr } = await runZt('', { openWorkspace: noCredentials })
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
  expect(stderr).toBe(
    'zt-tui: no AWS credentials: no provider gave any.\nSign in as for the AWS CLI (`aws configure`, AWS_PROFILE), or try the embedded account: zt-tui --demo\n',
  )
})

test('without credentials on a terminal Enter opens the demo', async () => {
  const { code, screens, opened } = await runZt('--profile work', { typed: [''], openWorkspace: noCredentials })
  expect(code).toBe(0)
  expect(screens).toHaveLength(1)
  expect(opened.map(({ demo, profile }) => [demo, profile])).toEqual([
    [false, 'work'],
    [true, null],
  ])
})

test('without credentials a command says so in two lines', async () => {
  const { code, stderr } = await runZt('roles', { openWorkspace: noCredentials })
  expect(code).toBe(3)
  expect(stderr.trimEnd().split('\n')).toHaveLength(2)
})

test('a ledger that cannot be opened is one line and exit code 3', async () => {
  const openWorkspace = async () => {
    throw new LedgerFailure('The disk is full.')
  }
  expect(await runZt('roles', { openWorkspace })).toMatchObject({ code: 3, stderr: 'zt-tui: The disk is full.\n' })
})

test('a bug is two lines without a stack', async () => {
  const openWorkspace = async () => {
    throw new TypeError('x is undefined')
  }
  const { code, stderr } = await runZt('roles', { openWorkspace })
  expect(code).toBe(3)
  expect(stderr).toMatch(/^zt-tui has failed: x is undefined\nThis is a bug; the ledger is safe\./)
  expect(stderr).not.toMatch(/^\s+at /m)
})
