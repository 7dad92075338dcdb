import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/app/use-cases.ts'
import { driftLines } from '../../src/change/drift-text.ts'
import { planShapes } from '../support/plan-shapes.ts'
import { applyNext, granted, planOf, testAccount, writesOf } from '../support/test-account.ts'

const allowing = (action: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] })
const theirs = allowing('s3:GetObject')
const driftIn = (outcome: Outcome<unknown>) => (outcome.ok ? [] : (outcome.refusal.drift ?? []))

describe('a role that somebody edited after our change', () => {
  it('is shown three ways, and nothing is written: what they did elsewhere stays, what both touched is a conflict', async () => {
    const { useCases, writer, sandbox, ledger } = await testAccount(planShapes.mixed ?? {})
    const { changeId, snapshot } = granted(await applyNext(useCases, 'app'))
    const touched = ledger.change(changeId)?.operations.find(({ operation }) => operation.kind === 'PutRolePolicy')?.operation
    const name = touched !== undefined && 'policyName' in touched ? touched.policyName : ''
    await writer.putRolePolicy('app', name, theirs)
    await writer.putRolePolicy('app', 'added-later', allowing('sts:GetCallerIdentity'))
    const before = writesOf(sandbox).length
    const outcome = await useCases.rollback(changeId)
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 4, id: 'drift', hint: expect.stringContaining('--drift theirs') } })
    const drift = driftIn(outcome)
    expect(drift.map((policy) => [policy.name, policy.verdict])).toEqual([
      [name, 'conflict'],
      ['added-later', 'theirs'],
    ])
    const original = ledger.snapshot(snapshot)?.inline.find((policy) => policy.name === name)?.text ?? null
    expect(drift[0]).toMatchObject({ kind: 'inline', snapshot: original, live: theirs })
    expect(driftLines(drift).join('\n')).toMatch(/changed by us and by somebody else since.*\+ +"Action": "s3:GetObject"/s)
    expect(writesOf(sandbox)).toHaveLength(before)
  })

  it('keeps their text where the admin says so, and the rest is rolled back', async () => {
    const { useCases, writer, roleState } = await testAccount(planShapes.mixed ?? {})
    const original = await roleState('app')
    const { changeId } = granted(await applyNext(useCases, 'app'))
    await writer.putRolePolicy('app', 'work', theirs)
    granted(await useCases.rollback(changeId, { drift: 'theirs' }))
    const left = await roleState('app')
    expect(left?.inline.map(({ name, text }) => [name, name === 'work' ? text : null])).toEqual(
      original?.inline.map(({ name }) => [name, name === 'work' ? theirs : null]),
    )
    expect(left?.attached).toEqual(original?.attached)
    expect((await useCases.history())[0]).toMatchObject({ kind: 'rollback', overrides: ['drift:theirs'] })
  })

  it('gets its snapshot back where the admin says so, and even that can be undone', async () => {
    const { useCases, writer, roleState } = await testAccount(planShapes['inline only'] ?? {})
    const original = await roleState('app')
    const { changeId } = granted(await applyNext(useCases, 'app'))
    await writer.putRolePolicy('app', 'work', theirs)
    const rollback = granted(await useCases.rollback(changeId, { drift: 'snapshot' }))
    expect(await roleState('app')).toEqual(original)
    granted(await useCases.rollback(rollback.changeId))
    expect((await roleState('app'))?.inline).toEqual([{ name: 'work', text: theirs }])
  })

  it.each(['theirs', 'snapshot'] as const)('also where it is the default version of a policy: %s', async (drift) => {
    const { useCases, writer, roleState } = await testAccount(planShapes['customer version'] ?? {})
    const original = await roleState('app')
    const arn = original?.managed[0]?.arn ?? ''
    const { changeId } = granted(await applyNext(useCases, 'app'))
    await writer.createPolicyVersion(arn, theirs)
    expect(driftIn(await useCases.rollback(changeId))).toMatchObject([{ kind: 'attached', name: arn, verdict: 'conflict', live: theirs }])
    granted(await useCases.rollback(changeId, { drift }))
    const now = (await roleState('app'))?.managed[0]
    const text = now?.versions.find(({ isDefault }) => isDefault)?.text
    expect(text).toBe(drift === 'theirs' ? theirs : original?.managed[0]?.versions.find(({ isDefault }) => isDefault)?.text)
    expect(now?.versions.map((version) => version.text)).toContain(theirs)
  })

  it('stops a stage too, and says what is different', async () => {
    const { useCases, writer } = await testAccount(planShapes['inline only'] ?? {})
    const plan = await planOf(useCases, 'app')
    await writer.putRolePolicy('app', 'work', theirs)
    await writer.putRolePolicy('app', 'new', theirs)
    const drift = driftIn(await useCases.apply(plan, null))
    expect(drift.map((policy) => [policy.name, policy.verdict])).toEqual([
      ['work', 'conflict'],
      ['new', 'theirs'],
    ])
  })
})
