import { expect, it } from 'vitest'
import { planShapes } from '../support/plan-shapes.ts'
import { planOf, testAccount } from '../support/test-account.ts'

it('a plan that copies a shared policy says who else has it', async () => {
  const { useCases } = await testAccount(planShapes['fork of a shared policy'] ?? {})
  expect((await planOf(useCases, 'app')).shared).toEqual([
    { policyName: 'shared', policyArn: 'arn:aws:iam::123456789012:policy/shared', roles: ['other'], users: [], groups: [] },
  ])
})

it.each(['customer version', 'AWS managed replaced', 'inline only'])('a plan of the shape "%s" shares nothing', async (shape) => {
  const { useCases } = await testAccount(planShapes[shape] ?? {})
  expect((await planOf(useCases, 'app')).shared).toEqual([])
})
