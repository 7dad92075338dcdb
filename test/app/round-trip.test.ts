import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { planShapes } from '../support/plan-shapes.ts'
import { applyNext, granted, planOf, testAccount } from '../support/test-account.ts'

describe.each(Object.entries(planShapes))('%s', (_, fixture) => {
  it('is proved, applied stage by stage and put back exactly', async () => {
    const { useCases, roleState, sandbox } = await testAccount(fixture)
    const original = await roleState('app')
    const policiesBefore = await useCases.show('app')
    const { stages } = await planOf(useCases, 'app')
    expect(stages.length).toBeGreaterThan(0)
    for (const { proof, sizes } of stages) {
      expect(proof).toEqual({ noNewAccess: true, usedKept: true, prefixes: true, counterexample: null })
      expect(sizes.limitOk).toBe(true)
    }
    for (const stage of stages) {
      const report = granted(await applyNext(useCases, 'app'))
      expect(report).toMatchObject({ stage: stage.n, outcome: 'soaking', notes: [] })
      expect(report.operations.every(({ outcome }) => outcome === 'done')).toBe(true)
    }
    for (const stage of [...stages].reverse()) {
      const { changeId } = granted(await useCases.undoable('app'))
      const report = granted(await useCases.rollback(changeId))
      expect(report).toMatchObject({ stage: stage.n, outcome: 'rolled-back', notes: [] })
    }
    expect(await roleState('app')).toEqual(original)
    await useCases.scan()
    expect(granted(await useCases.show('app')).policies).toEqual(granted(policiesBefore).policies)
    expect(
      sandbox.callLog.some(
        ({ operation }) => operation === 'PutRolePolicy' || operation === 'CreatePolicyVersion' || operation === 'DetachRolePolicy',
      ),
    ).toBe(true)
  })

  it('goes back to the original in one call, the later stages first', async () => {
    const { useCases, roleState } = await testAccount(fixture)
    const original = await roleState('app')
    const { stages } = await planOf(useCases, 'app')
    const first = granted(await applyNext(useCases, 'app'))
    for (const _ of stages.slice(1)) granted(await applyNext(useCases, 'app'))
    granted(await useCases.rollback(first.changeId))
    expect(await roleState('app')).toEqual(original)
    expect((await useCases.history('app')).filter(({ outcome }) => outcome === 'soaking')).toEqual([])
  })
})

describe('the way back', () => {
  it('is on disk before the first write', async () => {
    const account = await testAccount(planShapes.mixed ?? {})
    let seen: boolean | null = null
    account.setFaults(({ operation }) => {
      if (operation !== 'PutRolePolicy' || seen !== null) return null
      const [change] = account.ledger.changes('demo')
      seen = change?.restoreScript != null && existsSync(change.restoreScript) && account.ledger.snapshot(change.snapshot) !== null
      return null
    })
    const report = granted(await applyNext(account.useCases, 'app'))
    expect(seen).toBe(true)
    expect(readFileSync(report.restoreScript ?? '', 'utf8')).toContain('aws iam ')
  })

  it('leaves a later edit of somebody else alone and says so', async () => {
    const account = await testAccount(planShapes.mixed ?? {})
    const { changeId } = granted(await applyNext(account.useCases, 'app'))
    const { iam, put } = await elsewhere(account)
    await put('added-later', '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:GetCallerIdentity","Resource":"*"}]}')
    const report = granted(await account.useCases.rollback(changeId))
    expect(report.notes).toEqual(['changed by somebody else and left: inline policy added-later was added'])
    expect((await account.roleState('app'))?.inline.map(({ name }) => name)).toContain('added-later')
    iam.destroy()
  })

  it('asks instead of overwriting a policy that somebody else changed since', async () => {
    const account = await testAccount(planShapes['inline only'] ?? {})
    const { changeId } = granted(await applyNext(account.useCases, 'app'))
    const { iam, put } = await elsewhere(account)
    const theirs = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}'
    await put('work', theirs)
    const outcome = await account.useCases.rollback(changeId)
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 4, id: 'drift' } })
    expect((await account.roleState('app'))?.inline).toEqual([{ name: 'work', text: theirs }])
    iam.destroy()
  })
})

/** Another admin at the same account. */
async function elsewhere({ sandbox }: Awaited<ReturnType<typeof testAccount>>) {
  const { IAMClient, PutRolePolicyCommand } = await import('@aws-sdk/client-iam')
  const iam = new IAMClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAOTHER', secretAccessKey: 'x' },
    requestHandler: sandbox.requestHandler,
  })
  return {
    iam,
    put: (PolicyName: string, PolicyDocument: string) =>
      iam.send(new PutRolePolicyCommand({ RoleName: 'app', PolicyName, PolicyDocument })),
  }
}
