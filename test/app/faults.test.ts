import { describe, expect, it } from 'vitest'
import type { RoleState } from '../../src/account/role-state.ts'
import type { JournalOperation } from '../../src/change/change.ts'
import type { RolePlan } from '../../src/plan/plan.ts'
import type { Ledger } from '../../src/ports/ledger.ts'
import type { FaultVerdict, SandboxFixture } from '../../src/sandbox/index.ts'
import { planShapes } from '../support/plan-shapes.ts'
import { applyNext, granted, planOf, refusalOf, testAccount } from '../support/test-account.ts'

class Killed extends Error {}

/** The process dies when the journal is told of operation `k`: before its call (`started`) or after it (`done`). */
const dyingLedger = (ledger: Ledger, k: number, at: JournalOperation['outcome']): Ledger => ({
  ...ledger,
  setOperation(changeId, number, result) {
    if (number === k && result.outcome === at) {
      if (at === 'started') ledger.setOperation(changeId, number, result)
      throw new Killed()
    }
    ledger.setOperation(changeId, number, result)
  },
})

const shapes = Object.entries(planShapes).filter(([name]) => name !== 'split into several')

/** The plan of a shape and the state that its first stage leads to: the same in every account made from the shape. */
async function outcomeOf(fixture: SandboxFixture): Promise<{ plan: RolePlan; target: RoleState | null }> {
  const { useCases, roleState } = await testAccount(fixture)
  const plan = await planOf(useCases, 'app')
  granted(await useCases.apply(plan, null))
  return { plan, target: await roleState('app') }
}

const operationsOf = (plan: RolePlan) => plan.stages[0]?.operations ?? []

const withoutDates = (state: RoleState | null) =>
  JSON.parse(JSON.stringify(state, (key, value) => (key === 'createDate' || key === 'tags' ? undefined : value)))

describe.each(shapes)('a process killed in the middle: %s', (_, fixture) => {
  it.each(['started', 'done'] as const)('(%s) is found, and both ways out lead to the snapshot or the target', async (at) => {
    const { plan, target } = await outcomeOf(fixture)
    for (const [index] of operationsOf(plan).entries()) {
      for (const way of ['resume', 'rollback'] as const) {
        const account = await testAccount(fixture, (ledger) => ({ ledger: dyingLedger(ledger, index + 1, at) }))
        const original = await account.roleState('app')
        await expect(account.useCases.apply(plan, null)).rejects.toThrow(Killed)
        const next = account.restart()
        const [interrupted] = await next.interrupted()
        expect(interrupted).toMatchObject({ roleName: 'app', total: operationsOf(plan).length })
        expect(refusalOf(await next.apply(plan, null))).toBe('open-change')
        granted(await next.recover(interrupted?.changeId ?? '', way))
        expect(withoutDates(await account.roleState('app'))).toEqual(withoutDates(way === 'resume' ? target : original))
        expect(await next.interrupted()).toEqual([])
      }
    }
  })
})

describe.each(shapes)('AWS in trouble: %s', (_, fixture) => {
  const PASSING: readonly (readonly [string, FaultVerdict])[] = [
    ['throttled', { kind: 'throttle' }],
    ['a server error', { kind: 'server-error' }],
    ['the answer lost after the write', { kind: 'response-lost' }],
    ['the connection reset', { kind: 'connection-reset' }],
    ['an error page of a proxy', { kind: 'html-error' }],
    ['ConcurrentModification', { kind: 'error', code: 'ConcurrentModification', status: 409, message: 'try again' }],
  ]

  it.each(PASSING)('%s on every first write: the change comes to its end, and back', async (_name, verdict) => {
    const { plan } = await outcomeOf(fixture)
    const account = await testAccount(fixture)
    const original = await account.roleState('app')
    const kinds = new Set<string>(operationsOf(plan).map(({ kind }) => kind))
    const met = new Set<string>()
    account.setFaults(({ operation }) => {
      if (!kinds.has(operation) || met.has(operation)) return null
      met.add(operation)
      return verdict
    })
    const report = granted(await account.useCases.apply(plan, null))
    expect(met).toEqual(kinds)
    expect(report).toMatchObject({ outcome: 'soaking', notes: [] })
    account.setFaults(null)
    granted(await account.useCases.rollback(report.changeId))
    expect(await account.roleState('app')).toEqual(original)
  })

  it.each(['AccessDenied', 'LimitExceeded', 'MalformedPolicyDocument'])('%s at any operation: what was done is undone', async (code) => {
    const { plan } = await outcomeOf(fixture)
    const operations = operationsOf(plan)
    for (const [at] of operations.entries()) {
      const account = await testAccount(fixture)
      const original = await account.roleState('app')
      let writes = 0
      let refused = false
      account.setFaults(({ operation }) => {
        if (refused || !operations.some(({ kind }) => kind === operation)) return null
        refused = writes++ === at
        return refused ? { kind: 'error', code, status: 400, message: 'no' } : null
      })
      const outcome = await account.useCases.apply(plan, null)
      expect(outcome).toMatchObject({ ok: false, refusal: { code: 3, id: 'failed' } })
      expect(await account.roleState('app')).toEqual(original)
      expect((await account.useCases.history('app'))[0]?.outcome).toBe('failed')
      expect(await account.useCases.interrupted()).toEqual([])
    }
  })
})

describe('a rollback in trouble', () => {
  it('stays open, says so, and is finished by recover', async () => {
    const account = await testAccount(planShapes.mixed ?? {})
    const original = await account.roleState('app')
    const { changeId } = granted(await applyNext(account.useCases, 'app'))
    account.setFaults(({ operation }) => (operation === 'PutRolePolicy' ? { kind: 'access-denied' } : null))
    expect(await account.useCases.rollback(changeId)).toMatchObject({ ok: false, refusal: { code: 5, id: 'interrupted' } })
    account.setFaults(null)
    const next = account.restart()
    const [open] = await next.interrupted()
    granted(await next.recover(open?.changeId ?? '', 'resume'))
    expect(await account.roleState('app')).toEqual(original)
    expect(await next.interrupted()).toEqual([])
  })
})
