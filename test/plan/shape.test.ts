import { describe, expect, it } from 'vitest'
import { applyOperations } from '../../src/plan/apply-operation.ts'
import { type Operation, operationTarget } from '../../src/plan/operation.ts'
import type { RolePlan } from '../../src/plan/plan.ts'
import { isProved } from '../../src/plan/proof.ts'
import { policySize } from '../../src/policy/size.ts'
import type { RawStatement } from '../support/evaluator.ts'
import { planFor, type RoleBuilder, role, type Wish } from '../support/role-builder.ts'
import { smallUniverse } from '../support/small-catalog.ts'

const universe = smallUniverse()

const text = (...statements: readonly Partial<RawStatement>[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((one) => ({ Effect: 'Allow', Action: 's3:*', Resource: '*', ...one })),
  })

/** All in one stage: a single read. */
const oneStage: Wish = { unused: ['s3:GetObject'] }

function operationsOf(plan: RolePlan): Operation[] {
  expect(plan.stages.map(({ proof }) => proof.counterexample)).toEqual(plan.stages.map(() => null))
  expect(plan.stages.every(({ proof }) => isProved(proof))).toBe(true)
  return plan.stages.flatMap(({ operations }) => operations)
}

const shown = (operation: Operation): string =>
  `${operation.kind} ${'policyName' in operation ? operation.policyName.replace(/[0-9a-f]{6}$/, '#') : operationTarget(operation)}`
const shapeOf = (builder: RoleBuilder, wish: Wish): string[] => operationsOf(planFor(builder, universe, wish)).map(shown)

describe('where a tightened text goes', () => {
  it.each<[what: string, builder: RoleBuilder, wish: Wish, operations: readonly string[]]>([
    ['an inline policy: in place', role().allows('s3:*'), oneStage, ['PutRolePolicy main']],
    ['an inline policy of which nothing stays: it goes', role().allows('s3:GetObject'), oneStage, ['DeleteRolePolicy main']],
    [
      'a customer managed policy that only this role has: a new version',
      role().hasManaged('team', text({})),
      oneStage,
      ['CreatePolicyVersion arn:aws:iam::123456789012:policy/team'],
    ],
    [
      'one that others have too: a fork beside it, then it is detached',
      role().hasManaged('team', text({}), { attachedTo: 2 }),
      oneStage,
      ['PutRolePolicy zt-team', 'DetachRolePolicy team'],
    ],
    [
      'one that is a permissions boundary too: a fork',
      role().hasManaged('team', text({}), { boundaryOf: 1 }),
      oneStage,
      ['PutRolePolicy zt-team', 'DetachRolePolicy team'],
    ],
    [
      'one with all five versions: a fork',
      role().hasManaged('team', text({}), { earlier: ['{"Statement":[]}', '{"Statement":[] }', '{"Statement": []}', '{ "Statement":[]}'] }),
      oneStage,
      ['PutRolePolicy zt-team', 'DetachRolePolicy team'],
    ],
    [
      'a policy of AWS: a fork',
      role().hasAwsManaged('AmazonS3FullAccess', text({})),
      oneStage,
      ['PutRolePolicy zt-AmazonS3FullAccess', 'DetachRolePolicy AmazonS3FullAccess'],
    ],
    [
      'a policy of AWS of which nothing stays: detached',
      role().hasAwsManaged('Reader', text({ Action: 's3:GetObject' })),
      oneStage,
      ['DetachRolePolicy Reader'],
    ],
    [
      'a fork that does not fit inline: a policy of the role',
      role().hasAwsManaged('AmazonS3FullAccess', text({})),
      { ...oneStage, limits: { inlineSumPerRole: 100 } },
      [
        'CreatePolicy web-app-AmazonS3FullAccess-1-#',
        'AttachRolePolicy web-app-AmazonS3FullAccess-1-#',
        'DetachRolePolicy AmazonS3FullAccess',
      ],
    ],
    [
      'two names that differ in case only: two forks',
      role().hasAwsManaged('Reader', text({})).hasManaged('READER', text({}), { attachedTo: 2 }),
      oneStage,
      ['PutRolePolicy zt-Reader', 'PutRolePolicy zt-READER-2', 'DetachRolePolicy Reader', 'DetachRolePolicy READER'],
    ],
    [
      'a fork whose name is taken: another name',
      role()
        .hasInline('ZT-reader', text({ Action: 'sqs:*' }))
        .hasAwsManaged('Reader', text({})),
      oneStage,
      ['PutRolePolicy zt-Reader-2', 'DetachRolePolicy Reader'],
    ],
  ])('%s', (_, builder, wish, operations) => {
    expect(shapeOf(builder, wish)).toEqual(operations)
  })

  it('two policies of the role with the same text get two names', () => {
    const two = role().hasAwsManaged('Reader', text({})).hasManaged('Reader', text({}), { attachedTo: 2 })
    const operations = operationsOf(planFor(two, universe, { ...oneStage, limits: { inlineSumPerRole: 10 } }))
    const made = operations.flatMap((operation) => (operation.kind === 'CreatePolicy' ? [operation.policyName] : []))
    expect(new Set(made).size).toBe(2)
  })

  it('a version that is there already is not made again, so that taking it back cannot delete the old one', () => {
    const [first] = operationsOf(planFor(role().hasManaged('team', text({})), universe, oneStage))
    const tightened = first?.kind === 'CreatePolicyVersion' ? first.newText : ''
    for (const earlier of [tightened, JSON.stringify(JSON.parse(tightened), null, 2)]) {
      const widened = role().hasManaged('team', text({}), { earlier: [earlier] })
      expect(shapeOf(widened, oneStage)).toEqual(['PutRolePolicy zt-team', 'DetachRolePolicy team'])
    }
  })
})

describe('names of what a plan makes', () => {
  const small: Wish['limits'] = { inlineSumPerRole: 10 }

  it('do not grow when a fork of ours is moved again', () => {
    const tooLong = role().hasInline('zt-AdministratorAccess', text({}))
    const moved = planFor(tooLong, universe, { unused: ['s3:PutBucketPolicy'], limits: { inlineSumPerRole: 120 } })
    expect(moved.stages.flatMap(({ operations }) => operations).map(shown)).toEqual([
      'CreatePolicy web-app-AdministratorAccess-1-#',
      'AttachRolePolicy web-app-AdministratorAccess-1-#',
      'DeleteRolePolicy zt-AdministratorAccess',
    ])
  })

  it('do not grow when a policy of the role is split anew', () => {
    const own = role().hasManaged('web-app-AdministratorAccess-1-abcdef', text({}), { path: '/zt-tui/', attachedTo: 2 })
    expect(shapeOf(own, { ...oneStage, limits: small })).toEqual([
      'CreatePolicy web-app-AdministratorAccess-1-#',
      'AttachRolePolicy web-app-AdministratorAccess-1-#',
      'DetachRolePolicy web-app-AdministratorAccess-1-#',
    ])
  })

  it('fit into what IAM allows', () => {
    const long = role('r'.repeat(64)).hasAwsManaged('P'.repeat(128), text({}))
    for (const limits of [{}, small]) {
      const names = operationsOf(planFor(long, universe, { ...oneStage, limits })).flatMap((operation) =>
        'policyName' in operation ? [operation.policyName] : [],
      )
      for (const name of names) expect(name.length).toBeLessThanOrEqual(128)
    }
  })
})

describe('the room', () => {
  const others = role()
    .hasInline('first', text({}))
    .hasInline('second', text({ Action: 'kms:*' }))
  const wish = { unused: ['s3:PutObject', 'kms:Encrypt'] }

  it('goes to each text as it needs it: names are literal as long as all fit together', () => {
    const literal = planFor(others, universe, wish)
    const needed = literal.stages.at(-1)?.sizes.inline ?? 0
    expect(JSON.stringify(literal.stages.at(-1)?.after)).not.toContain('*Bucket')
    const exactly = planFor(others, universe, { ...wish, limits: { inlineSumPerRole: needed + 10 } })
    const texts = (plan: RolePlan): string[] => plan.stages.at(-1)?.after.map((policy) => policy.text) ?? []
    expect(texts(exactly)).toEqual(texts(literal))
    const tighter = planFor(others, universe, { ...wish, limits: { inlineSumPerRole: needed - 20 } })
    expect(texts(tighter).join()).toContain('*"')
    expect(tighter.stages.at(-1)?.sizes.inline).toBeLessThanOrEqual(needed - 20)
  })

  it('is checked while forks stand beside the old texts', () => {
    const full = role()
      .hasInline('main', text({ Action: ['s3:GetObject', 'sqs:*'] }))
      .hasAwsManaged('Reader', text({}))
    const limit = policySize(text({ Action: ['s3:GetObject', 'sqs:*'] })) + 150
    const plan = planFor(full, universe, { unused: ['s3:Get*'], limits: { inlineSumPerRole: limit } })
    let { state } = full
    for (const operation of operationsOf(plan)) {
      state = applyOperations(state, [operation])
      expect(state.inline.reduce((sum, policy) => sum + policySize(policy.text), 0)).toBeLessThanOrEqual(limit)
    }
  })

  it.each<[what: string, limits: Wish['limits'], said: string]>([
    ['no further policy may be made', { inlineSumPerRole: 10, extraPolicies: 0 }, 'and there is room for 10'],
    [
      'no slot is free',
      { inlineSumPerRole: 10, attachedPerRole: 1 },
      'all 1 attachment slots are taken or needed: detach 1 of its policies, or ask AWS to raise "Managed policies per role"',
    ],
    ['no document is long enough', { inlineSumPerRole: 10, managedPolicySize: 60 }, 'Reader does not fit: its tightened text needs'],
    [
      'the quota of the account is used up',
      { inlineSumPerRole: 10, extraPolicies: 0, freePolicies: 0 },
      'the account has room for none: delete unused ones, or ask AWS to raise "Customer managed policies per account"',
    ],
  ])('says why nothing fits: %s', (_, limits, said) => {
    const plan = planFor(role().hasAwsManaged('Reader', text({})), universe, { ...oneStage, limits: limits ?? {} })
    expect(plan.stages).toEqual([])
    expect(plan.notes.join()).toContain(said)
  })

  it('that long lists lack is found by keeping whole services, as the note says', () => {
    const odd = universe.names.filter((name, at) => at % 2 === 0 && name !== 'iam:PassRole')
    const wish = { unused: odd, limits: { inlineSumPerRole: 300, extraPolicies: 0 } }
    const wide = role().hasAwsManaged('Admin', text({ Action: [...new Set(universe.names.map((name) => `${name.split(':')[0]}:*`))] }))
    const [note = ''] = planFor(wide, universe, wish).notes
    expect(note).toMatch(/Admin does not fit: .* keep whole services to make it fit: (--keep '[\w-]+:\*' ?)+$/)
    const keep = [...note.matchAll(/--keep '([^']+)'/g)].map(([, pattern]) => pattern ?? '')
    expect(planFor(wide, universe, { ...wish, keep }).notes).toEqual([])
  })

  it('for further policies is counted in the account too', () => {
    const lists = ['a', 'b'].reduce((from, name) => from.hasAwsManaged(name, text({ Action: ['s3:*', `${name}:*`] })), role())
    const limits = { inlineSumPerRole: 10, extraPolicies: 1, freePolicies: 1 }
    const { stages, notes } = planFor(lists, universe, { unused: ['s3:Delete*'], limits })
    expect(stages).toEqual([])
    expect(notes.join()).toContain('it would need 2 further policies and the account has room for 1:')
    expect(planFor(lists, universe, { unused: ['s3:Delete*'], limits: { ...limits, freePolicies: 9 } }).notes.join()).toContain(
      'it would need 2 further policies, and a stage may make 1',
    )
  })

  it('is there for texts that grow after others have shrunk', () => {
    const long = text({ Action: universe.names.filter((name) => name.startsWith('s3:') && name !== 's3:GetObject').concat('s3:GetObject') })
    const short = text({ Action: ['kms:*'] })
    const both = role().hasInline('grows', short).hasInline('shrinks', long)
    const limit = policySize(long) + policySize(short)
    const plan = planFor(both, universe, {
      unused: ['kms:ScheduleKeyDeletion', ...universe.names.filter((name) => /^s3:(Put|Delete)(Object|Bucket)$/.test(name))],
      limits: { inlineSumPerRole: limit, extraPolicies: 0 },
    })
    expect(operationsOf(plan).map(shown)).toEqual(['PutRolePolicy shrinks', 'PutRolePolicy grows'])
    expect(plan.stages.at(-1)?.sizes.inline).toBeLessThanOrEqual(limit)
  })

  it('is enough when the last slot is free, whatever else the stage does', () => {
    const one = role().hasAwsManaged('Reader', text({})).allows('s3:GetObject')
    const plan = planFor(one, universe, { ...oneStage, limits: { inlineSumPerRole: 150, attachedPerRole: 2 } })
    expect(operationsOf(plan).filter(({ kind }) => kind === 'AttachRolePolicy')).toHaveLength(1)
  })

  it('of a document is filled with literal names: wildcards come only as far as the last names need them', () => {
    const all = role().hasAwsManaged('Admin', text({ Action: '*' }))
    const plan = planFor(all, universe, { ...oneStage, limits: { inlineSumPerRole: 10, managedPolicySize: 900 } })
    const [document = '', ...more] = operationsOf(plan).flatMap((operation) =>
      operation.kind === 'CreatePolicy' ? [operation.document] : [],
    )
    expect(more).toEqual([])
    expect(policySize(document)).toBeLessThanOrEqual(900)
    expect(policySize(document)).toBeGreaterThan(700)
  })
})
