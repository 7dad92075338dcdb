import { expect, test } from 'vitest'
import type { Interrupted, UseCases } from '../../src/app/use-cases.ts'
import type { WatchedChange } from '../../src/app/views.ts'
import { LedgerFailure } from '../../src/ports/ledger-failure.ts'
import { entry, ok, planOf, refused, report } from './fake-workspace.ts'
import { runZt } from './run-zt.ts'

test('one role gives an object, several a list', async () => {
  expect(JSON.parse((await runZt('apply omega --yes --json')).stdout)).toMatchObject({
    changeId: 'c-omega',
    roleName: 'omega',
    outcome: 'soaking',
  })
  expect(JSON.parse((await runZt('apply omega beta --yes --json')).stdout)).toHaveLength(2)
  expect((await runZt('apply omega --stage 2 --yes')).calls).toContain('apply omega 2')
})

test('for people: what was done, and the way back', async () => {
  const { stdout } = await runZt('apply omega --yes')
  expect(stdout).toBe(
    'omega stage 1: soaking (1 call, 1.2 s)\n  change c-omega; the way back: zt-tui rollback c-omega, or /data/restore/c-1/restore.sh\n',
  )
})

test.each(['apply omega', 'rollback --last'])('%s without --yes and without a terminal asks for --yes and reads nothing', async (line) => {
  expect(await runZt(line)).toMatchObject({ code: 2, stdout: '', opened: [], stderr: expect.stringContaining('Pass --yes to confirm.') })
})

test('on a terminal the concrete effect stands above the question; only yes is yes', async () => {
  const agreed = await runZt('apply omega', { typed: ['y'] })
  expect(agreed.stderr).toContain('omega in demo 123456789012, stage 1 of 1 (permission management):')
  expect(agreed.stderr).toContain('removes 2 actions by 1 AWS call; nothing it used in 90 days. Risk 97 before, 8 after.')
  expect(agreed.calls).toContain('apply omega 1')
  for (const typed of [[''], ['n'], ['omega'], []]) {
    const { code, calls } = await runZt('apply omega', { typed })
    expect({ code, isApplied: calls.includes('apply omega 1') }).toEqual({ code: 0, isApplied: false })
  }
})

const guard = { id: 'break-glass', reason: 'its name says emergency', overridable: true }

test('a guarded role asks for its name, and the override goes on record', async () => {
  const seen: unknown[] = []
  const useCases: Partial<UseCases> = {
    guards: async () => ok([guard, { id: 'caller-role', reason: 'you are signed in with it', overridable: false }]),
    apply: async (plan, _stage, options) => {
      seen.push(options?.overrides, options?.reason)
      return ok(report('c-1', plan.roleName))
    },
  }
  const refusedByTyping = await runZt('apply omega', { typed: ['y'], useCases })
  expect(refusedByTyping.stderr).toContain('Guard break-glass: its name says emergency')
  expect(seen).toEqual([])
  await runZt('apply omega --reason audit', { typed: ['omega'], useCases })
  await runZt('apply omega', { typed: ['omega', 'drill'], useCases })
  expect(seen).toEqual([['break-glass'], 'audit', ['break-glass'], 'drill'])
})

test('--yes never overrides a guard', async () => {
  const seen: unknown[] = []
  const apply: UseCases['apply'] = async (_plan, _stage, options) => {
    seen.push(options?.overrides)
    return refused(4, 'guard:break-glass', 'break-glass: its name says emergency', 'Override with --override break-glass.')
  }
  expect((await runZt('apply omega --yes', { useCases: { guards: async () => ok([guard]), apply } })).code).toBe(4)
  await runZt('apply omega --yes --override break-glass', { useCases: { apply } })
  expect(seen).toEqual([[], ['break-glass']])
})

test('a batch ends with the worst code of its roles, and goes on after a refusal', async () => {
  const apply: UseCases['apply'] = async ({ roleName }) =>
    roleName === 'omega'
      ? refused(4, 'drift', 'omega has drifted.')
      : ok(report('c-1', roleName, { outcome: roleName === 'beta' ? 'failed' : 'soaking' }))
  const { code, stdout, stderr } = await runZt('apply omega alpha beta --yes --json', { useCases: { apply } })
  expect(code).toBe(4)
  expect(JSON.parse(stdout).map(({ roleName }: { roleName: string }) => roleName)).toEqual(['alpha', 'beta'])
  expect(stderr).toContain('zt-tui: omega has drifted.')
})

test('an interrupted change stops the batch with code 5', async () => {
  const apply: UseCases['apply'] = async ({ roleName }) => ok(report('c-1', roleName, { outcome: 'interrupted' }))
  const { code, stdout } = await runZt('apply omega alpha --yes --json', { useCases: { apply } })
  expect(code).toBe(5)
  expect(JSON.parse(stdout)).toHaveLength(1)
})

test('a disk that fills up in the middle of a change is code 5 and names recover; before it, code 3', async () => {
  const failing =
    (isBegun: boolean): UseCases['apply'] =>
    async (_plan, _stage, options) => {
      const step = { changeId: 'c-1', roleName: 'omega', k: 1, n: 2, outcome: 'started', text: 'PutRolePolicy main', cli: null } as const
      options?.onProgress?.({ ...step, phase: isBegun ? 'operation' : 'snapshot' })
      throw new LedgerFailure('The disk is full.')
    }
  const began = await runZt('apply omega --yes', { useCases: { apply: failing(true) } })
  expect(began).toMatchObject({
    code: 5,
    stdout: '',
    stderr: expect.stringContaining('zt-tui: The disk is full.\nThe change is interrupted: run `zt-tui recover`.\n'),
  })
  expect((await runZt('apply omega --yes', { useCases: { apply: failing(false) } })).code).toBe(3)
})

test('progress and notes go to stderr', async () => {
  const apply: UseCases['apply'] = async (plan, _stage, options) => {
    const step = {
      changeId: 'c-1',
      roleName: plan.roleName,
      phase: 'operation',
      k: 1,
      n: 1,
      text: 'PutRolePolicy main',
      cli: null,
    } as const
    options?.onProgress?.({ ...step, outcome: 'started' })
    options?.onProgress?.({ ...step, outcome: 'done' })
    return ok(report('c-1', plan.roleName, { notes: ['orphanKept: zt-x'] }))
  }
  const { stdout, stderr } = await runZt('apply omega --yes --json', { useCases: { apply } })
  expect(stderr).toMatch(/ {2}\[1\/1\] done: PutRolePolicy main\nnote: orphanKept: zt-x\n$/)
  expect(() => JSON.parse(stdout)).not.toThrow()
})

/** A ledger with these changes in effect; a rollback takes its change out of it. */
function ledgerOf(...entries: readonly ReturnType<typeof entry>[]): Partial<UseCases> {
  let inEffect = [...entries]
  return {
    history: async () => inEffect,
    undoable: async (roleName) => {
      const found = inEffect.find((candidate) => candidate.roleName === roleName)
      return found ? ok(found) : refused(4, 'nothing-to-undo', `Nothing to undo for ${roleName}.`)
    },
    rollback: async (changeId) => {
      inEffect = inEffect.filter((candidate) => candidate.changeId !== changeId)
      return ok(report(`r-${changeId}`, 'omega', { outcome: 'rolled-back', restoredMs: 400 }))
    },
  }
}

const changes = [
  entry('c-4', 'omega', { at: '2026-03-04T00:00:00.000Z' }),
  entry('c-3', 'beta', { at: '2026-03-03T00:00:00.000Z' }),
  entry('c-2', 'omega', { at: '2026-03-02T00:00:00.000Z' }),
  entry('c-1', 'alpha', { at: '2026-03-01T00:00:00.000Z' }),
]

test.each([
  ['c-3', 'r-c-3'],
  ['--last', 'r-c-4'],
  ['--role beta', 'r-c-3'],
])('rollback %s takes back one change', async (what, expected) => {
  const { code, stdout } = await runZt(`rollback ${what} --yes --json`, { useCases: ledgerOf(...changes) })
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ changeId: expected, outcome: 'rolled-back' })
})

test.each([
  ['--role omega --all', ['r-c-4', 'r-c-2']],
  ['--all-since 2026-03-02', ['r-c-4', 'r-c-3', 'r-c-2']],
])('rollback %s takes back several, newest first', async (what, expected) => {
  const { stdout } = await runZt(`rollback ${what} --yes --json`, { useCases: ledgerOf(...changes) })
  expect(JSON.parse(stdout).map(({ changeId }: { changeId: string }) => changeId)).toEqual(expected)
})

test('rollback BATCH takes back what was applied together, goes on after a refusal, and gives the worst exit code', async () => {
  const batch = [entry('c-3', 'omega', { batchId: 'b-1' }), entry('c-2', 'beta', { batchId: 'b-1' }), entry('c-1', 'alpha')]
  const given: unknown[] = []
  const useCases: Partial<UseCases> = {
    history: async () => batch,
    async rollback(changeId, options) {
      given.push([changeId, options?.batchId])
      return changeId === 'c-3' ? refused(4, 'drift', 'somebody was here') : ok(report('r-2', 'beta', { outcome: 'rolled-back' }))
    },
  }
  const { code, stdout, stderr } = await runZt('rollback b-1 --yes --json', { useCases })
  expect(given).toEqual([
    ['c-3', 'batch-1'],
    ['c-2', 'batch-1'],
  ])
  expect(JSON.parse(stdout)).toMatchObject([{ changeId: 'r-2' }])
  expect(stderr).toMatch(/\[1\/2\] omega.*somebody was here.*\[2\/2\] beta/s)
  expect(code).toBe(4)
})

test('several roles are applied under one batch id, one role under none', async () => {
  const given: unknown[] = []
  const apply: UseCases['apply'] = async (plan, _stage, options) => {
    given.push(options?.batchId)
    return ok(report('c-1', plan.roleName))
  }
  const { stdout } = await runZt('apply omega beta --yes', { useCases: { apply } })
  expect(stdout).toContain('zt-tui rollback batch-1')
  await runZt('apply omega --yes', { useCases: { apply } })
  expect(given).toEqual(['batch-1', 'batch-1', null])
})

test('nothing to undo is said and is no error', async () => {
  const none = { useCases: ledgerOf() }
  expect(await runZt('rollback --last --yes', none)).toMatchObject({ code: 0, stdout: '', stderr: 'Nothing to undo.\n' })
  expect(await runZt('rollback --role omega --yes --json', none)).toMatchObject({ code: 0, stdout: 'null\n' })
  expect(await runZt('rollback --all-since 2026-01-01 --yes --json', none)).toMatchObject({ code: 0, stdout: '[]\n' })
  expect(await runZt('rollback c-9 --yes', none)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no change and no batch "c-9"'),
  })
})

test('a rollback asks on a terminal', async () => {
  const { stderr, stdout } = await runZt('rollback --last', { typed: ['yes'], useCases: ledgerOf(...changes) })
  expect(stderr).toContain('omega: takes back stage 1 of 2026-03-04 00:00 UTC (change c-4) and restores its policies exactly.')
  expect(stdout).toContain('restored in 0.4 s')
  const left = await runZt('rollback --last', { typed: ['n'], useCases: ledgerOf(...changes) })
  expect(left).toMatchObject({ code: 0, stdout: '' })
})

const open: Interrupted = {
  changeId: 'c-1',
  roleName: 'omega',
  stage: 1,
  at: '2026-03-01T10:00:00.000Z',
  done: 1,
  total: 3,
  resume: ['DetachRolePolicy AdministratorAccess'],
  rollback: ['DeleteRolePolicy main'],
}
const interrupted = { interrupted: async () => [open] }

test('recover with a way and --yes does it; with nothing open it says so', async () => {
  expect((await runZt('recover --resume --yes', { useCases: interrupted })).calls).toContain('recover c-1 resume')
  expect((await runZt('recover --rollback --yes --json', { useCases: interrupted })).calls).toContain('recover c-1 rollback')
  expect(await runZt('recover --yes')).toMatchObject({ code: 0, stderr: 'Nothing to recover: no change is open.\n' })
})

test('recover without a way needs a person', async () => {
  expect(await runZt('recover', { useCases: interrupted })).toMatchObject({
    code: 2,
    stderr:
      'zt-tui: omega stage 1 of 2026-03-01 10:00 UTC is interrupted after 1 of 3 calls.\nChoose: `zt-tui recover --resume --yes` or `zt-tui recover --rollback --yes`.\n',
  })
  const asked = await runZt('recover', { typed: ['b'], useCases: interrupted })
  expect(asked.stderr).toContain('  roll back: DeleteRolePolicy main')
  expect(asked.calls).toContain('recover c-1 rollback')
  expect((await runZt('recover', { typed: [''], useCases: interrupted })).code).toBe(5)
})

test('a plan with no open stage is left to the use case', async () => {
  const plan: UseCases['plan'] = async () =>
    ok({ planVersion: 1, accountId: null, scanId: 's', createdAt: '', window: 90, minAge: 90, roles: [{ ...planOf('omega'), stages: [] }] })
  const apply: UseCases['apply'] = async () => refused(4, 'no-stage', 'No stage is open.')
  expect((await runZt('apply omega --yes', { useCases: { plan, apply } })).code).toBe(4)
})

test('quarantine and release ask for the name on a terminal, and need --yes elsewhere', async () => {
  for (const name of ['quarantine', 'release']) {
    expect(await runZt(`${name} omega`)).toMatchObject({ code: 2, opened: [] })
    expect((await runZt(`${name} omega`, { typed: ['y'] })).calls).not.toContain(`${name} omega`)
    expect((await runZt(`${name} omega`, { typed: ['omega'] })).calls).toContain(`${name} omega`)
    expect(JSON.parse((await runZt(`${name} omega --yes --json`)).stdout)).toMatchObject({ roleName: 'omega', stage: null })
  }
})

test('rollback CHANGE --action gives one action back', async () => {
  const useCases: Partial<UseCases> = { history: async () => [entry('c-9', 'omega')] }
  const { calls, code } = await runZt(`rollback c-9 --action s3:GetObject --yes`, { useCases })
  expect({ code, gaveBack: calls.includes(`giveBack c-9 s3:GetObject`) }).toEqual({ code: 0, gaveBack: true })
  expect((await runZt('rollback --last --action s3:GetObject --yes')).code).toBe(2)
})

test('watch --once tells of denied calls with both ways out and exits 1; --auto-rollback takes the change back', async () => {
  const seen: WatchedChange = {
    changeId: 'c-9',
    roleName: 'omega',
    stage: 1,
    at: '2026-11-01T10:00:00Z',
    state: 'soaking',
    visible: 3,
    total: 4,
    denied: [{ at: '2026-11-01T11:00:00Z', roleArn: 'arn', action: 's3:GetObject', region: 'eu-west-1', message: '' }],
    regions: ['eu-west-1', 'us-east-1'],
    problem: null,
  }
  const useCases: Partial<UseCases> = { watch: async () => ok([seen]) }
  const { code, stdout } = await runZt('watch --once', { useCases })
  expect(code).toBe(1)
  expect(stdout).toContain('3 of 4 removed actions are visible')
  expect(stdout).toContain('zt-tui rollback c-9 --action s3:GetObject --yes')
  expect(JSON.parse((await runZt('watch --once --json', { useCases })).stdout)).toEqual([seen])
  expect((await runZt('watch --once --auto-rollback', { useCases })).calls).toContain('rollback c-9')
  expect(await runZt('watch --once')).toMatchObject({ code: 0, stdout: 'No change is under watch.\n' })
})

test('apply with nothing to remove is done, and says so', async () => {
  const useCases: Partial<UseCases> = { apply: async () => refused(4, 'nothing-to-apply', 'there is nothing to remove from omega') }
  const { code, stdout, stderr } = await runZt('apply omega --yes --json', { useCases })
  expect({ code, stdout: stdout.trim(), said: stderr.includes('there is nothing to remove from omega.') }).toEqual({
    code: 0,
    stdout: 'null',
    said: true,
  })
})

test('what is already undone is no error; a role that does not exist is', async () => {
  const undone: Partial<UseCases> = {
    history: async () => [entry('c-9', 'omega')],
    rollback: async () => refused(4, 'nothing-to-undo', 'change c-9 is rolled-back'),
  }
  expect(await runZt('rollback c-9 --yes --json', { useCases: undone })).toMatchObject({ code: 0, stdout: 'null\n' })
  const unknown: Partial<UseCases> = { undoable: async () => refused(2, 'unknown-role', 'there is no role nope') }
  expect((await runZt('rollback --role nope --yes', { useCases: unknown })).code).toBe(2)
})

test('drift is shown in lines and as JSON, asked about on a terminal, and answered by --drift', async () => {
  const drift = [{ kind: 'inline', name: 'work', verdict: 'conflict', snapshot: '{"a":1}', ours: '{"a":2}', live: '{"a":3}' }] as const
  const given: unknown[] = []
  const useCases: Partial<UseCases> = {
    history: async () => [entry('c-9', 'omega')],
    async rollback(_changeId, options) {
      given.push(options?.drift)
      if (options?.drift) return ok(report('r-9', 'omega', { outcome: 'rolled-back' }))
      const { refusal } = refused(4, 'drift', 'work of omega was changed by somebody else since', 'choose')
      return { ok: false, refusal: { ...refusal, drift } }
    },
  }
  const { code, stdout, stderr } = await runZt('rollback c-9 --yes --json', { useCases })
  expect([code, JSON.parse(stdout)]).toEqual([4, { drift }])
  expect(stderr).toContain('inline policy work: changed by us and by somebody else since')
  expect((await runZt('rollback c-9 --yes --drift snapshot', { useCases })).code).toBe(0)
  expect((await runZt('rollback c-9', { typed: ['y', 't'], useCases })).code).toBe(0)
  expect((await runZt('rollback c-9', { typed: ['y', ''], useCases })).code).toBe(4)
  expect(given).toEqual([null, 'snapshot', null, 'theirs', null])
})
