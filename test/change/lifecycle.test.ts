import { describe, expect, it } from 'vitest'
import type { Change, ChangeKind, ChangeState } from '../../src/change/change.ts'
import { differences } from '../../src/change/compare-states.ts'
import { isInEffect, isOpen, stagesInEffect, undoable, undoesAtOnce } from '../../src/change/lifecycle.ts'
import { role } from '../support/role-builder.ts'

const change = (changeId: string, state: ChangeState, kind: ChangeKind = 'tighten', stage: number | null = 1, plan = 'p'): Change => ({
  changeId,
  batchId: null,
  accountKey: 'demo',
  roleName: 'web-app',
  roleArn: 'arn:aws:iam::123456789012:role/web-app',
  roleId: 'AROAWEB',
  kind,
  stage,
  plan,
  state,
  at: '2026-03-01T12:00:00.000Z',
  by: 'me',
  reason: null,
  snapshot: 's',
  undoes: null,
  restoreScript: null,
  overrides: [],
  operations: [],
})

describe('the life of a change', () => {
  it.each<[state: ChangeState, open: boolean, inEffect: boolean, atOnce: boolean]>([
    ['planned', true, false, false],
    ['snapshotted', true, false, false],
    ['applying', true, false, false],
    ['applied', true, true, true],
    ['verified', false, true, true],
    ['soaking', false, true, true],
    ['settled', false, true, false],
    ['unobserved', false, true, true],
    ['rolling-back', true, false, false],
    ['rolled-back', false, false, false],
    ['failed', false, false, false],
    ['interrupted', true, false, false],
  ])('%s: open %s, in effect %s, undone at once %s', (state, open, inEffect, atOnce) => {
    expect([isOpen({ state }), isInEffect({ state }), undoesAtOnce({ state })]).toEqual([open, inEffect, atOnce])
  })

  const history = [
    change('5', 'soaking', 'rollback', 3),
    change('4', 'rolled-back', 'tighten', 3),
    change('3', 'soaking', 'tighten', 2),
    change('2', 'settled', 'quarantine', null),
    change('1', 'settled', 'tighten', 1),
    change('0', 'settled', 'tighten', 1, 'older plan'),
  ]

  it('undoes the newest that is in effect, never a rollback', () => {
    expect(undoable(history).map(({ changeId }) => changeId)).toEqual(['3', '2', '1', '0'])
  })

  it('counts the stages of one plan that are in effect', () => {
    expect(stagesInEffect(history, 'p')).toEqual([1, 2])
    expect(stagesInEffect(history, 'older plan')).toEqual([1])
    expect(stagesInEffect([], 'p')).toEqual([])
  })
})

describe('the difference between two states of a role', () => {
  const base = role().hasInline('main', '{"a":1}').hasManaged('team', '{"t":1}')

  it('is none for the same content in another layout, order and case of names', () => {
    const other = role().hasInline('MAIN', '{ "a": 1 }').hasManaged('team', '{"t":1}').state
    expect(differences(base.state, other)).toEqual([])
  })

  it('is said in one line each', () => {
    const live = role().hasInline('main', '{"a":2}').hasInline('extra', '{}').hasAwsManaged('Reader', '{}').state
    expect(differences(base.state, { ...live, boundary: 'arn:aws:iam::aws:policy/x' })).toEqual([
      'inline policy extra was added',
      'inline policy main has another document',
      'attached policy arn:aws:iam::123456789012:policy/team is missing',
      'attached policy arn:aws:iam::aws:policy/Reader was added',
      'permissions boundary is arn:aws:iam::aws:policy/x, was none',
    ])
    expect(differences(base.state, role().hasInline('main', '{"a":1}').hasManaged('team', '{"t":2}').state)).toEqual([
      'attached policy arn:aws:iam::123456789012:policy/team has another document',
    ])
  })
})
