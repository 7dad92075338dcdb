/** The ways out of what a dead process left, a test for each thing that once went wrong. The fault matrix tries the rest. */
import { expect, it } from 'vitest'
import type { UseCases } from '../../src/app/use-cases.ts'
import { Killed, throughAll } from '../faults/deadly.ts'
import { makeRoleAnew } from '../support/make-role-anew.ts'
import { planShapes } from '../support/plan-shapes.ts'
import { applyNext, granted, refusalOf, type TestAccount, testAccount, writesOf } from '../support/test-account.ts'

const replaced = planShapes['AWS managed replaced'] ?? {}

/** A process that ends just before its n-th write, or just after it. */
function mortal({ restart, writer }: TestAccount, n: number, when: 'before' | 'after'): UseCases {
  let writes = 0
  const dying = throughAll(writer, async (call) => {
    if (++writes < n) return call()
    if (when === 'after') await call()
    throw new Killed()
  })
  return restart({ writer: dying })
}

const openChange = async (useCases: UseCases): Promise<string> => {
  const open = granted(await useCases.toRecover())
  expect(open).toHaveLength(1)
  return open[0]?.changeId ?? ''
}

it('does not take for done what was taken back before the process died', async () => {
  const account = await testAccount(replaced)
  account.setFaults(({ operation }) =>
    operation === 'DetachRolePolicy' ? { kind: 'error', code: 'LimitExceeded', status: 409, message: 'no' } : null,
  )
  await expect(applyNext(mortal(account, 3, 'after'), 'app')).rejects.toThrow(Killed)
  expect(writesOf(account.sandbox)).toEqual(['PutRolePolicy', 'DetachRolePolicy', 'DeleteRolePolicy'])
  account.setFaults(null)
  const next = account.restart()
  granted(await next.recover(await openChange(next), 'resume'))
  const role = await account.roleState('app')
  expect([role?.inline.length, role?.attached.length]).toEqual([1, 0])
})

it.each(['resume', 'rollback'] as const)('finishes the rollback of half a change, whichever way is chosen: %s', async (way) => {
  const account = await testAccount(replaced)
  const original = await account.roleState('app')
  await expect(applyNext(mortal(account, 2, 'before'), 'app')).rejects.toThrow(Killed)
  const second = mortal(account, 1, 'before')
  await expect(second.recover(await openChange(second), 'rollback')).rejects.toThrow(Killed)
  const third = account.restart()
  granted(await third.recover(await openChange(third), way))
  expect(await account.roleState('app')).toEqual(original)
  expect(granted(await third.toRecover())).toEqual([])
})

it('closes a change whose role is gone, and leaves the one that has its name now alone', async () => {
  const account = await testAccount(replaced)
  await expect(applyNext(mortal(account, 2, 'before'), 'app')).rejects.toThrow(Killed)
  await makeRoleAnew(account)
  const anew = await account.roleState('app')
  const writes = writesOf(account.sandbox).length
  const next = account.restart()
  const outcome = await next.recover(await openChange(next), 'rollback')
  expect(refusalOf(outcome)).toBe('drift')
  expect(outcome.ok ? '' : outcome.refusal.message).toContain('does not exist any more')
  expect(granted(await next.toRecover())).toEqual([])
  expect(writesOf(account.sandbox)).toHaveLength(writes)
  expect(await account.roleState('app')).toEqual(anew)
})

it('leaves no policy of ours behind when the role that it was made for is gone', async () => {
  const account = await testAccount(planShapes['split into several'] ?? {})
  granted(await applyNext(account.useCases, 'app'))
  await expect(applyNext(mortal(account, 2, 'before'), 'app')).rejects.toThrow(Killed)
  const next = account.restart()
  const changeId = await openChange(next)
  const [{ operation } = {}] = account.ledger.change(changeId)?.operations ?? []
  if (operation?.kind !== 'CreatePolicy') throw new Error('the stage was to begin with a policy of its own')
  const made = () => account.live.managedPolicy(operation.policyArn)
  expect(await made()).not.toBeNull()
  await makeRoleAnew(account)
  expect(refusalOf(await next.recover(changeId, 'rollback'))).toBe('drift')
  expect(await made()).toBeNull()
})
