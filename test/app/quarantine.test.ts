import { describe, expect, it } from 'vitest'
import { planShapes } from '../support/plan-shapes.ts'
import { applyNext, granted, planOf, refusalOf, testAccount, writesOf } from '../support/test-account.ts'

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

describe('with the trust policy', () => {
  const service =
    '{ "Version":"2012-10-17",\n  "Statement": {"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"} }'

  it('denies new sessions too, before unchanged statements, and release puts it back byte for byte', async () => {
    const { useCases, roleState, writer, sandbox } = await testAccount(mixed)
    await writer.updateAssumeRolePolicy('app', service)
    const original = await roleState('app')
    const report = granted(await useCases.quarantine('app', { trust: true }))
    expect(report.operations.map(({ kind }) => kind)).toEqual(['PutRolePolicy', 'UpdateAssumeRolePolicy'])
    expect(report.notes).toEqual([expect.stringContaining('no new ones begin')])
    const { Statement } = JSON.parse((await roleState('app'))?.trust ?? '')
    expect(Statement).toMatchObject([
      { Effect: 'Deny', Sid: 'ZtTuiQuarantine' },
      { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' } },
    ])
    granted(await useCases.release('app'))
    expect(await roleState('app')).toEqual(original)
    expect((await roleState('app'))?.trust).toBe(original?.trust)
    expect(writesOf(sandbox).filter((operation) => operation === 'UpdateAssumeRolePolicy')).toHaveLength(3)
  })

  it('shows an edit of the trust policy since, and writes over it only when asked', async () => {
    const { useCases, roleState, writer } = await testAccount(mixed)
    await writer.updateAssumeRolePolicy('app', service)
    const original = await roleState('app')
    granted(await useCases.quarantine('app', { trust: true }))
    await writer.updateAssumeRolePolicy('app', service.replace('ec2', 'lambda'))
    expect(await useCases.release('app')).toMatchObject({
      ok: false,
      refusal: { id: 'drift', drift: [{ kind: 'trust', verdict: 'conflict' }] },
    })
    granted(await useCases.release('app', { drift: 'snapshot' }))
    expect(await roleState('app')).toEqual(original)
  })

  const trusting = (principal: string): string => service.replace('{"Service":"ec2.amazonaws.com"}', JSON.stringify({ AWS: principal }))

  it.each([
    ['a role that is gone', trusting('AROAEXAMPLEID1234567'), /which are gone/],
    ['a session', trusting('arn:aws:sts::123456789012:assumed-role/ci/me'), /nobody can look up/],
    ['a role of another account', trusting('arn:aws:iam::999999999999:role/ci'), /cannot be verified/],
    ['a role that is not there', trusting('arn:aws:iam::123456789012:role/no-such'), /cannot be verified/],
    [
      'too much to say',
      service.replace('"Action"', `"Condition":{"StringLike":{"aws:PrincipalArn":"${'x'.repeat(1900)}"}},"Action"`),
      /of 2048/,
    ],
  ])('is refused where it names %s, and nothing is written', async (_, trust, message) => {
    const { live, restart, sandbox } = await testAccount(mixed)
    // The embedded account refuses such texts as AWS does, so they are shown by the reader alone.
    const roleState: typeof live.roleState = async (roleName) => {
      const state = await live.roleState(roleName)
      return state === null ? null : { ...state, trust }
    }
    const refused = await restart({ live: { ...live, roleState } }).quarantine('app', { trust: true })
    expect(refusalOf(refused)).toBe('trust')
    expect(refused.ok ? '' : refused.refusal.message).toMatch(message)
    expect(writesOf(sandbox)).toEqual([])
  })

  it('is no business of a plan: a file that says so is refused', async () => {
    const { useCases, roleState, sandbox } = await testAccount(mixed)
    const plan = await planOf(useCases, 'app')
    const before = (await roleState('app'))?.trust ?? ''
    const evil = { kind: 'UpdateAssumeRolePolicy', target: 'trust policy', before, after: before.replace('ec2', 'lambda') } as const
    const stages = plan.stages.map((stage) => ({ ...stage, operations: [evil, ...stage.operations] }))
    expect(refusalOf(await useCases.apply({ ...plan, stages }, null))).toBe('proof')
    expect(writesOf(sandbox)).toEqual([])
  })
})
