import { expect, it } from 'vitest'
import type { Operation } from '../../src/plan/operation.ts'
import type { RolePlan } from '../../src/plan/plan.ts'
import { planShapes } from '../support/plan-shapes.ts'
import { applyNext, granted, planOf, type TestAccount, testAccount } from '../support/test-account.ts'

const shape = planShapes['customer version'] ?? {}
const allowing = (action: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] })
const newVersionOf = ({ stages }: RolePlan): Operation & { kind: 'CreatePolicyVersion' } => {
  const found = stages.flatMap(({ operations }) => operations).find(({ kind }) => kind === 'CreatePolicyVersion')
  if (found?.kind !== 'CreatePolicyVersion') throw new Error('the plan makes no version')
  return found
}
const versionsOf = async ({ live }: TestAccount, arn: string): Promise<readonly (readonly [string, boolean])[]> =>
  ((await live.managedPolicy(arn))?.versions ?? []).map(({ versionId, isDefault }) => [versionId, isDefault] as const).toSorted()

/** Another admin makes a version with our text, and leaves the default as it was. */
async function makeOurText(account: TestAccount, { policyArn, oldVersionId, newText }: ReturnType<typeof newVersionOf>): Promise<string> {
  const id = await account.writer.createPolicyVersion(policyArn, newText)
  await account.writer.setDefaultPolicyVersion(policyArn, oldVersionId)
  return id
}

it('a version of theirs with our text makes the plan go another way, and is there after the rollback', async () => {
  const account = await testAccount(shape)
  const { useCases, roleState } = account
  const switched = newVersionOf(await planOf(useCases, 'app'))
  await makeOurText(account, switched)
  const original = await roleState('app')
  await useCases.scan()
  const plan = granted(await useCases.plan(['app'], { fresh: true })).roles[0]
  const texts = plan?.stages.flatMap(({ operations }) =>
    operations.flatMap((operation) => ('newText' in operation ? [operation.newText] : [])),
  )
  expect(texts).not.toContain(switched.newText)
  const { changeId } = granted(await applyNext(useCases, 'app'))
  granted(await useCases.rollback(changeId))
  expect(await roleState('app')).toEqual(original)
})

it('a version of theirs with our text, made after our rollback, is neither taken nor deleted when the rollback is undone', async () => {
  const account = await testAccount(shape)
  const { useCases } = account
  const switched = newVersionOf(await planOf(useCases, 'app'))
  const { changeId } = granted(await applyNext(useCases, 'app'))
  const rollback = granted(await useCases.rollback(changeId))
  const theirs = await makeOurText(account, switched)
  const before = await versionsOf(account, switched.policyArn)
  granted(await useCases.rollback(rollback.changeId))
  expect((await account.live.managedPolicy(switched.policyArn))?.defaultVersionId).not.toBe(theirs)
  granted(await useCases.rollback(changeId))
  expect(await versionsOf(account, switched.policyArn)).toEqual(before)
})

it('the default version that somebody deleted since comes back by its text', async () => {
  const account = await testAccount(shape)
  const { useCases, writer, roleState } = account
  const original = await roleState('app')
  const { policyArn, oldVersionId, oldText } = newVersionOf(await planOf(useCases, 'app'))
  const { changeId } = granted(await applyNext(useCases, 'app'))
  await writer.deletePolicyVersion(policyArn, oldVersionId)
  expect(granted(await useCases.rollback(changeId))).toMatchObject({ outcome: 'rolled-back', notes: [] })
  const now = (await roleState('app'))?.managed[0]?.versions ?? []
  expect(now.filter(({ isDefault }) => isDefault).map(({ text }) => text)).toEqual([oldText])
  expect(now).toHaveLength(original?.managed[0]?.versions.length ?? 0)
})

it('a snapshot that was put over a version of theirs gives way to it again when that is undone', async () => {
  const account = await testAccount(shape)
  const { useCases, writer } = account
  const { policyArn } = newVersionOf(await planOf(useCases, 'app'))
  const { changeId } = granted(await applyNext(useCases, 'app'))
  const theirs = await writer.createPolicyVersion(policyArn, allowing('s3:GetObject'))
  const rollback = granted(await useCases.rollback(changeId, { drift: 'snapshot' }))
  expect((await account.live.managedPolicy(policyArn))?.defaultVersionId).not.toBe(theirs)
  granted(await useCases.rollback(rollback.changeId))
  expect((await account.live.managedPolicy(policyArn))?.defaultVersionId).toBe(theirs)
})
