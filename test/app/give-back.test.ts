import { describe, expect, it } from 'vitest'
import type { SandboxFixture } from '../../src/sandbox/index.ts'
import { applyNext, granted, planOf, refusalOf, testAccount } from '../support/test-account.ts'

const statement = {
  Sid: 'Work',
  Effect: 'Allow',
  Action: ['s3:*', 'sqs:*'],
  Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::a/*'],
  Condition: { StringEquals: { 'aws:RequestedRegion': ['us-east-1'] } },
}

const fixture: SandboxFixture = {
  roles: [
    {
      name: 'app',
      createdDaysAgo: 400,
      inline: { work: { Version: '2012-10-17', Statement: [statement] } },
      usage: [{ actions: ['s3:ListAllMyBuckets'], daysAgo: 1 }],
    },
  ],
}

describe('giving one action back', () => {
  it('restores its resources and condition, and leaves the stage in effect', async () => {
    const { useCases, roleState } = await testAccount(fixture)
    const [first] = (await planOf(useCases, 'app')).stages
    const action = first?.removes.find((name) => name.startsWith('s3:')) ?? ''
    const { changeId } = granted(await applyNext(useCases, 'app'))
    const tightened = await roleState('app')
    const report = granted(await useCases.giveBack(changeId, action))
    expect(report.operations.map(({ kind }) => kind)).toEqual(['PutRolePolicy'])
    const back = (await roleState('app'))?.inline.find(({ name }) => name.startsWith('zt-back-'))
    expect(JSON.parse(back?.text ?? '{}')).toEqual({
      Version: '2012-10-17',
      Statement: [{ Sid: 'ZtTuiBack1', Effect: 'Allow', Action: action, Resource: statement.Resource, Condition: statement.Condition }],
    })
    expect(refusalOf(await useCases.giveBack(changeId, action))).toBe('given-back')
    expect((await useCases.history('app'))[1]).toMatchObject({ changeId, outcome: 'soaking' })
    granted(await useCases.rollback(report.changeId))
    expect(await roleState('app')).toEqual(tightened)
  })

  it('makes the next stage say that the plan is older, and what to do', async () => {
    const { useCases } = await testAccount(fixture)
    const plan = await planOf(useCases, 'app')
    const { changeId } = granted(await applyNext(useCases, 'app'))
    const back = granted(await useCases.giveBack(changeId, plan.stages[0]?.removes[0] ?? ''))
    const outcome = await useCases.apply(plan, 2)
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 4, id: 'drift', hint: expect.stringContaining('plan app --fresh') } })
    expect(outcome.ok ? '' : outcome.refusal.message).toContain(`given back since (${back.changeId})`)
  })

  it('is undone first when the stage is rolled back', async () => {
    const { useCases, roleState } = await testAccount(fixture)
    const original = await roleState('app')
    const [first] = (await planOf(useCases, 'app')).stages
    const { changeId } = granted(await applyNext(useCases, 'app'))
    granted(await useCases.giveBack(changeId, first?.removes[0] ?? ''))
    granted(await useCases.rollback(changeId))
    expect(await roleState('app')).toEqual(original)
  })

  it('refuses what the role was never allowed, and changes that are not in effect', async () => {
    const { useCases } = await testAccount(fixture)
    const { changeId } = granted(await applyNext(useCases, 'app'))
    expect(refusalOf(await useCases.giveBack(changeId, 'iam:CreateUser'))).toBe('unknown-action')
    granted(await useCases.rollback(changeId))
    expect(refusalOf(await useCases.giveBack(changeId, 's3:GetObject'))).toBe('not-in-effect')
    expect(refusalOf(await useCases.giveBack('nothing', 's3:GetObject'))).toBe('unknown-change')
  })
})
