import {
  ApplyArchiveRuleCommand,
  CreateAnalyzerCommand,
  CreateArchiveRuleCommand,
  DeleteAnalyzerCommand,
  GetFindingCommand,
  GetFindingsStatisticsCommand,
  GetFindingV2Command,
  ListAnalyzersCommand,
  ListFindingsCommand,
  ListFindingsV2Command,
  UpdateFindingsCommand,
} from '@aws-sdk/client-accessanalyzer'
import { UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { ACCOUNT_ID, EC2_TRUST, sandboxClients } from './sandbox-clients.ts'

const OUTSIDE = '999988887777'
const trust = (Principal: unknown, Condition?: object) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...(Condition && { Condition }) },
  })

async function external(principal: unknown, condition?: object) {
  const account = sandboxClients({
    fixture: { roles: [{ name: 'app', trust: trust(principal, condition) }], analyzers: [{ name: 'outside', type: 'ACCOUNT' }] },
  })
  const { analyzers } = await account.analyzer.send(new ListAnalyzersCommand({ type: 'ACCOUNT' }))
  const analyzerArn = analyzers?.[0]?.arn ?? ''
  const list = async () => (await account.analyzer.send(new ListFindingsV2Command({ analyzerArn }))).findings ?? []
  return { ...account, analyzerArn, list }
}

test('the demo shares three resources with strangers; the roles of partners are archived', async () => {
  const { analyzer } = sandboxClients()
  const { analyzers } = await analyzer.send(new ListAnalyzersCommand({ type: 'ACCOUNT' }))
  const analyzerArn = analyzers?.[0]?.arn ?? ''
  const filter = { status: { eq: ['ACTIVE'] } }
  const { findings = [] } = await analyzer.send(new ListFindingsV2Command({ analyzerArn, filter }))
  expect(findings.map(({ resource, resourceType, findingType }) => [resource?.split(':').at(-1), resourceType, findingType])).toEqual([
    ['data-export-function', 'AWS::Lambda::Function', 'ExternalAccess'],
    ['company-logs-backup', 'AWS::S3::Bucket', 'ExternalAccess'],
    ['legacy-notification-queue', 'AWS::SQS::Queue', 'ExternalAccess'],
  ])
  const open = await Promise.all(
    findings.map(async ({ id }) => {
      const { findingDetails } = await analyzer.send(new GetFindingV2Command({ analyzerArn, id }))
      return findingDetails?.[0]?.externalAccessDetails?.isPublic
    }),
  )
  expect(open).toEqual([true, true, false])
  const statistics = await analyzer.send(new GetFindingsStatisticsCommand({ analyzerArn }))
  const totals = statistics.findingsStatistics?.[0]?.externalAccessFindingsStatistics
  expect(totals).toMatchObject({ totalActiveFindings: 3, resourceTypeStatistics: { 'AWS::SQS::Queue': { totalActiveCrossAccount: 1 } } })
  expect(totals?.totalArchivedFindings).toBeGreaterThan(4)
})

test.each<[string, unknown, object | undefined, number]>([
  ['another account', { AWS: `arn:aws:iam::${OUTSIDE}:root` }, undefined, 1],
  ['two other accounts', { AWS: [OUTSIDE, '111122223333'] }, undefined, 2],
  ['everybody', '*', undefined, 1],
  ['everybody of the own account', { AWS: '*' }, { StringEquals: { 'aws:PrincipalAccount': ACCOUNT_ID } }, 0],
  ['the own account', { AWS: ACCOUNT_ID }, undefined, 0],
  ['a service', { Service: 'ec2.amazonaws.com' }, undefined, 0],
  ['an identity provider', { Federated: 'arn:aws:iam::123456789012:oidc-provider/ci.example' }, undefined, 1],
])('a role that trusts %s', async (_what, principal, condition, count) => {
  const { list } = await external(principal, condition)
  expect(await list()).toHaveLength(count)
})

test('a finding closes when the trust is taken back, and opens again with it', async () => {
  const { iam, list } = await external({ AWS: OUTSIDE })
  const [first] = await list()
  const write = (PolicyDocument: string) => iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'app', PolicyDocument }))
  await write(EC2_TRUST)
  expect(await list()).toMatchObject([{ id: first?.id, status: 'RESOLVED' }])
  await write(trust({ AWS: OUTSIDE }))
  expect(await list()).toMatchObject([{ id: first?.id, status: 'ACTIVE' }])
})

test('findings can be archived by hand and by rule', async () => {
  const { analyzer, analyzerArn, list } = await external({ AWS: OUTSIDE })
  const [first] = await list()
  const update = (status: 'ACTIVE' | 'ARCHIVED') =>
    analyzer.send(new UpdateFindingsCommand({ analyzerArn, status, ids: [first?.id ?? ''] }))
  await update('ARCHIVED')
  expect(await list()).toMatchObject([{ status: 'ARCHIVED' }])
  await update('ACTIVE')
  const filter = { resourceType: { eq: ['AWS::IAM::Role'] } }
  await analyzer.send(new CreateArchiveRuleCommand({ analyzerName: 'outside', ruleName: 'roles', filter }))
  expect(await list()).toMatchObject([{ status: 'ACTIVE' }])
  await analyzer.send(new ApplyArchiveRuleCommand({ analyzerArn, ruleName: 'roles' }))
  expect(await list()).toMatchObject([{ status: 'ARCHIVED' }])
})

test('the first generation of the API speaks of external access', async () => {
  const { analyzer, analyzerArn } = await external('*', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })
  const [first] = (await analyzer.send(new ListFindingsCommand({ analyzerArn }))).findings ?? []
  expect(first).toMatchObject({ isPublic: false, principal: { AWS: '*' }, condition: { 'aws:SourceIp': '203.0.113.0/24' } })
  const { finding } = await analyzer.send(new GetFindingCommand({ analyzerArn, id: first?.id }))
  expect(finding?.action).toEqual(['sts:AssumeRole'])
})

test('an analyzer is made once per type and Region, and goes with its findings', async () => {
  const { analyzer } = sandboxClients({ fixture: { roles: [{ name: 'app', createdDaysAgo: 900 }] } })
  const unused = new CreateAnalyzerCommand({
    analyzerName: 'unused',
    type: 'ACCOUNT_UNUSED_ACCESS',
    configuration: { unusedAccess: { unusedAccessAge: 30 } },
  })
  const { arn: analyzerArn } = await analyzer.send(unused)
  await expect(analyzer.send(unused)).rejects.toMatchObject({ name: 'ConflictException' })
  const other = new CreateAnalyzerCommand({ analyzerName: 'more', type: 'ACCOUNT_UNUSED_ACCESS' })
  await expect(analyzer.send(other)).rejects.toMatchObject({ name: 'ServiceQuotaExceededException' })
  await expect(analyzer.send(new ListFindingsCommand({ analyzerArn }))).rejects.toMatchObject({ name: 'ValidationException' })
  expect((await analyzer.send(new ListFindingsV2Command({ analyzerArn }))).findings).toMatchObject([{ findingType: 'UnusedIAMRole' }])
  await analyzer.send(new DeleteAnalyzerCommand({ analyzerName: 'unused' }))
  await expect(analyzer.send(new ListFindingsV2Command({ analyzerArn }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})
