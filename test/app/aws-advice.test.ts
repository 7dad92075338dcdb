import { expect, it } from 'vitest'
import type { SandboxFixture } from '../../src/sandbox/index.ts'
import { granted, testAccount } from '../support/test-account.ts'

const allow = (Action: readonly string[]) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] })
const reader = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'access-analyzer.amazonaws.com' }, Action: 'sts:AssumeRole' }],
}
const usage = [{ actions: ['s3:CreateBucket'], daysAgo: 2, everyDays: 1, calls: 90 }]
const inline = { work: allow(['s3:DeleteBucket', 's3:CreateBucket', 's3:GetObject', 'sqs:SendMessage', 'kms:Decrypt']) }
const fixture: SandboxFixture = {
  roles: [
    { name: 'app', createdDaysAgo: 400, inline, usage },
    { name: 'AccessAnalyzerMonitorServiceRole', path: '/service-role/', createdDaysAgo: 400, trust: reader },
  ],
  analyzers: [{ name: 'unused', type: 'ACCOUNT_UNUSED_ACCESS', unusedAccessAge: 90 }],
}
const ADVISING = /Recommendation|PolicyGeneration|GeneratedPolicy/

it('compares what Access Analyzer recommends with what we would remove', async () => {
  const { useCases } = await testAccount(fixture)
  const [recommended] = granted(await useCases.advice('app'))
  expect(recommended).toMatchObject({ source: 'finding-recommendation', status: 'connected', why: '1 step', onlyHere: [] })
  const { actions } = granted(await useCases.show('app'))
  const unused = actions.filter(({ state }) => state === 'unused').map(({ action }) => action)
  expect(recommended?.removes).toBe(unused.length + (recommended?.onlyAws.length ?? 0))
})

it('tells what a policy made from a trail would remove that we keep, and why', async () => {
  const { useCases } = await testAccount(fixture)
  const [, generated] = granted(await useCases.advice('app'))
  expect(generated).toMatchObject({ source: 'policy-generation', status: 'connected' })
  const kept = new Map(generated?.onlyAws.map(({ action, state, reason }) => [action, `${state}: ${reason}`]))
  expect(kept.get('s3:GetObject')).toMatch(/^unknown: s3 was used/)
  expect(kept.has('s3:CreateBucket')).toBe(false)
  expect(generated?.onlyAws.every(({ reason }) => reason !== '')).toBe(true)
})

it('is not begun anew while a policy of this week is there', async () => {
  const { useCases, sandbox, clock } = await testAccount(fixture)
  await useCases.advice('app')
  await useCases.advice('app')
  const started = () => sandbox.callLog.filter(({ operation }) => operation === 'StartPolicyGeneration').length
  expect(started()).toBe(1)
  clock.advance(8 * 86_400_000)
  await useCases.scan()
  await useCases.advice('app')
  expect(started()).toBe(2)
})

it('is asked for when somebody looks at a role, and never in bulk', async () => {
  const { useCases, sandbox } = await testAccount(fixture)
  await useCases.scan()
  await useCases.show('app')
  await useCases.plan(['app'])
  await useCases.report()
  expect(sandbox.callLog.filter(({ operation }) => ADVISING.test(operation))).toEqual([])
})

it('is missing, with the reason, where AWS has none', async () => {
  const { useCases } = await testAccount({ roles: [{ name: 'app', createdDaysAgo: 400, inline }] })
  const advice = granted(await useCases.advice('app'))
  expect(advice.map(({ status, why }) => [status, why])).toEqual([
    ['missing', 'Access Analyzer has no open finding on unused permissions of this role'],
    ['missing', 'no role lets Access Analyzer read a trail; the console makes one when a policy is generated there'],
  ])
})

it('is missing, with the reason, where it may not be asked for', async () => {
  const { useCases, setFaults } = await testAccount(fixture)
  await useCases.scan()
  setFaults(({ operation }) => (ADVISING.test(operation) ? { kind: 'access-denied' } : null))
  const advice = granted(await useCases.advice('app'))
  expect(advice.map(({ status }) => status)).toEqual(['missing', 'missing'])
  expect(advice[0]?.why).toMatch(/^GenerateFindingRecommendation: access denied/)
})
