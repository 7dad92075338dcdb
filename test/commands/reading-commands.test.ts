import { expect, test } from 'vitest'
import { entry, refused } from './fake-workspace.ts'
import { runZt } from './run-zt.ts'

const names = (stdout: string): unknown => JSON.parse(stdout).map(({ roleName }: { roleName: string }) => roleName)

test('roles come by risk, or as asked, as many as asked', async () => {
  expect(names((await runZt('roles --json')).stdout)).toEqual(['omega', 'beta', 'alpha'])
  expect(names((await runZt('roles --json --sort name --limit 2')).stdout)).toEqual(['alpha', 'beta'])
  expect(names((await runZt('roles --json --sort last-used')).stdout)).toEqual(['beta', 'omega', 'alpha'])
  const gained = await runZt('roles --json --sort gain')
  expect(names(gained.stdout)).toEqual(['beta', 'omega', 'alpha'])
  expect(JSON.parse(gained.stdout).map(({ gain }: { gain: number }) => gain)).toEqual([2, 1, 0])
  expect(names((await runZt('roles --json --filter MEG')).stdout)).toEqual(['omega'])
  expect((await runZt('roles --filter nothing')).stdout).toBe('No role.\n')
})

test('a table for people, with what could not be read on stderr, cleaned', async () => {
  const { code, stdout, stderr } = await runZt('roles')
  expect(code).toBe(0)
  expect(stdout.split('\n')[0]).toMatch(/^RISK {2}GRADE +ROLE +GRANTED/)
  expect(stdout.split('\n')[1]).toMatch(/^ +97 {2}critical {2}omega/)
  expect(stderr).toBe('note: access-analyzer is missing: no analyzer\nnote: role \\x1b[31mred: policy x does not parse\n')
})

test('with --json stdout holds JSON and nothing else', async () => {
  for (const line of ['scan', 'roles', 'show omega', 'plan omega', 'history']) {
    const { stdout } = await runZt(`${line} --json`)
    expect(() => JSON.parse(stdout)).not.toThrow()
    expect(stdout.endsWith('\n')).toBe(true)
  }
})

test('every headless command reads the account first, and closes what it opened', async () => {
  expect((await runZt('show omega')).calls).toEqual(['scan', 'show omega', 'advice omega', 'close'])
  expect((await runZt('plan omega beta omega')).calls).toEqual(['scan', 'plan omega beta', 'advice omega', 'advice beta', 'close'])
  expect((await runZt('plan --top 2')).calls).toEqual(['scan', 'plan omega beta', 'close'])
  expect((await runZt('plan --all')).calls).toEqual(['scan', 'plan omega beta alpha', 'close'])
})

test('a role that is not there is two lines and exit code 2', async () => {
  expect(await runZt('show nobody')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/^zt-tui: There is no role nobody\.\nSee zt-tui roles\.\n$/m),
  })
})

test.each([2, 3, 4, 5] as const)('a refusal with code %d is the exit code', async (code) => {
  const scan = async () => refused(code, 'any', 'Because.')
  expect(await runZt('roles --json', { useCases: { scan } })).toMatchObject({ code, stdout: '', stderr: 'zt-tui: Because.\n' })
})

test('the history of one role or one change; what the ledger does not know is wrong use', async () => {
  const history = async () => [entry('c-2', 'omega'), entry('c-1', 'beta', { kind: 'rollback', stage: null, undoes: 'c-0' })]
  const ids = async (line: string) =>
    JSON.parse((await runZt(line, { useCases: { history } })).stdout).map(({ changeId }: { changeId: string }) => changeId)
  expect(await ids('history --json')).toEqual(['c-2', 'c-1'])
  expect(await ids('history beta --json')).toEqual(['c-1'])
  expect(await ids('history c-2 --json')).toEqual(['c-2'])
  expect(await runZt('history nobody', { useCases: { history } })).toMatchObject({ code: 2, stdout: '' })
  expect((await runZt('history')).stdout).toBe('Nothing has been changed yet.\n')
})

test('people see the stages of a plan with their proof', async () => {
  const { stdout } = await runZt('plan omega')
  expect(stdout).toMatch(/^omega\n {2}STAGE +REMOVES/)
  expect(stdout).toMatch(/1 +2 +1 +8 +holds +fits +permission management/)
  expect(stdout).toContain('kept because no source tracks them: 1 action')
})

test('the demo account is reset on request, and only that', async () => {
  expect(await runZt('demo reset --data-dir /d')).toMatchObject({ code: 0, calls: ['reset /d'] })
  expect(await runZt('demo burn')).toMatchObject({ code: 2, calls: [], stderr: expect.stringContaining('unknown demo action "burn"') })
})
