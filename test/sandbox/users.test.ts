import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateInstanceProfileCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteGroupCommand,
  DeleteLoginProfileCommand,
  DeleteUserCommand,
  DetachUserPolicyCommand,
  GetGroupCommand,
  GetInstanceProfileCommand,
  GetLoginProfileCommand,
  GetUserPolicyCommand,
  ListAccessKeysCommand,
  ListAttachedGroupPoliciesCommand,
  ListGroupsForUserCommand,
  ListInstanceProfilesForRoleCommand,
  ListMFADevicesCommand,
  ListPoliciesGrantingServiceAccessCommand,
  ListRoleTagsCommand,
  ListUserPoliciesCommand,
  PutUserPolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAccessKeyCommand,
  UpdateRoleCommand,
  UpdateRoleDescriptionCommand,
} from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { ACCOUNT_ID, allowText, awsPolicy, clientsOf, oneRole, sandboxClients } from './sandbox-clients.ts'

const UserName = 'ann'

async function withUser() {
  const account = sandboxClients({ fixture: {} })
  await account.iam.send(new CreateUserCommand({ UserName, Path: '/people/', Tags: [{ Key: 'team', Value: 'red' }] }))
  return account
}

test('a user is made, gets policies, and is deleted only when everything of it is gone', async () => {
  const { iam } = await withUser()
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument: allowText('s3:GetObject') }))
  const own = await iam.send(new GetUserPolicyCommand({ UserName, PolicyName: 'own' }))
  expect(decodeURIComponent(own.PolicyDocument ?? '')).toBe(allowText('s3:GetObject'))
  expect((await iam.send(new ListUserPoliciesCommand({ UserName }))).PolicyNames).toEqual(['own'])
  const target = { UserName, PolicyArn: awsPolicy('ReadOnlyAccess') }
  await iam.send(new AttachUserPolicyCommand(target))
  const deletion = iam.send(new DeleteUserCommand({ UserName }))
  await expect(deletion).rejects.toMatchObject({ name: 'DeleteConflictException', message: expect.stringContaining('detach all policies') })
  await iam.send(new DetachUserPolicyCommand(target))
  await expect(iam.send(new DetachUserPolicyCommand(target))).rejects.toMatchObject({ name: 'NoSuchEntityException' })
  await expect(iam.send(new CreateUserCommand({ UserName: 'ANN' }))).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' })
})

test('a new access key is its user from then on; a third one is too many', async () => {
  const { iam, sandbox } = await withUser()
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
  const identify = () => clientsOf(sandbox, 'us-east-1', credentials).sts.send(new GetCallerIdentityCommand({}))
  expect((await identify()).Arn).toBe(`arn:aws:iam::${ACCOUNT_ID}:user/people/ann`)
  await iam.send(new CreateAccessKeyCommand({ UserName }))
  await expect(iam.send(new CreateAccessKeyCommand({ UserName }))).rejects.toMatchObject({ name: 'LimitExceededException' })
  await iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId: AccessKey?.AccessKeyId, Status: 'Inactive' }))
  await expect(identify()).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName }))
  expect(AccessKeyMetadata?.map(({ Status }) => Status).sort()).toEqual(['Active', 'Inactive'])
})

test('a deleted access key is nobody, not the administrator', async () => {
  const { iam, sandbox } = await withUser()
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  const AccessKeyId = AccessKey?.AccessKeyId ?? ''
  await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }))
  const gone = clientsOf(sandbox, 'us-east-1', { accessKeyId: AccessKeyId, secretAccessKey: 'b' })
  await expect(gone.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  await expect(iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }))).rejects.toMatchObject({ name: 'NoSuchEntityException' })
  expect((await iam.send(new ListAccessKeysCommand({ UserName }))).AccessKeyMetadata).toEqual([])
  await iam.send(new CreateAccessKeyCommand({ UserName }))
  await iam.send(new CreateAccessKeyCommand({ UserName }))
})

test('a console password comes and goes', async () => {
  const { iam } = await withUser()
  await iam.send(new CreateLoginProfileCommand({ UserName, Password: 'correct horse', PasswordResetRequired: true }))
  expect((await iam.send(new GetLoginProfileCommand({ UserName }))).LoginProfile).toMatchObject({ PasswordResetRequired: true })
  await iam.send(new DeleteLoginProfileCommand({ UserName }))
  await expect(iam.send(new GetLoginProfileCommand({ UserName }))).rejects.toMatchObject({ name: 'NoSuchEntityException' })
  expect((await iam.send(new ListMFADevicesCommand({ UserName }))).MFADevices).toEqual([])
})

test('a group has members and policies, and is deleted without either', async () => {
  const { iam } = await withUser()
  const GroupName = 'readers'
  await iam.send(new CreateGroupCommand({ GroupName }))
  await iam.send(new AddUserToGroupCommand({ GroupName, UserName }))
  await iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn: awsPolicy('ReadOnlyAccess') }))
  expect((await iam.send(new GetGroupCommand({ GroupName }))).Users?.map((user) => user.UserName)).toEqual([UserName])
  expect((await iam.send(new ListGroupsForUserCommand({ UserName }))).Groups).toMatchObject([{ GroupName }])
  expect((await iam.send(new ListAttachedGroupPoliciesCommand({ GroupName }))).AttachedPolicies).toHaveLength(1)
  await expect(iam.send(new DeleteGroupCommand({ GroupName }))).rejects.toMatchObject({ name: 'DeleteConflictException' })
})

test('roles are tagged without regard to case, described and given a longer session', async () => {
  const { iam } = oneRole()
  const RoleName = 'app'
  await iam.send(new TagRoleCommand({ RoleName, Tags: [{ Key: 'Team', Value: 'red' }] }))
  await iam.send(
    new TagRoleCommand({
      RoleName,
      Tags: [
        { Key: 'team', Value: 'blue' },
        { Key: 'env', Value: '' },
      ],
    }),
  )
  await iam.send(new UntagRoleCommand({ RoleName, TagKeys: ['ENV'] }))
  expect((await iam.send(new ListRoleTagsCommand({ RoleName }))).Tags).toEqual([{ Key: 'team', Value: 'blue' }])
  await iam.send(new UpdateRoleCommand({ RoleName, MaxSessionDuration: 7200 }))
  const { Role } = await iam.send(new UpdateRoleDescriptionCommand({ RoleName, Description: 'works' }))
  expect(Role).toMatchObject({ Description: 'works', MaxSessionDuration: 7200 })
  await expect(iam.send(new TagRoleCommand({ RoleName, Tags: [{ Key: 'aws:x', Value: 'y' }] }))).rejects.toMatchObject({
    name: 'InvalidInputException',
  })
})

test('an instance profile shows its role', async () => {
  const { iam } = oneRole({ instanceProfile: 'box' })
  const InstanceProfileName = 'box'
  const { InstanceProfile } = await iam.send(new GetInstanceProfileCommand({ InstanceProfileName }))
  expect(InstanceProfile).toMatchObject({ InstanceProfileName, Roles: [{ RoleName: 'app' }] })
  expect((await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName: 'app' }))).InstanceProfiles).toHaveLength(1)
  await expect(iam.send(new CreateInstanceProfileCommand({ InstanceProfileName }))).rejects.toMatchObject({
    name: 'EntityAlreadyExistsException',
  })
})

test('the policies that grant a service are named', async () => {
  const { iam } = oneRole({ inline: { work: allowText('s3:GetObject') }, attached: ['ReadOnlyAccess', 'AmazonSQSFullAccess'] })
  const Arn = `arn:aws:iam::${ACCOUNT_ID}:role/app`
  const asked = new ListPoliciesGrantingServiceAccessCommand({ Arn, ServiceNamespaces: ['s3', 'sqs'] })
  const { PoliciesGrantingServiceAccess } = await iam.send(asked)
  expect(PoliciesGrantingServiceAccess?.map(({ Policies }) => Policies?.map(({ PolicyName }) => PolicyName))).toEqual([
    ['work', 'ReadOnlyAccess'],
    ['ReadOnlyAccess', 'AmazonSQSFullAccess'],
  ])
})
