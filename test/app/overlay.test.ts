import { expect, it } from 'vitest'
import type { RolePlan } from '../../src/plan/plan.ts'
import { planShapes } from '../support/plan-shapes.ts'
import { granted, refusalOf, type TestAccount, testAccount, writesOf } from '../support/test-account.ts'

const mixed = planShapes.mixed ?? {}

async function overlayPlan({ useCases }: Pick<TestAccount, 'useCases'>): Promise<RolePlan> {
  const [plan] = granted(await useCases.plan(['app'], { overlay: true })).roles
  if (plan?.stages[0]?.kind !== 'overlay') throw new Error(`no overlay: ${plan?.notes.join()}`)
  return plan
}

it('denies exactly what the plan removes with one call, and one call takes it back', async () => {
  const account = await testAccount(mixed)
  const { useCases, roleState, sandbox, ledger } = account
  const original = await roleState('app')
  const plan = await overlayPlan(account)
  const report = granted(await useCases.apply(plan, null))
  expect(report).toMatchObject({ stage: 1, outcome: 'soaking', notes: [] })
  expect(writesOf(sandbox)).toEqual(['PutRolePolicy'])
  expect((await useCases.history('app'))[0]).toMatchObject({ kind: 'overlay', stage: 1 })
  const removed = granted(await useCases.removedActions(report.changeId))
  expect([...removed].sort()).toEqual([...(plan.stages[0]?.removes ?? [])].sort())
  expect(ledger.watchOf(report.changeId)?.total).toBe(removed.length)

  const back = granted(await useCases.rollback(report.changeId))
  expect(back.operations.map(({ kind }) => kind)).toEqual(['DeleteRolePolicy'])
  expect(await roleState('app')).toEqual(original)
})

it('is gone when the rewrite is through, and the way back passes through it', async () => {
  const account = await testAccount(mixed)
  const { useCases, roleState } = account
  const original = await roleState('app')
  const plan = await overlayPlan(account)
  const reports = []
  for (const { n } of plan.stages) reports.push(granted(await useCases.apply(plan, n)))
  const end = await roleState('app')
  expect(end?.inline.map(({ name }) => name)).not.toContain('zt-tui-overlay')
  const total = plan.stages.slice(1).flatMap(({ removes }) => removes)
  const seen = await Promise.all(reports.slice(1).map(async ({ changeId }) => granted(await useCases.removedActions(changeId))))
  expect(seen.flat().sort()).toEqual([...total].sort())

  granted(await useCases.rollback(reports.at(-1)?.changeId ?? ''))
  expect((await roleState('app'))?.inline.map(({ name }) => name)).toContain('zt-tui-overlay')
  granted(await useCases.rollback(reports[0]?.changeId ?? ''))
  expect(await roleState('app')).toEqual(original)
})

it('is told of as long as it stands, in the history, by doctor and among the flags of its role', async () => {
  const account = await testAccount(mixed)
  const { useCases } = account
  const plan = await overlayPlan(account)
  const { changeId } = granted(await useCases.apply(plan, null))
  const told = async () => {
    await useCases.scan()
    const [entry] = (await useCases.history('app')).filter((one) => one.changeId === changeId)
    const check = (await useCases.doctor()).find(({ id }) => id === 'overlay')
    return { reminder: entry?.reminder, check: check?.status, flagged: granted(await useCases.show('app')).flags.includes('overlay') }
  }
  expect(await told()).toEqual({
    reminder: expect.stringMatching(/^overlay since 2026-11-02 09:\d\d: it only denies/),
    check: 'warning',
    flagged: true,
  })
  expect(granted(await useCases.show('app')).history[0]?.reminder).toContain(`zt-tui rollback ${changeId}`)
  for (const { n } of plan.stages.slice(1)) granted(await useCases.apply(plan, n))
  expect(await told()).toEqual({ reminder: undefined, check: undefined, flagged: false })
})

it('hides nothing from the judgement of the role, and its plan goes on from it', async () => {
  const account = await testAccount(mixed)
  const { useCases } = account
  const before = granted(await useCases.show('app'))
  const plan = await overlayPlan(account)
  granted(await useCases.apply(plan, null))
  await useCases.scan()
  const after = granted(await useCases.show('app'))
  expect(after.grantedActions).toBe(before.grantedActions)
  expect(after.riskScore).toBeLessThanOrEqual(before.riskScore)
  expect(granted(await useCases.plan(['app'])).roles[0]?.stateHash).toBe(plan.stateHash)
  const [fresh] = granted(await useCases.plan(['app'], { fresh: true })).roles
  expect(plan.stages[0]?.removes).toEqual(expect.arrayContaining(fresh?.stages.flatMap(({ removes }) => removes) ?? []))
  expect(fresh?.notes.join()).toContain('an overlay is in place')
  const [again] = granted(await useCases.plan(['app'], { fresh: true, overlay: true })).roles
  expect(again?.stages.some(({ kind }) => kind === 'overlay')).toBe(false)
})

it('lets go of one action that is missed, and denies the rest on', async () => {
  const account = await testAccount(mixed)
  const { useCases, roleState } = account
  const plan = await overlayPlan(account)
  const { changeId } = granted(await useCases.apply(plan, null))
  const covered = await roleState('app')
  const missed = plan.stages[0]?.removes.find((action) => action.startsWith('lambda:')) ?? ''
  const given = granted(await useCases.giveBack(changeId, missed))
  expect(given.operations).toMatchObject([{ kind: 'PutRolePolicy', target: 'zt-tui-overlay', outcome: 'done' }])
  const left = granted(await useCases.removedActions(given.changeId))
  expect(left).toEqual([])
  const text = (await roleState('app'))?.inline.find(({ name }) => name === 'zt-tui-overlay')?.text ?? ''
  expect(text).not.toContain(`"${missed}"`)
  expect(refusalOf(await useCases.giveBack(changeId, missed))).toBe('unknown-action')
  granted(await useCases.rollback(given.changeId))
  expect(await roleState('app')).toEqual(covered)
})

it('cannot be applied when the plan file that brings it denies more than it says', async () => {
  const account = await testAccount(mixed)
  const plan = await overlayPlan(account)
  const [first, ...rest] = plan.stages
  const [put] = first?.operations ?? []
  if (first === undefined || put?.kind !== 'PutRolePolicy') throw new Error('no overlay')
  const after = put.after.replace('"Action":[', '"Action":["sqs:ListQueues",')
  const forged = { ...plan, stages: [{ ...first, operations: [{ ...put, after }] }, ...rest] }
  expect(refusalOf(await account.useCases.apply(forged, 1))).toBe('proof')
  expect(writesOf(account.sandbox)).toEqual([])
})
