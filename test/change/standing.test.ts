import { describe, expect, it } from 'vitest'
import type { ManagedPolicyState } from '../../src/account/role-state.ts'
import { type Seen, type Standing, sightFor, spareVersion, standingOf } from '../../src/change/standing.ts'
import type { Operation, OwnPolicy, VersionSwitch } from '../../src/plan/operation.ts'

const policyArn = 'arn:aws:iam::123456789012:policy/team'
const own: OwnPolicy = { policyName: 'own', path: '/zt-tui/', policyArn, document: '{"a":1}', description: '', tags: [] }
const versions: VersionSwitch = { policyArn, oldVersionId: 'v1', oldText: '{"old":1}', newText: '{"new":1}' }

const managed = (texts: Readonly<Record<string, string>>, inForce: string, more: Partial<ManagedPolicyState> = {}): Seen => ({
  kind: 'managed',
  policy: {
    name: 'team',
    arn: policyArn,
    defaultVersionId: inForce,
    attachmentCount: 1,
    boundaryUseCount: 0,
    tags: [],
    versions: Object.entries(texts).map(([versionId, text]) => ({ versionId, isDefault: versionId === inForce, createDate: null, text })),
    ...more,
  },
})
const noPolicy: Seen = { kind: 'managed', policy: null }
const inline = (text: string | null): Seen => ({ kind: 'inline', policy: text === null ? null : { name: 'main', text } })
const attached = (...arns: readonly string[]): Seen => ({ kind: 'attached', policies: arns.map((arn) => ({ name: 'x', arn })) })

const put: Operation = { kind: 'PutRolePolicy', policyName: 'main', before: '{"a":1}', after: '{"a":2}' }
const putNew: Operation = { ...put, before: null }
const remove: Operation = { kind: 'DeleteRolePolicy', policyName: 'main', before: '{"a":1}' }
const attach: Operation = { kind: 'AttachRolePolicy', policyName: 'team', policyArn }
const detach: Operation = { kind: 'DetachRolePolicy', policyName: 'team', policyArn }
const create: Operation = { ...own, kind: 'CreatePolicy' }
const destroy: Operation = { ...own, kind: 'DeletePolicy' }
const newVersion: Operation = { ...versions, kind: 'CreatePolicyVersion' }
const oldDefault: Operation = { ...versions, kind: 'SetDefaultPolicyVersion' }
const deleteVersion: Operation = { ...versions, kind: 'DeletePolicyVersion' }

const OLD = { v1: '{"old":1}' }
const BOTH = { v1: '{"old":1}', v2: '{ "new": 1 }' }

describe('where an operation stands', () => {
  it.each<[what: string, operation: Operation, seen: Seen, standing: Standing]>([
    ['a document to replace', put, inline('{"a":1}'), 'before'],
    ['one that is replaced', put, inline('{"a":2}'), 'after'],
    ['one that a server laid out again', put, inline('{\n "a": 2 }'), 'after'],
    ['one that somebody edited', put, inline('{"a":3}'), 'other'],
    ['one that is gone', put, inline(null), 'other'],
    ['a new document', putNew, inline(null), 'before'],
    ['a new document that is there', putNew, inline('{"a":2}'), 'after'],
    ['a new document where another stands', putNew, inline('{"a":1}'), 'other'],
    ['a document to delete', remove, inline('{"a":1}'), 'before'],
    ['one that is deleted', remove, inline(null), 'after'],
    ['one that somebody edited before it goes', remove, inline('{"b":1}'), 'other'],
    ['a policy to attach', attach, attached(), 'before'],
    ['one that is attached', attach, attached(policyArn), 'after'],
    ['a policy to detach', detach, attached('other', policyArn), 'before'],
    ['one that is detached', detach, attached('other'), 'after'],
    ['a policy to make', create, noPolicy, 'before'],
    ['one that is made', create, managed({ v1: '{"a":1}' }, 'v1'), 'after'],
    ['one of the same name that says another thing', create, managed(OLD, 'v1'), 'other'],
    ['a policy to delete', destroy, managed({ v1: '{"a":1}' }, 'v1', { attachmentCount: 0 }), 'before'],
    ['one that is deleted', destroy, noPolicy, 'after'],
    ['one that somebody else has', destroy, managed({ v1: '{"a":1}' }, 'v1'), 'other'],
    ['one that is somebody’s boundary', destroy, managed({ v1: '{"a":1}' }, 'v1', { attachmentCount: 0, boundaryUseCount: 1 }), 'other'],
    ['one that somebody edited', destroy, managed(OLD, 'v1', { attachmentCount: 0 }), 'other'],
    ['a version to make', newVersion, managed(OLD, 'v1'), 'before'],
    ['one that is made', newVersion, managed(BOTH, 'v2'), 'after'],
    ['one that is made but not in force', newVersion, managed(BOTH, 'v1'), 'before'],
    ['one where somebody was before', newVersion, managed({ v1: '{"old":1}', v2: '{"x":1}' }, 'v2'), 'other'],
    ['one whose policy others have by now', newVersion, managed(OLD, 'v1', { attachmentCount: 2 }), 'other'],
    ['one whose policy is a boundary by now', newVersion, managed(OLD, 'v1', { boundaryUseCount: 1 }), 'other'],
    ['one that is made, though others have it by now', newVersion, managed(BOTH, 'v2', { attachmentCount: 2 }), 'after'],
    ['one whose policy is gone', newVersion, noPolicy, 'other'],
    ['the old version to put in force', oldDefault, managed(BOTH, 'v2'), 'before'],
    ['the old version that is in force', oldDefault, managed(BOTH, 'v1'), 'after'],
    ['the old version where somebody was after us', oldDefault, managed({ ...BOTH, v3: '{"x":1}' }, 'v3'), 'other'],
    ['the old version of a policy that is gone', oldDefault, noPolicy, 'other'],
    ['a version to delete', deleteVersion, managed(BOTH, 'v1'), 'before'],
    ['one that is deleted', deleteVersion, managed(OLD, 'v1'), 'after'],
    ['one that is still in force', deleteVersion, managed(BOTH, 'v2'), 'other'],
    ['one whose policy is gone', deleteVersion, noPolicy, 'after'],
  ])('%s: %#', (_, operation, seen, standing) => {
    expect(standingOf(operation, seen)).toBe(standing)
  })

  it('is seen in the part of the role that the operation speaks of', () => {
    const all = [put, remove, attach, detach, create, destroy, newVersion, oldDefault, deleteVersion]
    expect(all.map((operation) => sightFor(operation).kind)).toEqual([
      'inline',
      'inline',
      'attached',
      'attached',
      'managed',
      'managed',
      'managed',
      'managed',
      'managed',
    ])
    for (const operation of all)
      for (const seen of [inline(null), attached(), noPolicy])
        if (seen.kind !== sightFor(operation).kind) expect(standingOf(operation, seen)).toBe('other')
  })

  it('knows a spare version by its document, never the one in force', () => {
    const { policy } = managed(BOTH, 'v1') as { policy: ManagedPolicyState }
    expect(spareVersion(policy, { newText: '{"new":1}' })).toBe('v2')
    expect(spareVersion(policy, { newText: '{"old":1}' })).toBeNull()
    expect(spareVersion(policy, { newText: '{"x":1}' })).toBeNull()
  })
})
