import { describe, expect, it } from 'vitest'
import type { Denials, DeniedCall } from '../../src/ports/denials.ts'
import { planShapes } from '../support/plan-shapes.ts'
import { applyNext, granted, planOf, testAccount } from '../support/test-account.ts'

const fixture = planShapes['inline only'] ?? {}
const ROLE = 'arn:aws:iam::123456789012:role/app'
const DAY = 86_400_000

const call = (action: string, at: string, roleArn = ROLE): DeniedCall => ({ at, roleArn, action, region: 'us-east-1', message: 'denied' })

/** A trail that tells what a test puts in it. */
function trail() {
  const told: { calls: DeniedCall[]; problem: string | null } = { calls: [], problem: null }
  const readDenials = async (): Promise<Denials> => ({ ...told, regions: ['us-east-1'] })
  return { told, changes: () => ({ denials: { readDenials } }) }
}

describe('watching a change', () => {
  it('joins the denied calls of its role with what it removed, and keeps what it saw', async () => {
    const { told, changes } = trail()
    const { useCases, clock } = await testAccount(fixture, changes)
    const [stage] = (await planOf(useCases, 'app')).stages
    const removed = stage?.removes[0] ?? ''
    const { changeId } = granted(await applyNext(useCases, 'app'))
    const later = new Date(clock.now().getTime() + 60_000).toISOString()
    told.calls = [
      call(removed, '2020-01-01T00:00:00Z'),
      call(removed, later, 'arn:aws:iam::123456789012:role/other'),
      call('ec2:RunInstances', later),
      call(removed.toUpperCase(), later),
    ]
    const [sight] = granted(await useCases.watch(null))
    expect(sight).toMatchObject({ changeId, roleName: 'app', total: stage?.removes.length, problem: null })
    expect(sight?.denied).toEqual([call(removed.toUpperCase(), later)])
    expect(sight?.visible).toBeLessThanOrEqual(sight?.total ?? 0)
    expect((await useCases.history('app'))[0]?.watch?.denied).toHaveLength(1)
  })

  it('settles a change that was watched for its soak time and denied nothing', async () => {
    const { changes } = trail()
    const { useCases, clock } = await testAccount(fixture, changes)
    granted(await applyNext(useCases, 'app'))
    expect(granted(await useCases.watch('app'))[0]?.state).toBe('soaking')
    clock.advance(DAY)
    expect(granted(await useCases.watch('app'))[0]?.state).toBe('settled')
    expect(granted(await useCases.watch('app'))).toEqual([])
  })

  it('never settles what it could not see, nor what is denied', async () => {
    const { told, changes } = trail()
    const { useCases, clock } = await testAccount(fixture, changes)
    const removed = (await planOf(useCases, 'app')).stages[0]?.removes[0] ?? ''
    granted(await applyNext(useCases, 'app'))
    clock.advance(DAY)
    told.calls = [call(removed, clock.now().toISOString())]
    expect(granted(await useCases.watch(null))[0]?.state).toBe('soaking')
    told.calls = []
    told.problem = 'AccessDenied'
    expect(granted(await useCases.watch(null))[0]?.state).toBe('unobserved')
  })

  it('watches nothing that was rolled back', async () => {
    const { changes } = trail()
    const { useCases } = await testAccount(fixture, changes)
    const { changeId } = granted(await applyNext(useCases, 'app'))
    granted(await useCases.rollback(changeId))
    expect(granted(await useCases.watch(null))).toEqual([])
  })

  it('tells how long after the first denied call the rights were there again', async () => {
    const { told, changes } = trail()
    const { useCases, clock } = await testAccount(fixture, changes)
    const removed = (await planOf(useCases, 'app')).stages[0]?.removes[0] ?? ''
    const { changeId } = granted(await applyNext(useCases, 'app'))
    clock.advance(60_000)
    told.calls = [call(removed, clock.now().toISOString())]
    granted(await useCases.watch('app'))
    clock.advance(240_000)
    granted(await useCases.rollback(changeId))
    const [rollback, tightened] = await useCases.history('app')
    expect(rollback?.restoredAfterMs).toBeGreaterThanOrEqual(240_000)
    expect(rollback?.restoredAfterMs).toBeLessThan(300_000)
    expect(tightened).not.toHaveProperty('restoredAfterMs')
  })
})
