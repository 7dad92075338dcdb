import {
  AttachRolePolicyCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListEntitiesForPolicyCommand,
  PutRolePermissionsBoundaryCommand,
} from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { allowText, awsPolicy, oneRole, ownPolicy, sandboxClients } from './sandbox-clients.ts'

const attach = (PolicyArn: string, RoleName = 'app') => new AttachRolePolicyCommand({ RoleName, PolicyArn })
const detach = (PolicyArn: string, RoleName = 'app') => new DetachRolePolicyCommand({ RoleName, PolicyArn })

test('attaching twice changes nothing, detaching twice is an error', async () => {
  const { iam } = oneRole()
  await iam.send(attach(awsPolicy('AmazonS3FullAccess')))
  await iam.send(attach(awsPolicy('AmazonS3FullAccess')))
  const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: 'app' }))
  expect(AttachedPolicies).toEqual([{ PolicyName: 'AmazonS3FullAccess', PolicyArn: awsPolicy('AmazonS3FullAccess') }])
  await iam.send(detach(awsPolicy('AmazonS3FullAccess')))
  const message = `Policy ${awsPolicy('AmazonS3FullAccess')} was not found.`
  await expect(iam.send(detach(awsPolicy('AmazonS3FullAccess')))).rejects.toMatchObject({ name: 'NoSuchEntityException', message })
})

test('the twenty-first policy finds no slot', async () => {
  const policies = Array.from({ length: 21 }, (_, n) => ({ name: `p${n}`, versions: [allowText('s3:GetObject')] }))
  const { iam } = oneRole({ attached: policies.slice(0, 20).map(({ name }) => name) }, { policies })
  const full = { name: 'LimitExceededException', message: 'Cannot exceed quota for PoliciesPerRole: 20' }
  await expect(iam.send(attach(ownPolicy('p20')))).rejects.toMatchObject(full)
  await iam.send(attach(ownPolicy('p3')))
  await iam.send(detach(ownPolicy('p3')))
  await iam.send(attach(ownPolicy('p20')))
})

test.each([
  ['a policy that nobody has', ownPolicy('none'), 'NoSuchEntityException'],
  ['an ARN of something else', 'arn:aws:s3:::a-bucket-of-somebody', 'InvalidInputException'],
  ['a policy of a service-linked role', awsPolicy('aws-service-role/AutoScalingServiceRolePolicy'), 'PolicyNotAttachableException'],
])('%s cannot be attached', async (_what, arn, name) => {
  const { iam } = oneRole()
  await expect(iam.send(attach(arn))).rejects.toMatchObject({ name })
})

test.each([
  ['service-linked', '/aws-service-role/autoscaling.amazonaws.com/'],
  ['Identity Center', '/aws-reserved/sso.amazonaws.com/'],
])('a %s role cannot be changed', async (_what, path) => {
  const { iam } = oneRole({ path, attached: ['ReadOnlyAccess'] })
  await expect(iam.send(detach(awsPolicy('ReadOnlyAccess')))).rejects.toMatchObject({ name: 'UnmodifiableEntityException' })
})

test('who has a policy: attached and bounded principals, one kind or the other', async () => {
  const { iam } = sandboxClients({
    fixture: {
      policies: [{ name: 'shared', versions: [allowText('s3:*')] }],
      roles: [{ name: 'has', attached: ['shared'] }, { name: 'bounded', boundary: 'shared' }, { name: 'neither' }],
      users: [{ name: 'person', attached: ['shared'] }],
      groups: [{ name: 'people', attached: ['shared'] }],
    },
  })
  const who = async (PolicyUsageFilter?: 'PermissionsPolicy' | 'PermissionsBoundary') => {
    const command = new ListEntitiesForPolicyCommand({
      PolicyArn: ownPolicy('shared'),
      ...(PolicyUsageFilter ? { PolicyUsageFilter } : {}),
    })
    const { PolicyGroups, PolicyRoles, PolicyUsers } = await iam.send(command)
    return [...(PolicyGroups ?? []), ...(PolicyRoles ?? []), ...(PolicyUsers ?? [])].map((entity) => Object.values(entity)[0])
  }
  expect(await who()).toEqual(['people', 'bounded', 'has', 'person'])
  expect(await who('PermissionsPolicy')).toEqual(['people', 'has', 'person'])
  expect(await who('PermissionsBoundary')).toEqual(['bounded'])
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: ownPolicy('shared') }))
  expect(Policy).toMatchObject({ AttachmentCount: 3, PermissionsBoundaryUsageCount: 1 })
  await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'neither', PermissionsBoundary: ownPolicy('shared') }))
  expect(await who('PermissionsBoundary')).toEqual(['bounded', 'neither'])
})
