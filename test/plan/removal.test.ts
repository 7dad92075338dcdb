import { describe, expect, it } from 'vitest'
import { planFor, role } from '../support/role-builder.ts'
import { smallUniverse } from '../support/small-catalog.ts'

const universe = smallUniverse()
const removesOf = ({ stages }: ReturnType<typeof planFor>): readonly string[] => stages.flatMap(({ removes }) => removes)

describe('iam:PassRole', () => {
  const builder = role().allows(['iam:PassRole', 'lambda:*', 's3:*'])
  const unused = ['iam:PassRole', 'lambda:*', 's3:Delete*']

  it('goes with the last action that takes a role', () => {
    const plan = planFor(builder, universe, { unused })
    expect(removesOf(plan)).toContain('iam:PassRole')
    expect(plan.requiredReasons).toEqual({})
  })

  it('stays while one stays by the wish of the admin, and the plan says for which', () => {
    const plan = planFor(builder, universe, { unused, keep: ['lambda:CreateFunction'] })
    expect(removesOf(plan)).not.toContain('iam:PassRole')
    expect(plan.required).toEqual(['iam:PassRole'])
    expect(plan.requiredReasons).toEqual({
      'iam:PassRole': 'lambda:CreateFunction stays and takes a role; no source records PassRole',
    })
  })

  it('stays while one stays because its stage fits nowhere', () => {
    const wide = role().allows('*')
    const odd = universe.names.filter((name, at) => at % 2 === 0 || name === 'iam:PassRole' || name === 'lambda:CreateFunction')
    const plan = planFor(wide, universe, { unused: odd, limits: { inlineSumPerRole: 260, extraPolicies: 0 } })
    expect(plan.notes.join()).toContain('unused actions stay')
    const takerGoes = removesOf(plan).includes('lambda:CreateFunction')
    expect(takerGoes).toBe(false)
    expect(removesOf(plan)).not.toContain('iam:PassRole')
    expect(plan.required).toContain('iam:PassRole')
  })
})
