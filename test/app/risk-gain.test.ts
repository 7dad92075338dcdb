import { expect, it } from 'vitest'
import { granted, testAccount } from '../support/test-account.ts'

const allow = (...actions: readonly string[]) => ({
  grants: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] },
})
const used = [{ actions: ['sqs:SendMessage'], daysAgo: 2, everyDays: 1, calls: 90 }]

it('shares the points that rest on unused actions among the services that ask for a decision', async () => {
  const { useCases } = await testAccount({
    roles: [
      { name: 'one-service', createdDaysAgo: 400, inline: allow('sqs:SendMessage', 'iam:PutRolePolicy'), usage: used },
      {
        name: 'four-services',
        createdDaysAgo: 400,
        inline: allow('sqs:SendMessage', 'iam:PutRolePolicy', 'sns:ListTopics', 'ec2:DescribeVpcs', 'rds:DescribeDBInstances'),
        usage: used,
      },
      { name: 'tidy', createdDaysAgo: 400, inline: allow('sqs:SendMessage'), usage: used },
    ],
  })
  const { roles } = granted(await useCases.scan())
  const gains = await useCases.gains()
  const gainOf = (name: string) => gains.get(roles.find(({ roleName }) => roleName === name)?.arn ?? '')
  const points = granted(await useCases.show('one-service')).unusedPoints ?? 0
  expect(points).toBeGreaterThan(0)
  expect(gainOf('one-service')).toBe(points)
  expect(gainOf('four-services')).toBe(points / 4)
  expect(gainOf('tidy')).toBe(0)
})
