/** What broke elsewhere when permissions were changed or put back, each story with the test that it does not happen here. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { OPEN_SESSIONS } from '../../src/app/quarantine.ts'
import type { SandboxFixture } from '../../src/sandbox/index.ts'
import { planShapes } from '../support/plan-shapes.ts'
import { applyNext, granted, planOf, refusalOf, testAccount, writesOf } from '../support/test-account.ts'

const shape = (name: keyof typeof planShapes): SandboxFixture => planShapes[name] ?? {}
const tagged = (tags: Readonly<Record<string, string>>): SandboxFixture => {
  const fixture = shape('inline only')
  return { ...fixture, roles: (fixture.roles ?? []).map((role) => ({ ...role, tags })) }
}

it('F11: the role that acts is never tightened, and of any other the restore commands lie on disk before the first write', async () => {
  const account = await testAccount(shape('inline only'))
  const role = await account.roleState('app')
  const arn = 'arn:aws:sts::123456789012:assumed-role/app/session'
  const caller = { arn, accountId: '123456789012', partition: 'aws', roleName: 'app', roleId: role?.roleId ?? null, isRoot: false }
  expect(refusalOf(await applyNext(account.restart({ caller }), 'app'))).toBe('guard:caller-role')
  expect(writesOf(account.sandbox)).toEqual([])
  let script: string | null = null
  account.setFaults(({ operation }) => {
    if (operation === 'PutRolePolicy') script ??= account.ledger.changes('demo')[0]?.restoreScript ?? null
    return null
  })
  granted(await applyNext(account.useCases, 'app'))
  expect(script !== null && existsSync(script) && readFileSync(script, 'utf8')).toContain('aws iam put-role-policy')
})

it('F12: what a rollback puts back is read back, and is still there when it ends', async () => {
  const { useCases, roleState, sandbox } = await testAccount(shape('mixed'))
  const original = await roleState('app')
  const { changeId } = granted(await applyNext(useCases, 'app'))
  const begun = sandbox.callLog.length
  granted(await useCases.rollback(changeId))
  const calls = sandbox.callLog.slice(begun).map(({ operation }) => operation)
  for (const [at, operation] of calls.entries()) if (operation === 'PutRolePolicy') expect(calls.slice(at + 1)).toContain('GetRolePolicy')
  expect(await roleState('app')).toEqual(original)
})

it('F13: a rollback leaves no policy behind that was not there before', async () => {
  const { useCases, roleState, sandbox } = await testAccount(shape('split into several'))
  const original = await roleState('app')
  for (const _ of (await planOf(useCases, 'app')).stages) granted(await applyNext(useCases, 'app'))
  const [oldest] = (await useCases.history('app')).toReversed()
  granted(await useCases.rollback(oldest?.changeId ?? ''))
  expect(await roleState('app')).toEqual(original)
  const count = (operation: string): number => writesOf(sandbox).filter((write) => write === operation).length
  expect(count('CreatePolicy')).toBeGreaterThan(0)
  expect(count('DeletePolicy')).toBe(count('CreatePolicy'))
})

it('F14: what replaces a policy is written before the policy goes; where AWS refuses it, nothing has gone', async () => {
  const { useCases, roleState, sandbox, setFaults } = await testAccount(shape('AWS managed replaced'))
  const original = await roleState('app')
  setFaults(({ operation }) =>
    operation === 'PutRolePolicy' ? { kind: 'error', code: 'MalformedPolicyDocument', status: 400, message: 'no' } : null,
  )
  expect(await applyNext(useCases, 'app')).toMatchObject({ ok: false, refusal: { code: 3 } })
  expect(writesOf(sandbox)).toEqual(['PutRolePolicy'])
  expect(await roleState('app')).toEqual(original)
  expect((await useCases.history('app'))[0]?.outcome).toBe('failed')
  setFaults(null)
  granted(await applyNext(useCases, 'app'))
  expect(writesOf(sandbox)).toEqual(['PutRolePolicy', 'PutRolePolicy', 'DetachRolePolicy'])
})

it('F15: at five versions none is deleted to make room: the policy is replaced for the role alone', async () => {
  const [policy] = shape('customer version').policies ?? []
  const [document] = policy?.versions ?? []
  const versions = Array.from({ length: 5 }, () => document ?? {})
  const fixture = { ...shape('customer version'), policies: [{ name: 'team', createdDaysAgo: 500, versions }] }
  const { useCases, roleState, sandbox } = await testAccount(fixture)
  const original = await roleState('app')
  const { changeId } = granted(await applyNext(useCases, 'app'))
  granted(await useCases.rollback(changeId))
  expect(writesOf(sandbox).filter((write) => write.includes('PolicyVersion'))).toEqual([])
  expect(original?.managed[0]?.versions).toHaveLength(5)
  expect(await roleState('app')).toEqual(original)
})

it('F16: texts that grow over the limits of IAM are split, and every stage fits', async () => {
  const { useCases } = await testAccount(shape('split into several'))
  const { stages } = await planOf(useCases, 'app')
  expect(stages.map(({ sizes }) => sizes.limitOk)).toEqual(stages.map(() => true))
  expect(stages.flatMap(({ operations }) => operations).filter(({ kind }) => kind === 'CreatePolicy').length).toBeGreaterThan(1)
})

it.each([
  ['F17', 'a stack', { 'aws:cloudformation:stack-name': 'shop' }],
  ['F18', 'Terraform', { 'managed-by': 'terraform' }],
])('%s: a role that belongs to %s is not changed behind its back', async (_, __, tags) => {
  const { useCases, sandbox } = await testAccount(tagged(tags))
  expect(refusalOf(await applyNext(useCases, 'app'))).toBe('guard:iac-owned')
  expect(writesOf(sandbox)).toEqual([])
})

it('F19: between what is added and what is taken away AWS gets time to enforce the first', async () => {
  const { restart, sandbox } = await testAccount(shape('AWS managed replaced'))
  granted(await applyNext(restart({ settleMs: 60_000 }), 'app'))
  const at = (operation: string): number => Date.parse(sandbox.callLog.find((call) => call.operation === operation)?.at ?? '')
  expect(at('DetachRolePolicy') - at('PutRolePolicy')).toBeGreaterThanOrEqual(60_000)
})

it('F20: who takes access away is told that open sessions live on', async () => {
  const { useCases } = await testAccount(shape('mixed'))
  expect(granted(await useCases.quarantine('app')).notes).toContain(OPEN_SESSIONS)
})

it('F21: of two changes at once one goes first, and the other is not let at what it left', async () => {
  const { useCases, restart, roleState } = await testAccount(shape('mixed'))
  const original = await roleState('app')
  const plan = await planOf(useCases, 'app')
  const outcomes = await Promise.all([useCases.apply(plan, 1), restart().apply(plan, 1)])
  expect(outcomes.map(refusalOf).sort()).toEqual(['lock', 'not refused'])
  expect(refusalOf(await restart().apply(plan, 1))).toBe('stage-order')
  granted(await useCases.rollback(granted(await useCases.undoable('app')).changeId))
  expect(await roleState('app')).toEqual(original)
})

it('F22: a plan is no change: it writes nothing, says so in no word, and without hands nothing can be applied', async () => {
  const { useCases, restart, sandbox } = await testAccount(shape('mixed'))
  const plan = await planOf(useCases, 'app')
  expect(plan.stages.length).toBeGreaterThan(0)
  expect(await useCases.history('app')).toEqual([])
  expect(refusalOf(await restart({ writer: null }).apply(plan, null))).toBe('read-only')
  expect(writesOf(sandbox)).toEqual([])
})

it('F23: a role that was protected after its plan was made is refused: guards are read again before the first write', async () => {
  const { useCases, sandbox } = await testAccount(shape('inline only'))
  const plan = await planOf(useCases, 'app')
  const { IAMClient, TagRoleCommand } = await import('@aws-sdk/client-iam')
  const credentials = { accessKeyId: 'AKIAOTHER', secretAccessKey: 'x' }
  const iam = new IAMClient({ region: 'us-east-1', credentials, requestHandler: sandbox.requestHandler })
  await iam.send(new TagRoleCommand({ RoleName: 'app', Tags: [{ Key: 'zt-tui:protected', Value: 'yes' }] }))
  iam.destroy()
  expect(refusalOf(await useCases.apply(plan, null))).toBe('guard:protected-tag')
  expect(writesOf(sandbox)).toEqual(['TagRole'])
})
