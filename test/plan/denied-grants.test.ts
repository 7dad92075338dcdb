import { expect, it } from 'vitest'
import { applyOperations } from '../../src/plan/apply-operation.ts'
import { planFor, role, textsOf } from '../support/role-builder.ts'
import { smallUniverse } from '../support/small-catalog.ts'

const universe = smallUniverse()

it('what a Deny forbids outright stays in the list that replaces a wildcard, as one pattern where size needs it', () => {
  const builder = role().allows('*').denies('iam:*')
  const unused = universe.names.filter((name) => !name.startsWith('s3:') && !name.startsWith('iam:'))
  const listOf = (room: number): string => {
    const plan = planFor(builder, universe, { unused, limits: { inlineSumPerRole: room, extraPolicies: 0 } })
    expect(plan.stages.flatMap(({ removes }) => removes).some((name) => name.startsWith('iam:'))).toBe(false)
    const [text = ''] = textsOf(plan.stages.reduce((from, { operations }) => applyOperations(from, operations), builder.state))
    return JSON.stringify(JSON.parse(text).Statement[0].Action)
  }
  expect(listOf(4_000)).toContain('"iam:PassRole"')
  expect(listOf(300)).toContain('"iam:*"')
})
