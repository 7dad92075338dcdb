import { describe, expect, it } from 'vitest'
import type { PlanStage, RolePlan } from '../../src/plan/plan.ts'
import type { Ledger } from '../../src/ports/ledger.ts'
import type { SandboxFixture } from '../../src/sandbox/index.ts'
import { planShapes } from '../support/plan-shapes.ts'
import { applyNext, granted, planOf, refusalOf, testAccount, writesOf } from '../support/test-account.ts'

const inline = planShapes['inline only'] ?? {}
const [app] = inline.roles ?? []

const named = (name: string, more: object = {}): SandboxFixture => ({ roles: [{ ...app, name, ...more }] })

describe('a change is refused, and nothing is written', () => {
  const GUARDED: readonly (readonly [string, SandboxFixture, string])[] = [
    ['service-linked', named('AWSServiceRoleForX', { path: '/aws-service-role/x.amazonaws.com/' }), 'AWSServiceRoleForX'],
    [
      'identity-center',
      named('AWSReservedSSO_Admin_0123456789abcdef', { path: '/aws-reserved/sso.amazonaws.com/' }),
      'AWSReservedSSO_Admin_0123456789abcdef',
    ],
    ['organization', named('OrganizationAccountAccessRole'), 'OrganizationAccountAccessRole'],
    ['infrastructure', named('cdk-hnb659fds-deploy-role'), 'cdk-hnb659fds-deploy-role'],
    ['break-glass', named('prod-BreakGlass'), 'prod-BreakGlass'],
    ['iac-owned', named('app', { tags: { 'managed-by': 'Terraform' } }), 'app'],
    ['protected-tag', named('app', { tags: { 'zt-tui:protected': 'yes' } }), 'app'],
  ]

  it.each(GUARDED)('by the guard %s', async (id, fixture, roleName) => {
    const { useCases, sandbox } = await testAccount(fixture)
    expect(refusalOf(await applyNext(useCases, roleName))).toBe(`guard:${id}`)
    expect(granted(await useCases.show(roleName)).protected).toBe(true)
    expect(writesOf(sandbox)).toEqual([])
  })

  it('unless an overridable guard is overridden by name and with a reason, which the ledger keeps', async () => {
    const { useCases, ledger } = await testAccount(named('prod-breakglass'))
    expect(refusalOf(await applyNext(useCases, 'prod-breakglass', { overrides: ['break-glass'] }))).toBe('reason')
    granted(await applyNext(useCases, 'prod-breakglass', { overrides: ['break-glass'], reason: 'agreed with the owner' }))
    expect(ledger.changes('demo')[0]).toMatchObject({ overrides: ['break-glass'], reason: 'agreed with the owner' })
  })

  it('and never by overriding an untouchable one', async () => {
    const { useCases } = await testAccount(named('AWSServiceRoleForX', { path: '/aws-service-role/x.amazonaws.com/' }))
    const options = { overrides: ['service-linked'], reason: 'please' }
    expect(refusalOf(await applyNext(useCases, 'AWSServiceRoleForX', options))).toBe('guard:service-linked')
  })

  it('when the role is not what the plan was made for any more', async () => {
    const { useCases, restart } = await testAccount(inline)
    const plan = await planOf(useCases, 'app')
    granted(await applyNext(useCases, 'app'))
    const stale: RolePlan = { ...plan, stateHash: 'another plan' }
    expect(refusalOf(await restart().apply(stale, null))).toBe('drift')
  })

  it('when stages are taken out of order', async () => {
    const { useCases, sandbox } = await testAccount(inline)
    expect(refusalOf(await useCases.apply(await planOf(useCases, 'app'), 2))).toBe('stage-order')
    expect(writesOf(sandbox)).toEqual([])
  })

  it('when a plan file was tampered with to grant something', async () => {
    const { useCases, sandbox } = await testAccount(inline)
    const plan = await planOf(useCases, 'app')
    const widened = plan.stages.map(
      (stage): PlanStage => ({
        ...stage,
        operations: stage.operations.map((operation) =>
          operation.kind === 'PutRolePolicy' ? { ...operation, after: operation.after.replace('"s3:', '"iam:PassRole","s3:') } : operation,
        ),
      }),
    )
    expect(refusalOf(await useCases.apply({ ...plan, stages: widened }, null))).toBe('proof')
    expect(writesOf(sandbox)).toEqual([])
  })

  it('when a plan file was tampered with to remove more than it says', async () => {
    const { useCases, sandbox } = await testAccount(inline)
    const plan = await planOf(useCases, 'app')
    const [first, ...rest] = plan.stages
    const understated = { ...plan, stages: [{ ...first, removes: first?.removes.slice(1) ?? [] } as PlanStage, ...rest] }
    expect(refusalOf(await useCases.apply(understated, null))).toBe('proof')
    expect(writesOf(sandbox)).toEqual([])
  })

  it('when a plan file shows other documents than its operations lead to', async () => {
    const { useCases, sandbox } = await testAccount(inline)
    const plan = await planOf(useCases, 'app')
    const nothing = { Version: '2012-10-17', Statement: [] }
    const lies = [
      (stage: PlanStage): PlanStage => ({ ...stage, after: stage.after.slice(1) }),
      (stage: PlanStage): PlanStage => ({ ...stage, after: stage.before }),
      (stage: PlanStage): PlanStage => ({ ...stage, after: stage.after.map((policy) => ({ ...policy, document: nothing })) }),
      (stage: PlanStage): PlanStage => ({ ...stage, before: stage.before.map((policy) => ({ ...policy, text: '{}' })) }),
    ]
    for (const lie of lies) expect(refusalOf(await useCases.apply({ ...plan, stages: plan.stages.map(lie) }, null))).toBe('proof')
    expect(writesOf(sandbox)).toEqual([])
  })

  it('when a plan file hides behind a pattern that it removes what is used', async () => {
    const { useCases, sandbox } = await testAccount(inline)
    const plan = await planOf(useCases, 'app')
    const stages = plan.stages.map((stage): PlanStage => ({ ...stage, removes: ['*'] }))
    expect(refusalOf(await useCases.apply({ ...plan, stages }, null))).toBe('used-since')
    expect(writesOf(sandbox)).toEqual([])
  })

  it('when a plan file removes what is used, or what nothing proves unused', async () => {
    const { useCases, sandbox } = await testAccount(inline)
    const plan = await planOf(useCases, 'app')
    const judged = granted(await useCases.show('app')).actions
    for (const [state, refusal] of [
      ['used', 'used-since'],
      ['unknown', 'not-unused'],
    ] as const) {
      const action = judged.find((one) => one.state === state)?.action ?? ''
      const [first] = granted(await useCases.plan(['app'], { remove: state === 'unknown' ? [action] : [], fresh: true })).roles
      const stages = (first ?? plan).stages.map((stage): PlanStage => without(stage, action))
      expect(refusalOf(await useCases.apply({ ...(first ?? plan), asked: [], stages: [merged(stages)] }, null))).toBe(refusal)
    }
    expect(writesOf(sandbox)).toEqual([])
  })

  it('in read-only mode, where there is nothing to write with', async () => {
    const { useCases } = await testAccount(inline, () => ({ writer: null }))
    expect(useCases.readOnly).toBe(true)
    expect(refusalOf(await applyNext(useCases, 'app'))).toBe('read-only')
  })

  it('while another process is changing the account', async () => {
    const { useCases, ledger } = await testAccount(inline)
    const plan = await planOf(useCases, 'app')
    const lock = await ledger.lock('demo', { waitMs: 0, what: 'a test' })
    expect(refusalOf(await useCases.apply(plan, null))).toBe('lock')
    if (lock.held) lock.release()
    expect(refusalOf(await useCases.apply(plan, null))).toBe('not refused')
  })

  it('when there is nothing to remove, no such role, or nothing to undo', async () => {
    const used = {
      roles: [
        {
          name: 'app',
          createdDaysAgo: 400,
          inline: { a: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"}]}' },
          usage: [{ actions: ['s3:ListAllMyBuckets'], daysAgo: 1 }],
        },
      ],
    }
    const { useCases } = await testAccount(used)
    expect(refusalOf(await applyNext(useCases, 'app'))).toBe('nothing-to-apply')
    expect(refusalOf(await useCases.plan(['nobody']))).toBe('unknown-role')
    expect(refusalOf(await useCases.undoable('app'))).toBe('nothing-to-undo')
    expect(refusalOf(await useCases.rollback('no-such-change'))).toBe('unknown-change')
  })
})

/** The stage with one action more taken out of its new texts and put on its list. */
const without = (stage: PlanStage, action: string): PlanStage => ({
  ...stage,
  after: stage.after.map((policy) => {
    const text = policy.text.replace(`"${action}",`, '')
    return { ...policy, text, document: JSON.parse(text) }
  }),
  removes: [...new Set([...stage.removes, action])],
  operations: stage.operations.map((operation) =>
    operation.kind === 'PutRolePolicy' ? { ...operation, after: operation.after.replace(`"${action}",`, '') } : operation,
  ),
})

/** All stages at once: the last texts, and everything that goes. */
function merged(stages: readonly PlanStage[]): PlanStage {
  const [first] = stages
  const last = stages.at(-1)
  const [from] = first?.operations ?? []
  const [to] = last?.operations ?? []
  if (first === undefined || from?.kind !== 'PutRolePolicy' || to?.kind !== 'PutRolePolicy') throw new Error('not the expected shape')
  const removes = [...new Set(stages.flatMap((stage) => stage.removes))]
  return { ...first, removes, after: last?.after ?? [], operations: [{ ...from, after: to.after }] }
}

describe('a change that a dead process left open', () => {
  it('is named by history and stands in the way of every undo', async () => {
    class Killed extends Error {}
    const dying = (ledger: Ledger): Ledger => ({
      ...ledger,
      setOperation() {
        throw new Killed()
      },
    })
    const { useCases, restart } = await testAccount(inline, (ledger) => ({ ledger: dying(ledger) }))
    await expect(applyNext(useCases, 'app')).rejects.toThrow(Killed)
    const next = restart()
    expect((await next.history('app'))[0]?.outcome).toBe('interrupted')
    expect(await next.undoable('app')).toMatchObject({ ok: false, refusal: { code: 5, id: 'open-change' } })
  })
})

describe('a plan', () => {
  it('stays what it was from its first stage to its last, and a rolled-back stage is open again', async () => {
    const { useCases, restart } = await testAccount(inline)
    const plan = await planOf(useCases, 'app')
    const { changeId } = granted(await applyNext(useCases, 'app'))
    const next = restart()
    expect(await planOf(next, 'app')).toEqual(plan)
    expect(granted(await next.show('app')).stage).toEqual({ applied: 1, total: plan.stages.length, state: 'soaking' })
    granted(await next.rollback(changeId))
    expect(granted(await restart().show('app')).stage).toMatchObject({ applied: 0, total: null })
    expect(granted(await applyNext(restart(), 'app')).stage).toBe(1)
  })

  it('can be asked anew in the middle', async () => {
    const { useCases } = await testAccount(inline)
    const plan = await planOf(useCases, 'app')
    granted(await applyNext(useCases, 'app'))
    await useCases.scan()
    const [fresh] = granted(await useCases.plan(['app'], { fresh: true })).roles
    expect(fresh?.stateHash).not.toBe(plan.stateHash)
    expect(fresh?.stages.map(({ removes }) => removes)).toEqual(plan.stages.slice(1).map(({ removes }) => removes))
    if (fresh !== undefined) expect(granted(await useCases.apply(fresh, null)).stage).toBe(1)
  })

  it('advises a longer window where the name speaks of what runs rarely', async () => {
    const { useCases } = await testAccount(named('db-restore'))
    const [plan] = granted(await useCases.plan(['db-restore'])).roles
    expect(plan?.notes).toEqual([expect.stringContaining('--window 365')])
  })

  it('refuses to remove what is used, and keeps what it is told to keep', async () => {
    const { useCases } = await testAccount(inline)
    expect(refusalOf(await useCases.plan(['app'], { remove: ['s3:ListAllMyBuckets'] }))).toBe('used-action')
    const [plan] = granted(await useCases.plan(['app'], { keep: ['s3:*'] })).roles
    expect(plan?.stages.flatMap(({ removes }) => removes).filter((action) => action.startsWith('s3:'))).toEqual([])
  })
})
