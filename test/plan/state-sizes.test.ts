import { expect, it } from 'vitest'
import { inlineSize, stateSizes } from '../../src/plan/state-sizes.ts'
import { limits, role } from '../support/role-builder.ts'

const builder = role()
  .hasInline('a', '{ "a": 1 }')
  .hasInline('b', '{"b":22}')
  .hasManaged('team', '{"t": 1}')
  .hasAwsManaged('Reader', '{"r":1}')

it('counts inline texts together and own policies one by one, and none of AWS', () => {
  expect(inlineSize(builder.state)).toBe(15)
  expect(stateSizes(builder.state, limits)).toEqual({
    inline: 15,
    inlineLimit: 10_240,
    managed: [{ name: 'team', size: 7, limit: 6_144 }],
    limitOk: true,
  })
})

it.each<[what: string, inline: number, managed: number, limitOk: boolean]>([
  ['exactly', 15, 7, true],
  ['not inline', 14, 7, false],
  ['not in a policy', 15, 6, false],
])('says whether it fits: %s', (_, inlineSumPerRole, managedPolicySize, limitOk) => {
  expect(stateSizes(builder.state, { ...limits, inlineSumPerRole, managedPolicySize }).limitOk).toBe(limitOk)
})

it('leaves out a policy whose document is not known', () => {
  const { state } = builder
  expect(
    stateSizes({ ...state, attached: [...state.attached, { name: 'gone', arn: 'arn:aws:iam::123456789012:policy/gone' }] }, limits).managed,
  ).toHaveLength(1)
})
