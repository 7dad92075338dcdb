import { expect, it } from 'vitest'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { noHistory } from '../../src/evidence/grant-history.ts'
import { planShapes } from '../support/plan-shapes.ts'
import { applyNext, granted, planOf, refusalOf, testAccount, writesOf } from '../support/test-account.ts'

const fixture = planShapes['inline only'] ?? {}
const ROLE = 'arn:aws:iam::123456789012:role/app'
const DAY = 86_400_000

/** A last-accessed report of s3 and sqs as of some days ago. `used` names what s3 was used for. */
function reportOf(now: Date, { daysOld = 0, used = 's3:ListAllMyBuckets' }: { daysOld?: number; used?: string } = {}): Evidence {
  const observedUntil = new Date(now.getTime() - daysOld * DAY).toISOString()
  const actions = ['s3:ListAllMyBuckets', 's3:PutBucketPolicy'].map((action) => ({
    action,
    lastAccessed: action === used || action === 's3:ListAllMyBuckets' ? observedUntil : null,
  }))
  const services = [
    { service: 's3', lastAccessed: observedUntil, actions },
    { service: 'sqs', lastAccessed: null, actions: null },
  ]
  const lastAccessed = { roleArn: ROLE, observedUntil, complete: true, problem: null, services }
  return { byRole: new Map([[ROLE, { lastAccessed, findings: [], calls: [] }]]), sources: [], history: noHistory }
}

it('takes evidence of some days for a plan, and refuses to apply on it', async () => {
  const account = await testAccount(fixture)
  const evidence = { readEvidence: async () => reportOf(account.clock.now(), { daysOld: 3 }) }
  const useCases = account.restart({ evidence })
  expect((await planOf(useCases, 'app')).stages.length).toBeGreaterThan(0)
  expect(refusalOf(await applyNext(useCases, 'app'))).toBe('stale-evidence')
  expect(writesOf(account.sandbox)).toEqual([])
})

it('refuses a stage whose actions were used since it was planned', async () => {
  const account = await testAccount(fixture)
  const before = account.restart({ evidence: { readEvidence: async () => reportOf(account.clock.now()) } })
  const plan = await planOf(before, 'app')
  expect(plan.stages[0]?.removes).toContain('s3:PutBucketPolicy')
  const used = { readEvidence: async () => reportOf(account.clock.now(), { used: 's3:PutBucketPolicy' }) }
  const later = account.restart({ evidence: used })
  await later.scan()
  expect(refusalOf(await later.apply(plan, null))).toBe('used-since')
  expect(writesOf(account.sandbox)).toEqual([])
})

it('lets the rewrite follow its overlay though no report lists what the role cannot reach now, but not after an attempt', async () => {
  const account = await testAccount(fixture)
  const before = account.restart({ evidence: { readEvidence: async () => reportOf(account.clock.now()) } })
  const [plan] = granted(await before.plan(['app'], { overlay: true })).roles
  if (plan?.stages[0]?.kind !== 'overlay') throw new Error('no overlay')
  granted(await before.apply(plan, 1))
  const attempted = account.restart({
    evidence: { readEvidence: async () => reportOf(account.clock.now(), { used: 's3:PutBucketPolicy' }) },
  })
  await attempted.scan()
  const second = plan.stages.find(({ n, removes }) => n > 1 && removes.includes('s3:PutBucketPolicy'))
  expect(second?.n).toBe(2)
  expect(refusalOf(await attempted.apply(plan, 2))).toBe('used-since')

  const { byRole } = reportOf(account.clock.now())
  const silent = [...byRole].map(([arn, said]) => {
    const lastAccessed = said.lastAccessed && {
      ...said.lastAccessed,
      services: said.lastAccessed.services.filter(({ service }) => service !== 'sqs'),
    }
    return [arn, { ...said, lastAccessed }] as const
  })
  const later = account.restart({ evidence: { readEvidence: async () => ({ byRole: new Map(silent), sources: [], history: noHistory }) } })
  await later.scan()
  granted(await later.apply(plan, 2))
})
