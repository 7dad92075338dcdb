/** A role of the same name is another role: whenever somebody makes it anew, the change stops and does not touch it. */
import { expect, it } from 'vitest'
import type { UseCases } from '../../src/app/use-cases.ts'
import { AwsFailure } from '../../src/ports/aws-failure.ts'
import { throughAll } from '../faults/deadly.ts'
import { makeRoleAnew } from '../support/make-role-anew.ts'
import { planShapes } from '../support/plan-shapes.ts'
import { applyNext, granted, refusalOf, type TestAccount, testAccount } from '../support/test-account.ts'

/** A process in whose n-th write AWS answers with this code, because the role was made anew just now. */
function refused(account: TestAccount, n: number, code: string): UseCases {
  let writes = 0
  const writer = throughAll(account.writer, async (call) => {
    if (++writes !== n) return call()
    await makeRoleAnew(account)
    throw new AwsFailure({ kind: 'refused', code, operation: 'write', message: code })
  })
  return account.restart({ writer })
}

/** A process in whose settle time the role is made anew. */
function surprised(account: TestAccount): UseCases {
  const sleep = async (ms: number): Promise<void> => {
    await makeRoleAnew(account)
    await account.clock.sleep(ms)
  }
  return account.restart({ settleMs: 60_000, clock: { now: account.clock.now, sleep } })
}

const untouched = { inline: [], attached: [] }

it.each<[what: string, shape: string, unlucky: (account: TestAccount) => UseCases]>([
  ['between the half that adds and the half that takes away', 'AWS managed replaced', surprised],
  ['when a write meets ConcurrentModification', 'AWS managed replaced', (account) => refused(account, 1, 'ConcurrentModification')],
  ['when AWS refuses a later write and the earlier ones are taken back', 'mixed', (account) => refused(account, 3, 'LimitExceeded')],
  ['after a policy of our own was made for it', 'split into several', (account) => refused(account, 2, 'ConcurrentModification')],
])('stops a stage %s', async (_, shape, unlucky) => {
  const account = await testAccount(planShapes[shape] ?? {})
  const outcome = await applyNext(unlucky(account), 'app')
  expect(outcome).toMatchObject({ ok: false, refusal: { code: 4, id: 'drift' } })
  expect(outcome.ok ? '' : outcome.refusal.message).toContain('nothing was written to it')
  expect(await account.roleState('app')).toMatchObject(untouched)
  for (const { operation } of account.ledger.changes('demo')[0]?.operations ?? [])
    if (operation.kind === 'CreatePolicy') expect(await account.live.managedPolicy(operation.policyArn)).toBeNull()
  expect(granted(await account.restart().toRecover())).toEqual([])
})

it('stops a rollback before its tidy half, and recover closes it without a write', async () => {
  const account = await testAccount(planShapes['AWS managed replaced'] ?? {})
  const { changeId } = granted(await applyNext(account.useCases, 'app'))
  const outcome = await surprised(account).rollback(changeId)
  expect(outcome).toMatchObject({ ok: false, refusal: { code: 5 } })
  expect(outcome.ok ? '' : outcome.refusal.message).toContain('another role now')
  const next = account.restart()
  for (const open of granted(await next.toRecover())) expect(refusalOf(await next.recover(open.changeId, 'rollback'))).toBe('drift')
  expect(granted(await next.toRecover())).toEqual([])
  expect(await account.roleState('app')).toMatchObject(untouched)
})
