import { GetFindingV2Command, ListAnalyzersCommand, ListFindingsV2Command } from '@aws-sdk/client-accessanalyzer'
import {
  AttachRolePolicyCommand,
  DetachRolePolicyCommand,
  GetAccountAuthorizationDetailsCommand,
  GetRolePolicyCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { sandboxClients } from './sandbox-clients.ts'

test('the caller is the demo administrator, whatever the access key', async () => {
  const { sts } = sandboxClients()
  const identity = await sts.send(new GetCallerIdentityCommand({}))
  expect(identity).toMatchObject({ Account: '123456789012', Arn: 'arn:aws:iam::123456789012:user/demo-admin' })
  expect(identity.UserId).toMatch(/^AIDA[A-Z2-7]{17}$/)
})

test('the main job on the demo account: read, find, tighten, find less, put back', async () => {
  const { iam, analyzer } = sandboxClients()
  const details = await iam.send(new GetAccountAuthorizationDetailsCommand({ MaxItems: 1000 }))
  const role = details.RoleDetailList?.find(({ RoleName }) => RoleName === 'web-app-role')
  const inline = role?.RolePolicyList?.[0]
  const { analyzers } = await analyzer.send(new ListAnalyzersCommand({ type: 'ACCOUNT_UNUSED_ACCESS' }))
  const analyzerArn = analyzers?.[0]?.arn ?? ''
  const active = async () => {
    const filter = { resource: { eq: [role?.Arn ?? ''] }, status: { eq: ['ACTIVE'] } }
    return (await analyzer.send(new ListFindingsV2Command({ analyzerArn, filter }))).findings?.map(({ id }) => id ?? '') ?? []
  }
  const [before = ''] = await active()
  const { findingDetails } = await analyzer.send(new GetFindingV2Command({ analyzerArn, id: before }))
  expect(findingDetails).toContainEqual({ unusedPermissionDetails: { serviceNamespace: 'rds' } })

  const original = decodeURIComponent(inline?.PolicyDocument ?? '')
  const put = (PolicyDocument: string) =>
    iam.send(new PutRolePolicyCommand({ RoleName: 'web-app-role', PolicyName: inline?.PolicyName, PolicyDocument }))
  const tightened = original.replace(',"s3:DeleteBucket"', '').replace(/,\{"Sid":"PrototypeCleanup".*\}\]/, ']')
  await put(tightened)
  const read = await iam.send(new GetRolePolicyCommand({ RoleName: 'web-app-role', PolicyName: inline?.PolicyName }))
  expect(decodeURIComponent(read.PolicyDocument ?? '')).toBe(tightened)
  expect(await active()).toEqual([])

  await put(original)
  expect(await active()).toEqual([before])
})

test('an AWS managed policy is replaced and comes back', async () => {
  const { iam } = sandboxClients()
  const target = { RoleName: 'data-processing-role', PolicyArn: 'arn:aws:iam::aws:policy/AmazonS3FullAccess' }
  await iam.send(new DetachRolePolicyCommand(target))
  await expect(iam.send(new DetachRolePolicyCommand(target))).rejects.toMatchObject({ name: 'NoSuchEntityException' })
  await iam.send(new AttachRolePolicyCommand(target))
  await iam.send(new AttachRolePolicyCommand(target))
})
