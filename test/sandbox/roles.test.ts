import {
  CreatePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  GetRoleCommand,
  ListRolesCommand,
  PutRolePermissionsBoundaryCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { ACCOUNT_ID, allowText, awsPolicy, EC2_TRUST, oneRole, sandboxClients } from './sandbox-clients.ts'

const trusting = (principal: object) => EC2_TRUST.replace('{"Service":"ec2.amazonaws.com"}', JSON.stringify(principal))
const roleArn = (name: string) => `arn:aws:iam::${ACCOUNT_ID}:role/${name}`
const create = (RoleName: string, AssumeRolePolicyDocument = EC2_TRUST) => new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument })

test('a re-created role of the same name is another role', async () => {
  const { iam } = sandboxClients({ fixture: {} })
  const first = await iam.send(create('app'))
  await expect(iam.send(create('APP'))).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' })
  await iam.send(new DeleteRoleCommand({ RoleName: 'app' }))
  const second = await iam.send(create('app'))
  expect(second.Role?.Arn).toBe(first.Role?.Arn)
  expect(second.Role?.RoleId).not.toBe(first.Role?.RoleId)
})

test.each([
  [
    'twice the same key',
    [
      { Key: 'env', Value: 'a' },
      { Key: 'ENV', Value: 'b' },
    ],
    'InvalidInputException',
  ],
  ['a key of AWS', [{ Key: 'aws:x', Value: 'a' }], 'InvalidInputException'],
  ['51 tags', Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}`, Value: 'a' })), 'LimitExceededException'],
])('a role or policy is not created with %s', async (_what, Tags, name) => {
  const { iam } = sandboxClients({ fixture: {} })
  const role = new CreateRoleCommand({ RoleName: 'app', AssumeRolePolicyDocument: EC2_TRUST, Tags })
  await expect(iam.send(role)).rejects.toMatchObject({ name })
  const policy = new CreatePolicyCommand({ PolicyName: 'app', PolicyDocument: allowText('s3:*'), Tags })
  await expect(iam.send(policy)).rejects.toMatchObject({ name })
})

test('a role goes only when its policies are gone', async () => {
  const { iam } = oneRole({ inline: { p: allowText('s3:*') } })
  await expect(iam.send(new DeleteRoleCommand({ RoleName: 'app' }))).rejects.toMatchObject({ name: 'DeleteConflictException' })
})

test('GetRole tells boundary, tags and last use', async () => {
  const { iam, clock } = oneRole({
    boundary: 'ReadOnlyAccess',
    tags: { 部署: '情報' },
    description: '日次バッチ',
    usage: [{ actions: ['s3:GetObject'], daysAgo: 2, region: 'eu-west-1' }],
  })
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'app' }))
  expect(Role).toMatchObject({
    Description: '日次バッチ',
    Tags: [{ Key: '部署', Value: '情報' }],
    PermissionsBoundary: { PermissionsBoundaryArn: awsPolicy('ReadOnlyAccess') },
    RoleLastUsed: { LastUsedDate: new Date(clock.at.getTime() - 2 * 86_400_000), Region: 'eu-west-1' },
  })
})

test('a boundary is put, replaced and taken away, once', async () => {
  const { iam } = oneRole()
  const put = (name: string) => iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'app', PermissionsBoundary: awsPolicy(name) }))
  await put('ReadOnlyAccess')
  await put('PowerUserAccess')
  await expect(put('Nothing')).rejects.toMatchObject({ name: 'NoSuchEntityException' })
  await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: 'app' }))
  await expect(iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: 'app' }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  })
})

test.each([
  ['an own role that exists', { AWS: roleArn('app') }, null],
  ['another account', { AWS: 'arn:aws:iam::210987654321:root' }, null],
  ['an own role that does not', { AWS: roleArn('none') }, `Invalid principal in policy: "AWS":"${roleArn('none')}"`],
  ['the id of a deleted role', { AWS: 'AROAAAAAAAAAAAAAAAAAA' }, 'Invalid principal in policy: "AWS":"AROAAAAAAAAAAAAAAAAAA"'],
])('a trust policy that names %s', async (_what, principal, message) => {
  const { iam } = oneRole()
  const update = iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'app', PolicyDocument: trusting(principal) }))
  if (message === null) await update
  else await expect(update).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException', message })
})

test('trust in a deleted role shows its id, and cannot be written back', async () => {
  const { iam } = sandboxClients({
    fixture: { roles: [{ name: 'deployer' }, { name: 'app', trust: trusting({ AWS: roleArn('deployer') }) }] },
  })
  await iam.send(new DeleteRoleCommand({ RoleName: 'deployer' }))
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'app' }))
  const shown = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')
  expect(shown).toMatch(/"AWS":"AROA[A-Z2-7]{17}"/)
  const putBack = iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'app', PolicyDocument: shown }))
  await expect(putBack).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' })
})

test('roles are listed by path and page by page', async () => {
  const roles = ['b', 'A', 'c'].map((name) => ({ name, path: name === 'c' ? '/team/' : '/' }))
  const { iam } = sandboxClients({ fixture: { roles } })
  const first = await iam.send(new ListRolesCommand({ MaxItems: 2 }))
  expect(first.Roles?.map(({ RoleName }) => RoleName)).toEqual(['A', 'b'])
  const second = await iam.send(new ListRolesCommand({ MaxItems: 2, Marker: first.Marker }))
  expect([second.Roles?.map(({ RoleName }) => RoleName), second.IsTruncated]).toEqual([['c'], false])
  const team = await iam.send(new ListRolesCommand({ PathPrefix: '/team/' }))
  expect(team.Roles?.map(({ Arn }) => Arn)).toEqual([roleArn('team/c')])
})
