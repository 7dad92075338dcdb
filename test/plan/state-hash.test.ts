import { expect, it } from 'vitest'
import type { RoleState } from '../../src/account/role-state.ts'
import { stateHash } from '../../src/plan/state-hash.ts'
import { role } from '../support/role-builder.ts'

const builder = role().hasInline('a', '{"a":1}').hasInline('b', '{"b":1}').hasManaged('team', '{"t":1}').hasAwsManaged('Reader', '{"r":1}')
const { state } = builder

it.each<[what: string, other: RoleState, same: boolean]>([
  ['another order of policies', { ...state, inline: [...state.inline].reverse(), attached: [...state.attached].reverse() }, true],
  ['what a scan cannot see and a stage cannot touch', { ...state, description: 'x', trust: 'x', tags: [{ key: 'k', value: 'v' }] }, true],
  [
    'a policy that is known but not attached',
    { ...state, managed: [...state.managed, ...role().hasManaged('x', '{}').state.managed] },
    true,
  ],
  ['another inline text, if only by a space', builder.hasInline('a', '{ "a":1}').state, false],
  ['another name', { ...state, inline: state.inline.map((policy) => ({ ...policy, name: `${policy.name}2` })) }, false],
  [
    'another default document',
    role().hasInline('a', '{"a":1}').hasInline('b', '{"b":1}').hasManaged('team', '{"t":2}').hasAwsManaged('Reader', '{"r":1}').state,
    false,
  ],
  ['one policy less attached', { ...state, attached: state.attached.slice(1) }, false],
  ['another boundary', { ...state, boundary: 'arn:aws:iam::aws:policy/x' }, false],
  ['another role of the same name', { ...state, roleId: 'AROAOTHER' }, false],
])('%s: the same state %s', (_, other, same) => {
  expect(stateHash(other) === stateHash(state)).toBe(same)
})

it('is another one when the only policy says another thing', () => {
  const of = (text: string): string => stateHash(role().hasManaged('team', text).state)
  expect(of('{"t":1}')).not.toBe(of('{"t":2}'))
  expect(of('{"t":1}')).toBe(of('{"t":1}'))
})
