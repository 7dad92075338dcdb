import { GetFindingV2Command, ListFindingsV2Command } from '@aws-sdk/client-accessanalyzer'
import { UpdateAccessKeyCommand } from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { ACCOUNT_ID, EPOCH, sandboxClients } from './sandbox-clients.ts'

const analyzerArn = `arn:aws:access-analyzer:us-east-1:${ACCOUNT_ID}:analyzer/unused`
const analyzers = [{ name: 'unused', type: 'ACCOUNT_UNUSED_ACCESS', unusedAccessAge: 90 }] as const
const daysAgo = (days: number) => new Date(EPOCH.getTime() - days * 86_400_000)

const users = [
  { name: 'busy', passwordLastUsedDaysAgo: 3, accessKeys: [{ createdDaysAgo: 400, lastUsedDaysAgo: 2 }] },
  { name: 'away', passwordLastUsedDaysAgo: 120 },
  { name: 'machine', path: '/machines/', accessKeys: [{ createdDaysAgo: 300 }, { createdDaysAgo: 300, lastUsedDaysAgo: 100 }] },
  { name: 'new', createdDaysAgo: 10, accessKeys: [{ createdDaysAgo: 10 }] },
  { name: 'closed', accessKeys: [{ createdDaysAgo: 300, inactive: true }] },
]

const found = async ({ analyzer }: ReturnType<typeof sandboxClients>) => {
  const { findings = [] } = await analyzer.send(new ListFindingsV2Command({ analyzerArn, filter: { status: { eq: ['ACTIVE'] } } }))
  return findings
}

test('passwords and active access keys without use are findings; young, used and inactive ones are not', async () => {
  const account = sandboxClients({ fixture: { users, analyzers } })
  const findings = await found(account)
  const told = await Promise.all(
    findings.map(async ({ id, resource, resourceType, findingType }) => {
      const { findingDetails } = await account.analyzer.send(new GetFindingV2Command({ analyzerArn, id }))
      expect(resourceType).toBe('AWS::IAM::User')
      return { user: resource?.split('/').at(-1), findingType, detail: findingDetails?.[0] }
    }),
  )
  expect(told).toHaveLength(3)
  expect(told).toContainEqual({
    user: 'away',
    findingType: 'UnusedIAMUserPassword',
    detail: { unusedIamUserPasswordDetails: { lastAccessed: daysAgo(120) } },
  })
  const id = expect.stringMatching(/^AKIA/)
  expect(told).toContainEqual({
    user: 'machine',
    findingType: 'UnusedIAMUserAccessKey',
    detail: { unusedIamUserAccessKeyDetails: { accessKeyId: id } },
  })
  expect(told).toContainEqual({
    user: 'machine',
    findingType: 'UnusedIAMUserAccessKey',
    detail: { unusedIamUserAccessKeyDetails: { accessKeyId: id, lastAccessed: daysAgo(100) } },
  })
})

test('the finding on a key closes when the key is switched off', async () => {
  const account = sandboxClients({ fixture: { users, analyzers } })
  const [key] = (await found(account)).filter(({ findingType }) => findingType === 'UnusedIAMUserAccessKey')
  const { findingDetails } = await account.analyzer.send(new GetFindingV2Command({ analyzerArn, id: key?.id }))
  const AccessKeyId = findingDetails?.[0]?.unusedIamUserAccessKeyDetails?.accessKeyId
  await account.iam.send(new UpdateAccessKeyCommand({ UserName: 'machine', AccessKeyId, Status: 'Inactive' }))
  expect((await found(account)).map(({ id }) => id)).not.toContain(key?.id)
  expect(await account.analyzer.send(new GetFindingV2Command({ analyzerArn, id: key?.id }))).toMatchObject({ status: 'RESOLVED' })
})
