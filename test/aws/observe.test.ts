import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { callAws } from '../../src/aws/failure.ts'
import { observe } from '../../src/aws/observe.ts'
import { AwsFailure } from '../../src/ports/aws-failure.ts'

/** A call that only a signal ends. */
const never = (signal: AbortSignal) => callAws('ListThings', 'read', () => sleep(60_000, undefined, { signal }) as Promise<never>)

describe('a source', () => {
  it('that does not answer in time is missing', async () => {
    expect(await observe([], undefined, never, 20)).toMatchObject({ status: 'missing', why: 'ListThings: not done after 0 s', value: [] })
  })

  it('that AWS refuses is missing, with the reason', async () => {
    const refused = new AwsFailure({ kind: 'denied', code: 'AccessDenied', operation: 'ListThings', message: 'ListThings: access denied' })
    expect(await observe([], undefined, () => Promise.reject(refused))).toMatchObject({
      status: 'missing',
      why: 'ListThings: access denied',
    })
  })

  it('that somebody cancels rejects', async () => {
    await expect(observe([], AbortSignal.abort(), never)).rejects.toMatchObject({ kind: 'cancelled' })
  })

  it('with a bug in it rejects: a bug is no reason', async () => {
    await expect(observe([], undefined, () => Promise.reject(new TypeError('bug')))).rejects.toThrow('bug')
  })
})
