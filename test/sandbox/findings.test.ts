import {
  type AccessAnalyzerClient,
  type Criterion,
  type FindingDetails,
  GetAnalyzerCommand,
  GetFindingV2Command,
  ListAnalyzersCommand,
  ListFindingsV2Command,
} from '@aws-sdk/client-accessanalyzer'
import { PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import type { SandboxFixture } from '../../src/sandbox/index.ts'
import { ACCOUNT_ID, allowText, clientsOf, EPOCH, sandboxClients } from './sandbox-clients.ts'

const analyzerArn = `arn:aws:access-analyzer:us-east-1:${ACCOUNT_ID}:analyzer/unused`
const arn = (name: string) => `arn:aws:iam::${ACCOUNT_ID}:role/${name}`
const analyzers = [{ name: 'unused', type: 'ACCOUNT_UNUSED_ACCESS', unusedAccessAge: 90 }] as const

const account = (...roles: NonNullable<SandboxFixture['roles']>) => sandboxClients({ fixture: { roles, analyzers } })

const list = async (analyzer: AccessAnalyzerClient, filter?: Record<string, Criterion>) =>
  (await analyzer.send(new ListFindingsV2Command({ analyzerArn, ...(filter ? { filter } : {}) }))).findings ?? []

const details = async (analyzer: AccessAnalyzerClient, id = '') =>
  (await analyzer.send(new GetFindingV2Command({ analyzerArn, id }))).findingDetails ?? []

const app = {
  name: 'app',
  inline: { p: allowText('s3:ListAllMyBuckets', 's3:GetBucketLocation', 's3:GetObject', 's3:PutObject', 'sqs:*') },
  usage: [
    { actions: ['s3:GetObject', 's3:GetBucketLocation'], daysAgo: 1 },
    { actions: ['s3:ListAllMyBuckets'], daysAgo: 120 },
  ],
}

test('unused services come without actions, used ones with their unused tracked actions', async () => {
  const { analyzer } = account(app)
  const [finding] = await list(analyzer)
  expect(finding).toMatchObject({ resource: arn('app'), resourceType: 'AWS::IAM::Role', findingType: 'UnusedPermission', status: 'ACTIVE' })
  const lastAccessed = new Date(EPOCH.getTime() - 120 * 86_400_000)
  const expected: FindingDetails[] = [
    {
      unusedPermissionDetails: {
        serviceNamespace: 's3',
        lastAccessed: new Date(EPOCH.getTime() - 86_400_000),
        actions: [{ action: 'ListAllMyBuckets', lastAccessed }],
      },
    },
    { unusedPermissionDetails: { serviceNamespace: 'sqs' } },
  ]
  expect(await details(analyzer, finding?.id)).toEqual(expected)
})

test('a role without any use is unused as a whole; young, busy and service-linked roles have no finding', async () => {
  const { analyzer } = account(
    { name: 'idle', inline: { p: allowText('s3:*') }, usage: [{ actions: ['s3:GetObject'], daysAgo: 100 }] },
    { name: 'young', createdDaysAgo: 20, inline: { p: allowText('s3:*') } },
    { name: 'busy', inline: { p: allowText('s3:GetBucketLocation') }, usage: [{ actions: ['s3:GetBucketLocation'], daysAgo: 1 }] },
    { name: 'AWSServiceRoleForX', path: '/aws-service-role/x.amazonaws.com/', inline: { p: allowText('s3:*') } },
  )
  const findings = await list(analyzer)
  expect(findings.map(({ resource, findingType }) => [resource, findingType])).toEqual([[arn('idle'), 'UnusedIAMRole']])
  const lastAccessed = new Date(EPOCH.getTime() - 100 * 86_400_000)
  expect(await details(analyzer, findings[0]?.id)).toEqual([{ unusedIamRoleDetails: { lastAccessed } }])
})

test('a tightened role closes its finding, and what is left gets a new id', async () => {
  const { iam, analyzer, clock } = account(app)
  const [old] = await list(analyzer)
  const PolicyDocument = allowText('s3:ListAllMyBuckets', 's3:GetObject')
  clock.at = new Date(EPOCH.getTime() + 60_000)
  await iam.send(new PutRolePolicyCommand({ RoleName: 'app', PolicyName: 'p', PolicyDocument }))
  const active = await list(analyzer, { status: { eq: ['ACTIVE'] } })
  expect(active).toHaveLength(1)
  expect(active[0]?.id).not.toBe(old?.id)
  const resolved = await list(analyzer, { status: { neq: ['ACTIVE'] } })
  expect(resolved).toMatchObject([{ id: old?.id, status: 'RESOLVED', updatedAt: clock.at }])
  expect(await details(analyzer, old?.id)).toEqual([])
})

test('time alone opens and closes findings', async () => {
  const { analyzer, clock } = account({
    name: 'app',
    inline: { p: allowText('s3:GetBucketLocation', 's3:ListAllMyBuckets') },
    usage: [
      { actions: ['s3:ListAllMyBuckets'], daysAgo: 1, everyDays: 1 },
      { actions: ['s3:GetBucketLocation'], daysAgo: 88, everyDays: 95 },
    ],
  })
  const unusedAfter = async (days: number) => {
    clock.at = new Date(EPOCH.getTime() + days * 86_400_000)
    return (await list(analyzer, { status: { eq: ['ACTIVE'] } })).length
  }
  expect([await unusedAfter(0), await unusedAfter(3), await unusedAfter(8)]).toEqual([0, 1, 0])
})

test('findings and their details come in pages whose tokens fit one question', async () => {
  const { analyzer } = account(
    { name: 'admin', attached: ['AdministratorAccess'], usage: [{ actions: ['s3:GetObject'], daysAgo: 1 }] },
    { name: 'idle', inline: { p: allowText('s3:*') } },
  )
  const first = await analyzer.send(new ListFindingsV2Command({ analyzerArn, maxResults: 1 }))
  const second = await analyzer.send(new ListFindingsV2Command({ analyzerArn, maxResults: 1, nextToken: first.nextToken }))
  expect([first.findings?.length, second.findings?.length, second.nextToken]).toEqual([1, 1, undefined])
  const id = first.findings?.[0]?.id
  const services: unknown[] = []
  let nextToken: string | undefined
  do {
    const page: { findingDetails: FindingDetails[] | undefined; nextToken?: string | undefined } = await analyzer.send(
      new GetFindingV2Command({ analyzerArn, id, maxResults: 150, ...(nextToken ? { nextToken } : {}) }),
    )
    services.push(...(page.findingDetails ?? []).map((detail) => detail.unusedPermissionDetails?.serviceNamespace))
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  expect(services.length).toBeGreaterThan(400)
  expect(new Set(services).size).toBe(services.length)
  const wrong = new ListFindingsV2Command({ analyzerArn, filter: { status: { eq: ['ACTIVE'] } }, nextToken: first.nextToken })
  await expect(analyzer.send(wrong)).rejects.toMatchObject({ name: 'ValidationException' })
})

test('an analyzer lives in one Region; the list leaves its configuration out', async () => {
  const { analyzer, sandbox } = account(app)
  expect((await analyzer.send(new ListAnalyzersCommand({}))).analyzers?.[0]).not.toHaveProperty('configuration')
  const { analyzer: known } = await analyzer.send(new GetAnalyzerCommand({ analyzerName: 'unused' }))
  expect(known?.configuration).toEqual({ unusedAccess: { unusedAccessAge: 90 } })
  await expect(analyzer.send(new GetAnalyzerCommand({ analyzerName: 'none' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  const elsewhere = clientsOf(sandbox, 'eu-west-1').analyzer
  expect((await elsewhere.send(new ListAnalyzersCommand({}))).analyzers).toEqual([])
  await expect(elsewhere.send(new ListFindingsV2Command({ analyzerArn }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('a filter on an unknown key is refused', async () => {
  const { analyzer } = account(app)
  await expect(list(analyzer, { colour: { eq: ['red'] } })).rejects.toMatchObject({ name: 'ValidationException' })
})
