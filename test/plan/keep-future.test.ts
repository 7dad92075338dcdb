import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyOperations } from '../../src/plan/apply-operation.ts'
import type { RolePlan } from '../../src/plan/plan.ts'
import { isProved } from '../../src/plan/proof.ts'
import { patternIn, roleIn } from '../support/arbitrary-roles.ts'
import { allows, type RawPolicy } from '../support/evaluator.ts'
import { patience, random } from '../support/random.ts'
import { planFor, type RoleBuilder, role, textsOf } from '../support/role-builder.ts'
import { smallUniverse } from '../support/small-catalog.ts'

const universe = smallUniverse()
const everything = { everything: true, services: new Set<string>() }
const only = (...services: string[]) => ({ everything: false, services: new Set(services) })

const policiesAtEnd = ({ stages }: RolePlan, { state }: RoleBuilder): RawPolicy[] =>
  textsOf(stages.reduce((from, { operations }) => applyOperations(from, operations), state)).map((text) => JSON.parse(text) as RawPolicy)
const may = (policies: readonly RawPolicy[], action: string): boolean =>
  allows([...policies], { action, resource: 'arn:aws:s3:::a', context: {} })

describe('the future of wildcards', () => {
  const wide = role().allows('*')
  const unused = ['s3:Delete*', 'lambda:*', 'iam:*']

  it('goes where a list replaces them', () => {
    const plan = planFor(wide, universe, { unused })
    expect(plan.dropsFuture).toContain('s3')
    expect(may(policiesAtEnd(plan, wide), 's3:InventedNextYear')).toBe(false)
  })

  it('stays when asked for: everything stays one NotAction, in every stage', () => {
    const plan = planFor(wide, universe, { unused, future: everything })
    const end = policiesAtEnd(plan, wide)
    expect(plan.stages.every(({ proof, sizes }) => isProved(proof) && sizes.limitOk)).toBe(true)
    expect(plan.dropsFuture).toEqual([])
    for (const action of ['s3:InventedNextYear', 'newservice:Do']) expect(may(end, action)).toBe(true)
    for (const action of ['s3:DeleteBucket', 'lambda:InvokeFunction']) expect(may(end, action)).toBe(false)
  })

  it('stays as far as wildcards reach where only one service is open', () => {
    const builder = role().allows(['s3:*'])
    const plan = planFor(builder, universe, { unused: ['s3:Delete*'], future: only('s3') })
    const end = policiesAtEnd(plan, builder)
    expect(may(end, 's3:GetObjectInventedNextYear')).toBe(true)
    expect(may(end, 's3:DeleteInventedNextYear')).toBe(false)
    expect(plan.dropsFuture).toEqual(['s3'])
  })

  it('that does not fit is not traded for a list', () => {
    const odd = universe.names.filter((name, at) => at % 2 === 0 && name !== 'iam:PassRole')
    const plan = planFor(wide, universe, { unused: odd, future: everything, limits: { inlineSumPerRole: 150, extraPolicies: 0 } })
    expect(plan.dropsFuture).toEqual([])
    expect(plan.notes.join()).toContain('does not fit')
  })

  it('kept or not, every stage is proved', { timeout: patience }, () => {
    const unusedNames = fc.oneof(fc.subarray([...universe.names]), fc.array(patternIn(universe), { minLength: 1, maxLength: 4 }))
    fc.assert(
      fc.property(roleIn(universe), unusedNames, fc.constantFrom(everything, only('s3', 'lambda')), (builder, gone, future) => {
        for (const { proof } of planFor(builder, universe, { unused: gone, future }).stages)
          expect(proof).toEqual({ noNewAccess: true, usedKept: true, prefixes: true, counterexample: null })
      }),
      random(111, 200),
    )
  })
})
