import { describe, expect, it } from 'vitest'
import { createPolicyReader } from '../../src/account/role-policies.ts'
import type { RoleState } from '../../src/account/role-state.ts'
import { applyOperations } from '../../src/plan/apply-operation.ts'
import type { Operation } from '../../src/plan/operation.ts'
import type { StageProof } from '../../src/plan/plan.ts'
import { proveStage } from '../../src/plan/proof.ts'
import { patternSet } from '../../src/policy/universe.ts'
import type { RawStatement } from '../support/evaluator.ts'
import { limits, type RoleBuilder, role, textsOf } from '../support/role-builder.ts'
import { smallUniverse } from '../support/small-catalog.ts'

const universe = smallUniverse(['other:Do'])

type Claim = { readonly removes?: readonly string[]; readonly after?: RoleState; readonly limits?: Partial<typeof limits> }

function prove({ state }: RoleBuilder, operations: readonly Operation[], claim: Claim = {}): StageProof {
  return proveStage({
    universe,
    read: createPolicyReader(),
    limits: { ...limits, ...claim.limits },
    before: state,
    after: claim.after ?? applyOperations(state, operations),
    operations,
    removed: patternSet(universe, claim.removes ?? []),
  })
}

const text = (...statements: readonly Partial<RawStatement>[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((one) => ({ Effect: 'Allow', Action: 's3:*', Resource: '*', ...one })),
  })

const mainOf = ({ state }: RoleBuilder): string => state.inline.find(({ name }) => name === 'main')?.text ?? ''
const put = (builder: RoleBuilder, after: string): Operation => ({
  kind: 'PutRolePolicy',
  policyName: 'main',
  before: mainOf(builder),
  after,
})

const PROVED = { noNewAccess: true, usedKept: true, prefixes: true, counterexample: null }

const builder = role().allows('s3:*').denies('s3:DeleteBucket')
const deny: Partial<RawStatement> = { Effect: 'Deny', Action: 's3:DeleteBucket' }
const noObjects = universe.names.filter((name) => name.startsWith('s3:') && !name.includes('Object'))

describe('a stage is proved', () => {
  it('when it removes what it says and nothing else', () => {
    const after = text({ Action: noObjects }, deny)
    expect(prove(builder, [put(builder, after)], { removes: universe.names.filter((name) => /^s3:.*Object/.test(name)) })).toEqual(PROVED)
  })

  it('when statements only move to another policy of the role, each Deny with them', () => {
    const operations: Operation[] = [
      { kind: 'PutRolePolicy', policyName: 'moved', before: null, after: text(deny, { Action: ['s3:*'] }) },
      { kind: 'DeleteRolePolicy', policyName: 'main', before: mainOf(builder) },
    ]
    expect(prove(builder, operations)).toEqual(PROVED)
  })
})

describe('new access is found', () => {
  it.each<[what: string, after: string, said: string]>([
    ['another service', text({}, { Action: 'sqs:SendMessage' }, deny), 'new access: Action sqs:SendMessage on Resource *'],
    ['a wildcard that reaches further than the statement', text({ Action: '*' }, deny), 'new access: Action *'],
    ['a Deny that is gone', text({}), 'a Deny statement would go: s3:DeleteBucket'],
    ['a Deny that denies less', text({}, { ...deny, Resource: 'arn:aws:s3:::a' }), 'a Deny statement would go'],
    [
      'a Deny under a condition',
      text({}, { ...deny, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } }),
      'a Deny statement would go',
    ],
    [
      'a Deny with more in its NotAction',
      text({}, { Effect: 'Deny', Action: undefined, NotAction: ['s3:*'] }),
      'a Deny statement would go',
    ],
    [
      'a document that nobody can read',
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*"}]}',
      'main does not parse and would be added',
    ],
    ['a document with a key given twice', `{"Statement":[],"Statement":${text({})}}`, 'main does not parse and would be added'],
  ])('%s', (_, after, said) => {
    const proof = prove(builder, [put(builder, after)], { removes: ['s3:*'] })
    expect(proof).toMatchObject({ noNewAccess: false, prefixes: false })
    expect(proof.counterexample).toContain(said)
  })

  it('in a policy of AWS that a tampered plan attaches, whose document nobody has seen', () => {
    const policyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
    const proof = prove(builder, [{ kind: 'AttachRolePolicy', policyName: 'AdministratorAccess', policyArn }])
    expect(proof).toMatchObject({ noNewAccess: false, counterexample: `${policyArn} does not parse and would be added` })
  })

  it('in a policy that a tampered plan makes harmless under the name of another one', () => {
    const policyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
    const made = { policyName: 'AdministratorAccess', path: '/zt-tui/', policyArn, document: text({}, deny), description: '', tags: [] }
    const operations: Operation[] = [
      { ...made, kind: 'CreatePolicy' },
      { kind: 'AttachRolePolicy', policyName: 'AdministratorAccess', policyArn },
    ]
    const proof = prove(builder, operations)
    expect(proof.prefixes).toBe(false)
    expect(proof.counterexample).toContain(`${policyArn} is not what making /zt-tui/AdministratorAccess gives`)
    const right = 'arn:aws:iam::123456789012:policy/zt-tui/AdministratorAccess'
    expect(
      prove(
        builder,
        operations.map((operation) => ({ ...operation, policyArn: right })),
      ),
    ).toEqual(PROVED)
  })

  it('in an Allow with NotAction that is split into two statements', () => {
    const all = role().hasInline('main', text({ Action: undefined, NotAction: ['iam:*', 'kms:*'] }))
    const split = text({ Action: undefined, NotAction: ['iam:*'] }, { Action: undefined, NotAction: ['kms:*'] })
    expect(prove(all, [put(all, split)])).toMatchObject({ noNewAccess: false })
  })

  it('in a policy that nobody can read and that changes', () => {
    const broken = role().hasInline('main', '{"Statement":')
    expect(prove(broken, [put(broken, text({}))])).toMatchObject({
      noNewAccess: false,
      counterexample: 'main does not parse and would change',
    })
  })
})

describe('a loss is found', () => {
  it.each<[what: string, after: string, said: string]>([
    ['an action that was not announced', text({ Action: noObjects }, deny), 'lost: s3:'],
    ['on one of several resources', text({ Resource: ['arn:aws:s3:::a'] }, deny), 'lost: s3:DeleteBucket on *'],
    ['under a new condition', text({ Condition: { StringEquals: { k: 'v' } } }, deny), 'lost: s3:'],
    ['by a new Deny', text({}, deny, { Effect: 'Deny', Action: 's3:PutObject' }), 'a new Deny statement: s3:PutObject'],
  ])('%s', (_, after, said) => {
    const proof = prove(builder, [put(builder, after)])
    expect(proof).toMatchObject({ noNewAccess: true, usedKept: false })
    expect(proof.counterexample).toContain(said)
  })

  it('of a wildcard that matches nothing in the catalog', () => {
    const unheard = role().allows(['s3:PutObject', 'brandnew:*'])
    const proof = prove(unheard, [put(unheard, text({ Action: 's3:PutObject' }))])
    expect(proof).toMatchObject({ usedKept: false, counterexample: 'lost: Action brandnew:* on Resource *' })
  })

  it('of an action outside the catalog that a list names', () => {
    const named = role().allows(['s3:PutObject', 'other:Do'])
    expect(prove(named, [put(named, text({ Action: 's3:PutObject' }))])).toMatchObject({
      usedKept: false,
      counterexample: 'lost: other:Do on *',
    })
  })
})

describe('a wrong step is found', () => {
  const shared = role().hasManaged('team', text({}), { attachedTo: 2 })
  const alone = role().hasManaged('team', text({}))
  const newVersion = (of: RoleBuilder): Operation => ({
    kind: 'CreatePolicyVersion',
    policyArn: of.state.managed[0]?.arn ?? '',
    oldVersionId: 'v1',
    oldText: textsOf(of.state)[0] ?? '',
    newText: text({ Action: noObjects }),
  })
  const objects = universe.names.filter((name) => /^s3:.*Object/.test(name))
  const fork: Operation = { kind: 'PutRolePolicy', policyName: 'fork', before: null, after: mainOf(builder) }
  const gone: Operation = { kind: 'DeleteRolePolicy', policyName: 'main', before: mainOf(builder) }

  it.each<[what: string, of: RoleBuilder, operations: readonly Operation[], said: string, claim?: Claim]>([
    ['taking away before adding', builder, [gone, fork], 'adds after something was taken away'],
    [
      'replacing what is not there',
      builder,
      [{ kind: 'PutRolePolicy', policyName: 'main', before: text({}), after: mainOf(builder) }],
      'main is not what it replaces',
    ],
    [
      'making what is there',
      builder,
      [{ kind: 'PutRolePolicy', policyName: 'MAIN', before: null, after: mainOf(builder) }],
      'MAIN is not what it replaces',
    ],
    [
      'detaching what is not attached',
      builder,
      [{ kind: 'DetachRolePolicy', policyName: 'x', policyArn: 'arn:aws:iam::aws:policy/x' }],
      'x is not attached',
    ],
    ['changing a policy that others have', shared, [newVersion(shared)], 'team is attached to others too', { removes: objects }],
    [
      'changing a permissions boundary',
      role().hasManaged('team', text({}), { boundaryOf: 1 }),
      [newVersion(alone)],
      'team is a permissions boundary too',
      { removes: objects },
    ],
    [
      'a sixth version',
      role().hasManaged('team', text({}), { earlier: ['{"Statement":[]}', '{ "Statement":[]}', '{"Statement": []}', '{"Statement":[] }'] }),
      [{ ...newVersion(alone), oldVersionId: 'v5' } as Operation],
      'team has 6 versions',
      { removes: objects },
    ],
    [
      'a version that is there already: taking it back would delete the old one',
      role().hasManaged('team', text({}), { earlier: [text({ Action: noObjects })] }),
      [{ ...newVersion(alone), oldVersionId: 'v2' } as Operation],
      'team has such a version already',
      { removes: objects },
    ],
    ['more inline text than fits meanwhile', builder, [fork, gone], 'inline policies need', { limits: { inlineSumPerRole: 200 } }],
    ['operations that lead elsewhere', builder, [fork, gone], 'do not lead to the documents that are shown', { after: builder.state }],
    [
      'an operation that only takes back',
      alone,
      [{ ...newVersion(alone), kind: 'DeletePolicyVersion' } as Operation],
      'only takes a change back',
    ],
  ])('%s', (_, of, operations, said, claim) => {
    const proof = prove(of, operations, claim)
    expect(proof.prefixes).toBe(false)
    expect(proof.counterexample).toContain(said)
  })

  it('a version that is not the one that is shown', () => {
    const shown = applyOperations(alone.state, [{ ...newVersion(alone), newText: text({ Action: noObjects.slice(1) }) } as Operation])
    const proof = prove(alone, [newVersion(alone)], { removes: ['s3:*'], after: shown })
    expect(proof).toMatchObject({ prefixes: false, counterexample: 'the operations do not lead to the documents that are shown' })
  })

  it('a text of the role that outgrows its document', () => {
    const grown = text({ Action: universe.names.filter((name) => name.startsWith('s3:') && name !== 's3:DeleteBucket') })
    const operation: Operation = { ...newVersion(alone), newText: grown } as Operation
    const proof = prove(alone, [operation], { removes: ['s3:DeleteBucket'], limits: { managedPolicySize: grown.length - 1 } })
    expect(proof).toMatchObject({ prefixes: false, counterexample: `step 1 (CreatePolicyVersion): team needs ${grown.length} characters` })
    expect(prove(alone, [operation], { removes: ['s3:DeleteBucket'], limits: { managedPolicySize: grown.length } })).toEqual(PROVED)
  })

  it('but a document that was too long before may stay', () => {
    const long = builder.hasManaged('team', text({ Action: ['sqs:*', 'kms:*'] }))
    expect(prove(long, [put(long, text({ Action: noObjects }, deny))], { removes: objects, limits: { managedPolicySize: 20 } })).toEqual(
      PROVED,
    )
  })

  it('but a role that was over a quota before may stay over it', () => {
    const many = Array.from({ length: 12 }, (_, at) => `p${at}`).reduce(
      (some, name) => some.hasManaged(name, text({ Action: `s3:Get${name}` })),
      builder,
    )
    expect(prove(many, [put(many, text({ Action: noObjects }, deny))], { removes: objects, limits: { attachedPerRole: 10 } })).toEqual(
      PROVED,
    )
  })
})
