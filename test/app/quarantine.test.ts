import { expect, it } from 'vitest'
import { planShapes } from '../support/plan-shapes.ts'
import { applyNext, granted, refusalOf, testAccount } from '../support/test-account.ts'

const mixed = planShapes.mixed ?? {}

it('denies everything with one call, and release puts the role back exactly', async () => {
  const { useCases, roleState } = await testAccount(mixed)
  const original = await roleState('app')
  const report = granted(await useCases.quarantine('app', { reason: 'idle' }))
  expect(report.operations.map(({ kind }) => kind)).toEqual(['PutRolePolicy'])
  expect((await roleState('app'))?.inline.map(({ name }) => name)).toContain('zt-tui-quarantine')
  expect(refusalOf(await useCases.quarantine('app'))).toBe('quarantined')
  expect(granted(await useCases.release('app')).outcome).toBe('rolled-back')
  expect(await roleState('app')).toEqual(original)
  expect(refusalOf(await useCases.release('app'))).toBe('nothing-to-undo')
  expect((await useCases.history('app')).map(({ kind, outcome }) => [kind, outcome])).toEqual([
    ['release', 'rolled-back'],
    ['quarantine', 'rolled-back'],
  ])
})

it('goes first when an earlier change of the role is rolled back', async () => {
  const { useCases, roleState } = await testAccount(mixed)
  const original = await roleState('app')
  const { changeId } = granted(await applyNext(useCases, 'app'))
  granted(await useCases.quarantine('app'))
  granted(await useCases.rollback(changeId))
  expect(await roleState('app')).toEqual(original)
})

it('refuses guarded roles and roles that do not exist', async () => {
  const { useCases } = await testAccount({ roles: [{ name: 'break-glass' }] })
  expect(refusalOf(await useCases.quarantine('break-glass'))).toBe('guard:break-glass')
  expect(refusalOf(await useCases.quarantine('nobody'))).toBe('unknown-role')
})
