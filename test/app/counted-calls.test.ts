import { expect, it } from 'vitest'
import type { Observed, RoleCalls } from '../../src/evidence/account-observations.ts'
import type { ObservationReader } from '../../src/ports/observations.ts'
import { unobserved } from '../report/example-report.ts'
import { granted, testAccount } from '../support/test-account.ts'

const fixture = { roles: [{ name: 'app', createdDaysAgo: 400 }] }
const counted: Observed<readonly RoleCalls[]> = { status: 'connected', why: 'counted', observedUntil: null, value: [] }

/** Counts calls whenever it is asked to, and remembers how often. */
function counter(answer: Observed<readonly RoleCalls[]>) {
  const asked: number[] = []
  const observations: ObservationReader = {
    readObservations: async (_account, _period, { known } = {}) => {
      if (known?.calls) return { ...unobserved, calls: known.calls }
      asked.push(1)
      return { ...unobserved, calls: answer }
    },
  }
  return { asked, observations }
}

it('calls are counted once a day, since AWS bills the count', async () => {
  const { asked, observations } = counter(counted)
  const account = await testAccount(fixture, () => ({ observations }))
  granted(await account.useCases.report())
  account.clock.advance(23 * 3_600_000)
  const { usage } = granted(await account.restart({ observations }).report())
  expect([asked.length, usage.source.status]).toEqual([1, 'connected'])
  account.clock.advance(2 * 3_600_000)
  granted(await account.restart({ observations }).report())
  expect(asked.length).toBe(2)
})

it('another window is another count', async () => {
  const { asked, observations } = counter(counted)
  const account = await testAccount(fixture, () => ({ observations }))
  granted(await account.useCases.report())
  granted(await account.restart({ observations, window: 30 }).report())
  expect(asked.length).toBe(2)
})

it('a count that failed is tried again', async () => {
  const { asked, observations } = counter({ ...counted, status: 'missing' })
  const account = await testAccount(fixture, () => ({ observations }))
  granted(await account.useCases.report())
  granted(await account.restart({ observations }).report())
  expect(asked.length).toBe(2)
})

it('what the count saw last of an action is use in every later scan', async () => {
  const arn = 'arn:aws:iam::123456789012:role/app'
  const work = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: '*' }] }
  const uses = [{ action: 'sqs:SendMessage', at: '2026-10-30T09:00:00.000Z', denied: false }]
  const { observations } = counter({ ...counted, value: [{ roleArn: arn, calls: 1, uses }] })
  const account = await testAccount({ roles: [{ name: 'app', createdDaysAgo: 400, inline: { work } }] }, () => ({ observations }))
  const stateOf = async (useCases: typeof account.useCases) =>
    granted(await useCases.show('app')).actions.map(({ state, source }) => [state, source])
  expect(await stateOf(account.useCases)).toEqual([['unused', 'last-accessed']])
  granted(await account.useCases.report())
  expect(await stateOf(account.restart({ observations }))).toEqual([['used', 'cloudtrail']])
})
