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

test('the caller is the demo administrator', async () => {
  const { sts } = sandboxClients()
  const identity = await sts.send(new GetCallerIdentityCommand({}))
  expect(identity).toMatchObject({ Account: '123456789012', Arn: 'arn:aws:iam::123456789012:user/demo-admin' })
})

test('the account can be read, a policy put, attached and detached, and the finding follows', async () => {
  const { iam, analyzer, sandbox } = sandboxClients()
  const details = await iam.send(new GetAccountAuthorizationDetailsCommand({}))
  expect(details.RoleDetailList?.map((role) => role.RoleName)).toContain('web-app-role')
  const { analyzers } = await analyzer.send(new ListAnalyzersCommand({ type: 'ACCOUNT_UNUSED_ACCESS' }))
  const analyzerArn = analyzers?.[0]?.arn ?? ''
  const resource = 'arn:aws:iam::123456789012:role/web-app-role'
  const find = async () =>
    (await analyzer.send(new ListFindingsV2Command({ analyzerArn, filter: { resource: { eq: [resource] } } }))).findings ?? []
  const [before] = await find()
  const finding = await analyzer.send(new GetFindingV2Command({ analyzerArn, id: before?.id ?? '' }))
  expect(finding.findingDetails?.length).toBeGreaterThan(0)

  const document = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] })
  const names = details.RoleDetailList?.find((role) => role.RoleName === 'web-app-role')?.RolePolicyList ?? []
  for (const { PolicyName } of names)
    await iam.send(new PutRolePolicyCommand({ RoleName: 'web-app-role', PolicyName, PolicyDocument: document }))
  const read = await iam.send(new GetRolePolicyCommand({ RoleName: 'web-app-role', PolicyName: names[0]?.PolicyName }))
  expect(decodeURIComponent(read.PolicyDocument ?? '')).toBe(document)
  expect(await find()).toEqual([])

  const PolicyArn = 'arn:aws:iam::aws:policy/AmazonSQSFullAccess'
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'web-app-role', PolicyArn }))
  expect((await find())[0]?.id).not.toBe(before?.id)
  await iam.send(new DetachRolePolicyCommand({ RoleName: 'web-app-role', PolicyArn }))
  await expect(iam.send(new DetachRolePolicyCommand({ RoleName: 'web-app-role', PolicyArn }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  })
  expect(sandbox.callLog.at(-1)).toMatchObject({ service: 'iam', operation: 'DetachRolePolicy', outcome: 'NoSuchEntity' })
})
