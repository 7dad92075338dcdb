import { describe, expect, it } from 'vitest'
import type { RoleState } from '../../src/account/role-state.ts'
import { applyOperation, applyOperations } from '../../src/plan/apply-operation.ts'
import { inverseOperations, isAdditive } from '../../src/plan/inverse-operations.ts'
import type { Operation, OwnPolicy, VersionSwitch } from '../../src/plan/operation.ts'
import { role } from '../support/role-builder.ts'

const policyArn = 'arn:aws:iam::123456789012:policy/team'
const ownArn = 'arn:aws:iam::123456789012:policy/zt-tui/web-app-team-1-abcdef'
const own: OwnPolicy = {
  policyName: 'web-app-team-1-abcdef',
  path: '/zt-tui/',
  policyArn: ownArn,
  document: '{"own":1}',
  description: '',
  tags: [{ key: 'k', value: 'v' }],
}
const versions: VersionSwitch = { policyArn, oldVersionId: 'v2', oldText: '{"two":2}', newText: '{"three":3}' }

const start = role()
  .hasInline('main', '{"main":1}')
  .hasManaged('team', '{"two":2}', { earlier: ['{"one":1}'] }).state
const withOwn = applyOperation(start, { ...own, kind: 'CreatePolicy' })

type Case = {
  readonly operation: Operation
  readonly from?: RoleState
  readonly shows: (state: RoleState) => unknown
  readonly as: unknown
  readonly inverse: readonly string[]
}

const inlineOf = ({ inline }: RoleState): unknown => inline.map(({ name, text }) => [name, text])
const attachedOf = ({ attached, managed }: RoleState): unknown =>
  attached.map(({ name, arn }) => [name, managed.find((policy) => policy.arn === arn)?.attachmentCount])
const versionsOf = ({ managed }: RoleState): unknown =>
  managed[0]?.versions.map(({ versionId, isDefault }) => (isDefault ? `${versionId}!` : versionId))

const cases: Readonly<Record<string, Case>> = {
  'PutRolePolicy over a document': {
    operation: { kind: 'PutRolePolicy', policyName: 'MAIN', before: '{"main":1}', after: '{"main":2}' },
    shows: inlineOf,
    as: [['main', '{"main":2}']],
    inverse: ['PutRolePolicy'],
  },
  'PutRolePolicy of a new one': {
    operation: { kind: 'PutRolePolicy', policyName: 'second', before: null, after: '{}' },
    shows: inlineOf,
    as: [
      ['main', '{"main":1}'],
      ['second', '{}'],
    ],
    inverse: ['DeleteRolePolicy'],
  },
  DeleteRolePolicy: {
    operation: { kind: 'DeleteRolePolicy', policyName: 'main', before: '{"main":1}' },
    shows: inlineOf,
    as: [],
    inverse: ['PutRolePolicy'],
  },
  AttachRolePolicy: {
    operation: { kind: 'AttachRolePolicy', policyName: own.policyName, policyArn: ownArn },
    from: withOwn,
    shows: attachedOf,
    as: [
      ['team', 1],
      [own.policyName, 1],
    ],
    inverse: ['DetachRolePolicy'],
  },
  DetachRolePolicy: {
    operation: { kind: 'DetachRolePolicy', policyName: 'team', policyArn },
    shows: attachedOf,
    as: [],
    inverse: ['AttachRolePolicy'],
  },
  CreatePolicy: {
    operation: { ...own, kind: 'CreatePolicy' },
    shows: ({ managed }) => managed[1],
    as: {
      name: own.policyName,
      arn: ownArn,
      defaultVersionId: 'v1',
      attachmentCount: 0,
      boundaryUseCount: 0,
      versions: [{ versionId: 'v1', isDefault: true, createDate: null, text: '{"own":1}' }],
      tags: own.tags,
    },
    inverse: ['DeletePolicy'],
  },
  DeletePolicy: {
    operation: { ...own, kind: 'DeletePolicy' },
    from: withOwn,
    shows: ({ managed }) => managed.length,
    as: 1,
    inverse: ['CreatePolicy'],
  },
  CreatePolicyVersion: {
    operation: { ...versions, kind: 'CreatePolicyVersion' },
    shows: versionsOf,
    as: ['v1', 'v2', 'v3!'],
    inverse: ['SetDefaultPolicyVersion', 'DeletePolicyVersion'],
  },
}

describe('an operation', () => {
  it.each(Object.entries(cases))(
    '%s does what it says, and its inverse takes it back',
    (_, { operation, from = start, shows, as, inverse }) => {
      const after = applyOperation(from, operation)
      expect(shows(after)).toEqual(as)
      const { restore, tidy } = inverseOperations([operation])
      expect([...restore, ...tidy].map(({ kind }) => kind)).toEqual(inverse)
      expect(applyOperations(after, [...restore, ...tidy])).toEqual(from)
    },
  )

  it.each(Object.entries(cases))('%s undone and done again is done', (_, { operation, from = start }) => {
    const back = inverseOperations([operation])
    const undoing = [...back.restore, ...back.tidy]
    const again = inverseOperations(undoing)
    const state = applyOperations(from, [operation, ...undoing, ...again.restore, ...again.tidy])
    expect(state).toEqual(applyOperation(from, operation))
  })

  it('on a target that is missing changes nothing', () => {
    const nothing = role().state
    const onMissing: readonly Operation[] = [
      { kind: 'DeleteRolePolicy', policyName: 'main', before: '' },
      { kind: 'DetachRolePolicy', policyName: 'team', policyArn },
      { ...own, kind: 'DeletePolicy' },
      { ...versions, kind: 'CreatePolicyVersion' },
      { ...versions, kind: 'SetDefaultPolicyVersion' },
      { ...versions, kind: 'DeletePolicyVersion' },
    ]
    for (const operation of onMissing) expect(applyOperation(nothing, operation)).toEqual(nothing)
  })

  it('finds inline policies whatever the case of their names', () => {
    expect(applyOperation(start, { kind: 'DeleteRolePolicy', policyName: 'MAIN', before: '{"main":1}' }).inline).toEqual([])
  })

  it('AttachRolePolicy twice is once', () => {
    const attach: Operation = { kind: 'AttachRolePolicy', policyName: own.policyName, policyArn: ownArn }
    expect(applyOperations(withOwn, [attach, attach])).toEqual(applyOperation(withOwn, attach))
  })

  it('CreatePolicyVersion numbers on from the newest, though an older one is the default', () => {
    const older = role().hasManaged('team', '{"two":2}', { earlier: ['{"one":1}'] }).state
    const back = applyOperation(older, { ...versions, kind: 'SetDefaultPolicyVersion', oldVersionId: 'v1' })
    expect(versionsOf(applyOperation(back, { ...versions, kind: 'CreatePolicyVersion' }))).toEqual(['v1', 'v2', 'v3!'])
  })
})

describe('the inverse of a change', () => {
  const change: readonly Operation[] = [
    { ...own, kind: 'CreatePolicy' },
    { kind: 'AttachRolePolicy', policyName: own.policyName, policyArn: ownArn },
    { kind: 'PutRolePolicy', policyName: 'fork', before: null, after: '{}' },
    { kind: 'PutRolePolicy', policyName: 'main', before: '{"main":1}', after: '{}' },
    { ...versions, kind: 'CreatePolicyVersion' },
  ]

  it('gives rights back first, and then removes what the change made, last made first', () => {
    const { restore, tidy } = inverseOperations(change)
    expect(restore.map(({ kind }) => kind)).toEqual(['SetDefaultPolicyVersion', 'PutRolePolicy'])
    expect(tidy.map(({ kind }) => kind)).toEqual(['DeletePolicyVersion', 'DeleteRolePolicy', 'DetachRolePolicy', 'DeletePolicy'])
    expect(restore.every((operation) => !isAdditive(operation))).toBe(true)
    expect(applyOperations(start, [...change, ...restore, ...tidy])).toEqual(start)
  })

  it('exists for every prefix of it', () => {
    for (let k = 0; k <= change.length; k++) {
      const done = change.slice(0, k)
      const { restore, tidy } = inverseOperations(done)
      expect(applyOperations(start, [...done, ...restore, ...tidy])).toEqual(start)
    }
  })
})
