import { expect, it } from 'vitest'
import type { SandboxFixture } from '../../src/sandbox/index.ts'
import { applyNext, granted, type TestAccount, testAccount } from '../support/test-account.ts'

const statement = { Effect: 'Allow', Action: ['s3:DeleteBucket', 's3:CreateBucket', 'sqs:*'], Resource: '*' }
const inline = { work: { Version: '2012-10-17', Statement: [statement] } }
const open = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }] }
const usage = [{ actions: ['s3:CreateBucket'], daysAgo: 2, everyDays: 1, calls: 90 }]
const fixture: SandboxFixture = {
  roles: ['app', 'web'].map((name) => ({ name, createdDaysAgo: 400, inline, usage })),
  analyzers: [{ name: 'unused', type: 'ACCOUNT_UNUSED_ACCESS', unusedAccessAge: 90 }],
}

/** Names of the calls that `run` makes, and how often. */
async function callsOf({ sandbox }: TestAccount, run: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = sandbox.callLog.length
  await run()
  const counts: Record<string, number> = {}
  for (const { operation } of sandbox.callLog.slice(before)) counts[operation] = (counts[operation] ?? 0) + 1
  return counts
}

const JOBS = 'GenerateServiceLastAccessedDetails'

it('does not ask again for findings that were not updated, nor for reports of this hour', async () => {
  const account = await testAccount(fixture)
  const first = await callsOf(account, () => account.useCases.scan())
  expect(first[JOBS]).toBe(2)
  expect(first.GetFindingV2).toBeGreaterThan(0)
  account.clock.advance(20 * 60_000)
  const again = account.restart()
  const second = await callsOf(account, () => again.scan())
  expect([second[JOBS], second.GetFindingV2]).toEqual([undefined, undefined])
  expect(second.ListFindingsV2).toBe(1)
})

it('does not ask again for findings on credentials and outsiders that were not updated', async () => {
  const account = await testAccount({
    ...fixture,
    users: [{ name: 'ann', createdDaysAgo: 400, passwordLastUsedDaysAgo: 200, accessKeys: [{ createdDaysAgo: 300 }] }],
    resources: [{ arn: 'arn:aws:s3:::logs', type: 'AWS::S3::Bucket', policy: open }],
    analyzers: [...(fixture.analyzers ?? []), { name: 'outside', type: 'ACCOUNT' }],
  })
  const { findings } = granted(await account.useCases.report())
  expect(findings.externalAccess).toHaveLength(1)
  expect(findings.unusedAccessKeys).toMatchObject([{ userName: 'ann', slot: 1, sources: ['credentials', 'unusedCredentials'] }])
  expect(findings.unusedAccessKeys[0]?.accessKeyId).toMatch(/^AKIA/)
  account.clock.advance(20 * 60_000)
  const next = account.restart()
  const calls = await callsOf(account, async () => granted(await next.report()))
  expect(calls.GetFindingV2).toBeUndefined()
})

it('asks for event history once an hour, and then keeps what it saw before', async () => {
  const account = await testAccount(fixture)
  expect((await callsOf(account, () => account.useCases.scan())).LookupEvents).toBeGreaterThan(0)
  account.clock.advance(20 * 60_000)
  const next = account.restart()
  expect((await callsOf(account, () => next.scan())).LookupEvents).toBeUndefined()
  const { sources } = granted(await next.scan())
  expect(sources.map(({ id, status }) => [id, status])).toContainEqual(['grant-dates', 'connected'])
})

it('dates grants by event history: what somebody wrote lately is unknown, and the rest is dated', async () => {
  const account = await testAccount(fixture)
  const stateOf = async (useCases: TestAccount['useCases'], roleName: string) => {
    const { actions, flags } = granted(await useCases.show(roleName))
    return [actions.find(({ action }) => action === 's3:DeleteBucket')?.state, flags.includes('undatedGrant')]
  }
  expect(await stateOf(account.useCases, 'app')).toEqual(['unused', false])
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, Sid: 'Edited' }] })
  await account.writer.putRolePolicy('app', 'work', document)
  account.clock.advance(2 * 3_600_000)
  const later = account.restart()
  expect(await stateOf(later, 'app')).toEqual(['unknown', false])
  expect(await stateOf(later, 'web')).toEqual(['unused', false])
})

it('gives the same states as evidence that was just read, and tells its age', async () => {
  const account = await testAccount(fixture)
  const states = async (useCases: TestAccount['useCases']) => {
    const { actions } = granted(await useCases.show('app'))
    return actions.map(({ action, state }) => [action, state])
  }
  const read = await states(account.useCases)
  account.clock.advance(20 * 60_000)
  const next = account.restart()
  const { sources } = granted(await next.scan())
  expect(await states(next)).toEqual(read)
  expect(sources.find(({ id }) => id === 'last-accessed')?.why).toMatch(/2 of them read up to 20 min ago/)
})

it('reads reports of an hour ago anew', async () => {
  const account = await testAccount(fixture)
  await account.useCases.scan()
  account.clock.advance(61 * 60_000)
  const calls = await callsOf(account, () => account.restart().scan())
  expect(calls[JOBS]).toBe(2)
})

it('asks about the role on the screen first, then about the worst of the last scan', async () => {
  const wide = { all: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } }
  const account = await testAccount({ roles: [...(fixture.roles ?? []), { name: 'worst', createdDaysAgo: 400, inline: wide, usage }] })
  granted(await account.useCases.scan())
  const before = account.sandbox.callLog.length
  granted(await account.useCases.scan({ first: 'web' }))
  const jobs = account.sandbox.callLog.slice(before).filter(({ operation }) => operation === JOBS)
  expect(jobs.map(({ params }) => String(params.Arn).split('/').at(-1))).toEqual(['web', 'worst', 'app'])
})

it('does not read the account twice when a role is looked at while the first scan is under way', async () => {
  const account = await testAccount(fixture)
  const calls = await callsOf(account, () =>
    Promise.all([account.useCases.scan(), account.useCases.show('app'), account.useCases.show('web')]),
  )
  expect([calls.GetAccountAuthorizationDetails, calls[JOBS]]).toEqual([1, 2])
})

it('reads for itself when the scan that a question waits for is cancelled', async () => {
  const account = await testAccount(fixture)
  const cancelled = new AbortController()
  const scan = account.useCases.scan({ signal: cancelled.signal }).catch((error: unknown) => error)
  const shown = account.useCases.show('app')
  cancelled.abort()
  await scan
  expect(granted(await shown).roleName).toBe('app')
})

it('reads anew when somebody asks for another scan in the same process', async () => {
  const account = await testAccount(fixture)
  await account.useCases.scan()
  const calls = await callsOf(account, () => account.useCases.scan())
  expect(calls[JOBS]).toBe(2)
})

it('reads the report of a changed role anew, and only that', async () => {
  const account = await testAccount(fixture)
  granted(await applyNext(account.useCases, 'app'))
  account.clock.advance(5 * 60_000)
  const next = account.restart()
  const calls = await callsOf(account, () => next.scan())
  expect(calls[JOBS]).toBe(1)
  const [change] = await next.history('app')
  granted(await next.rollback(change?.changeId ?? ''))
  const after = await callsOf(account, () => account.restart().scan())
  expect(after[JOBS]).toBe(1)
})

it('does without what it kept when that cannot be read', async () => {
  const account = await testAccount(fixture)
  await account.useCases.scan()
  const broken = { ...account.ledger, keptEvidence: () => ({ reports: [], findings: [], trail: null }) }
  const calls = await callsOf(account, () => account.restart({ ledger: broken }).scan())
  expect(calls[JOBS]).toBe(2)
})

it('does not take its own writes for edits: what it removed and put back is as old as before', async () => {
  const account = await testAccount(fixture)
  const removesOf = async (useCases: TestAccount['useCases']) =>
    granted(await useCases.plan(['app'])).roles.flatMap(({ stages }) => stages.flatMap(({ removes }) => removes))
  const before = await removesOf(account.useCases)
  const report = granted(await applyNext(account.useCases, 'app'))
  granted(await account.useCases.rollback(report.changeId))
  account.clock.advance(3 * 3_600_000)
  const later = account.restart()
  const { sources } = granted(await later.scan())
  expect(sources.find(({ id }) => id === 'grant-dates')?.why).toMatch(/^[1-9]\d* edits? of roles/)
  expect(await removesOf(later)).toEqual(before)
})

it('asks for reports in the order of risk that the last scan found', async () => {
  const wide = { work: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } }
  const account = await testAccount({ roles: [...(fixture.roles ?? []), { name: 'zeta', createdDaysAgo: 400, inline: wide }] })
  const asked: string[] = []
  account.setFaults(({ operation, params }) => {
    if (operation === JOBS) asked.push(String(params.Arn).split('/').at(-1) ?? '')
    return null
  })
  await account.useCases.scan()
  await account.useCases.scan()
  expect(asked).toEqual(['app', 'web', 'zeta', 'zeta', 'app', 'web'])
})
