import { GetAccountAuthorizationDetailsCommand, GetAccountSummaryCommand } from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { largeAccount } from '../../src/sandbox/demo/large-account.ts'
import { sandboxClients } from './sandbox-clients.ts'

test('a seed decides the account', () => {
  expect(largeAccount({ seed: 7, roles: 50 })).toEqual(largeAccount({ seed: 7, roles: 50 }))
  expect(largeAccount({ seed: 8, roles: 50 })).not.toEqual(largeAccount({ seed: 7, roles: 50 }))
})

test('an account of 5,000 roles answers', async () => {
  const { iam } = sandboxClients({ seed: 7, roles: 5_000 })
  expect((await iam.send(new GetAccountSummaryCommand({}))).SummaryMap?.Roles).toBe(5_000)
  const page = await iam.send(new GetAccountAuthorizationDetailsCommand({ Filter: ['Role'], MaxItems: 10 }))
  expect(page.RoleDetailList).toHaveLength(10)
})
