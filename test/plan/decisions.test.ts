import { expect, it } from 'vitest'
import { summarise } from '../../src/plan/decisions.ts'
import { planFor, role } from '../support/role-builder.ts'
import { smallUniverse } from '../support/small-catalog.ts'

const universe = smallUniverse()
const planOf = (name: string, actions: readonly string[], unused: readonly string[], overlay = false) =>
  planFor(role(name).allows(actions), universe, { unused, overlay })

it('folds the removals of a role by service', () => {
  const plan = planOf('a', ['s3:*', 'lambda:*'], ['s3:Put*', 's3:Delete*', 'lambda:Get*'])
  const removals = plan.stages.flatMap(({ removes }) => removes).length
  expect(summarise([plan])).toEqual({ removals, roles: 1, decisions: 2 })
})

it('asks once for all roles from which the same goes of a service, whatever else they keep or lose', () => {
  const [one, same] = [planOf('a', ['s3:*'], ['s3:Delete*']), planOf('b', ['s3:*', 'sqs:*'], ['s3:Delete*'])]
  const other = planOf('c', ['s3:*', 'lambda:*'], ['s3:Delete*', 'lambda:Get*'])
  const removals = [one, same, other].flatMap(({ stages }) => stages.flatMap(({ removes }) => removes)).length
  expect(summarise([one, same, other])).toEqual({ removals, roles: 3, decisions: 2 })
  const more = planOf('d', ['s3:*'], ['s3:Delete*', 's3:Put*'])
  expect(summarise([one, same, other, more]).decisions).toBe(3)
})

it('counts what an overlay denies and the rewrite removes once, and no role that loses nothing', () => {
  const plain = planOf('a', ['s3:*'], ['s3:Delete*'])
  const covered = planOf('a', ['s3:*'], ['s3:Delete*'], true)
  expect(covered.stages.length).toBeGreaterThan(plain.stages.length)
  expect(summarise([covered, planOf('idle', ['s3:*'], [])])).toEqual(summarise([plain]))
  expect(summarise([])).toEqual({ removals: 0, roles: 0, decisions: 0 })
})
