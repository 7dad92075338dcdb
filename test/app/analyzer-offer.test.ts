import { expect, it } from 'vitest'
import { testAccount } from '../support/test-account.ts'

const roles = [{ name: 'app', createdDaysAgo: 400 }]
const users = [{ name: 'ann', createdDaysAgo: 400 }]

it('doctor says what an analyzer would cost and how to make one, and makes none', async () => {
  const { useCases, sandbox } = await testAccount({ roles, users })
  const checks = await useCases.doctor()
  const offer = checks.find(({ id }) => id === 'analyzer')
  expect(offer?.message).toMatch(/0\.20 USD for each role and user a month, up to \d+\.\d\d USD here/)
  expect(offer?.message).toContain('create-analyzer')
  expect(sandbox.callLog.some(({ operation }) => operation === 'CreateAnalyzer')).toBe(false)
})

it('doctor offers none where there is one', async () => {
  const { useCases } = await testAccount({ roles, users, analyzers: [{ name: 'unused', type: 'ACCOUNT_UNUSED_ACCESS' }] })
  expect((await useCases.doctor()).map(({ id }) => id)).not.toContain('analyzer')
})
