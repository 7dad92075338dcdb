import { expect, test } from 'vitest'
import { runZt } from './run-zt.ts'

test.each([
  ['roels', 'zt-tui: unknown command "roels".'],
  ['roles --nonsense', "zt-tui: unknown option '--nonsense'."],
  ['roles --window ninety', 'zt-tui: --window: a whole number from 1 to 3650 was expected, not "ninety".'],
  ['roles --window 0', 'zt-tui: --window: a whole number from 1 to 3650 was expected, not "0".'],
  ['roles --window', "zt-tui: option '--window <DAYS>' argument missing."],
  ['roles --min-age -3', 'zt-tui: --min-age: a whole number from 0 to 3650 was expected, not "-3".'],
  ['roles --limit 1.5', 'zt-tui: --limit: a whole number from 1 to 1000000 was expected, not "1.5".'],
  ['roles --sort size', 'zt-tui: --sort: one of risk, name, unused, last-used, gain was expected, not "size".'],
  ['roles --lang fr', 'zt-tui: --lang: one of en, ja was expected, not "fr".'],
  ['apply omega --settle soon --yes', 'zt-tui: --settle: a number of seconds from 0 to 3600 was expected, not "soon".'],
  ['roles --demo --now yesterday', 'zt-tui: --now: a time such as 2026-03-01T10:00:00Z was expected, not "yesterday".'],
  ['roles --now 2026-03-01', 'zt-tui: --now is for --demo and --account-file only: a live account has its own clock.'],
  ['roles --usage-file u.json', 'zt-tui: --usage-file needs --account-file: it says what the roles of that file used.'],
  ['roles --demo --account-file a.json', 'zt-tui: --demo and --account-file are two accounts: choose one.'],
  ['roles --demo --profile p', 'zt-tui: --profile is about a live account: leave it or --demo out.'],
  [
    'roles --endpoint-url localhost:4566',
    'zt-tui: --endpoint-url: a URL such as http://127.0.0.1:4566 was expected, not "localhost:4566".',
  ],
  ['show', "zt-tui: missing required argument 'ROLE'."],
  ['show a b', "zt-tui: too many arguments for 'show'. Expected 1 argument but got 2: a, b."],
  ['plan', 'zt-tui: plan needs role names, or --all, or --top N.'],
  ['plan omega --all', 'zt-tui: plan needs role names, or --all, or --top N.'],
  ['apply --yes', 'zt-tui: apply needs a plan file or role names.'],
  ['rollback --yes', 'zt-tui: rollback needs one of: a CHANGE or BATCH, --role ROLE, --last, --all-since TIME.'],
  ['rollback --last --role omega --yes', 'zt-tui: rollback needs only one of: a CHANGE or BATCH, --role ROLE, --last, --all-since TIME.'],
  ['rollback --last --all --yes', 'zt-tui: --all goes with --role ROLE.'],
  ['recover --resume --rollback --yes', 'zt-tui: --resume and --rollback are two ways: choose one.'],
])('zt-tui %s is wrong use: one clear line, exit code 2, no account touched', async (line, expected) => {
  const { code, stdout, stderr, opened } = await runZt(line)
  const [first, ...rest] = stderr.trimEnd().split('\n')
  expect(first).toBe(expected)
  expect(rest.length).toBeLessThanOrEqual(1)
  expect({ code, stdout, opened }).toEqual({ code: 2, stdout: '', opened: [] })
})

test.each(['check', 'export', 'jit', 'kpi'])('%s is not built yet: absent from the help, exit code 2', async (line) => {
  const name = line.split(' ')[0] ?? ''
  expect((await runZt(line)).code).toBe(2)
  expect((await runZt('--help')).stdout).not.toMatch(new RegExp(`^  ${name}\\b`, 'm'))
})

test('the help lists every command and the options of the screens', async () => {
  const { code, stdout, stderr } = await runZt('--help')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  for (const name of ['scan', 'roles', 'show', 'plan', 'apply', 'rollback', 'recover', 'history'])
    expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'))
  expect(stdout).toContain('--demo')
  expect((await runZt('roles --help')).stdout).toContain('--sort <KEY>')
  expect((await runZt('help roles')).stdout).toContain('--sort <KEY>')
})

test('options may stand before the command', async () => {
  const { code, stdout, opened } = await runZt('--demo --window 30 roles --json')
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toHaveLength(3)
  expect(opened[0]).toMatchObject({ demo: true, window: 30, minAge: 30 })
})

test('commands that only look have no writer, those that write have one unless --read-only', async () => {
  const readOnly = async (line: string) => (await runZt(line)).opened[0]?.readOnly
  expect(await readOnly('roles')).toBe(true)
  expect(await readOnly('plan omega')).toBe(true)
  expect(await readOnly('apply omega --yes')).toBe(false)
  expect(await readOnly('apply omega --yes --read-only')).toBe(true)
  expect(await readOnly('')).toBe(false)
})

test('every option reaches the workspace', async () => {
  const line =
    'apply omega --account-file a.json --usage-file u.json --region eu-west-1 --window 60 --min-age 7 --data-dir d --now 2026-03-01T10:00:00+01:00 ' +
    '--debug-log l --yes --override g1 --override g2 --reason why --settle 1.5 --lock-wait 5 --restore-out r --iac-state s'
  expect((await runZt(line)).opened[0]).toEqual({
    demo: false,
    accountFile: 'a.json',
    usageFile: 'u.json',
    profile: null,
    region: 'eu-west-1',
    endpointUrl: null,
    window: 60,
    minAge: 7,
    dataDir: 'd',
    readOnly: false,
    settle: 1.5,
    lockWait: 5,
    restoreOut: 'r',
    iacState: 's',
    now: '2026-03-01T09:00:00.000Z',
    debugLog: 'l',
    yes: true,
    overrides: ['g1', 'g2'],
    reason: 'why',
  })
})
