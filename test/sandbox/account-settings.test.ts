import {
  CreateAccountAliasCommand,
  CreateGroupCommand,
  DeleteAccountAliasCommand,
  DeleteAccountPasswordPolicyCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetGroupCommand,
  GetOpenIDConnectProviderCommand,
  ListAccountAliasesCommand,
  ListOpenIDConnectProvidersCommand,
  ListSAMLProvidersCommand,
  ListServiceSpecificCredentialsCommand,
  ListSigningCertificatesCommand,
  ListSSHPublicKeysCommand,
  ListVirtualMFADevicesCommand,
  UpdateAccountPasswordPolicyCommand,
  UpdateGroupCommand,
} from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { ACCOUNT_ID, sandboxClients } from './sandbox-clients.ts'

test('an account has one alias, which a new one replaces', async () => {
  const { iam } = sandboxClients({ fixture: {} })
  const aliases = async () => (await iam.send(new ListAccountAliasesCommand({}))).AccountAliases
  expect(await aliases()).toEqual([])
  await iam.send(new CreateAccountAliasCommand({ AccountAlias: 'first-name' }))
  await iam.send(new CreateAccountAliasCommand({ AccountAlias: 'shop' }))
  expect(await aliases()).toEqual(['shop'])
  await expect(iam.send(new DeleteAccountAliasCommand({ AccountAlias: 'first-name' }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  })
  await iam.send(new DeleteAccountAliasCommand({ AccountAlias: 'shop' }))
  expect(await aliases()).toEqual([])
})

test('rules for passwords: none at first, what is not named goes back to its default', async () => {
  const { iam } = sandboxClients({ fixture: {} })
  const policy = async () => (await iam.send(new GetAccountPasswordPolicyCommand({}))).PasswordPolicy
  const none = { name: 'NoSuchEntityException', message: `The Password Policy with domain name ${ACCOUNT_ID} cannot be found.` }
  await expect(policy()).rejects.toMatchObject(none)
  await iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 14, RequireSymbols: true, MaxPasswordAge: 90 }))
  expect(await policy()).toMatchObject({ MinimumPasswordLength: 14, RequireSymbols: true, ExpirePasswords: true, MaxPasswordAge: 90 })
  await iam.send(new UpdateAccountPasswordPolicyCommand({ RequireNumbers: true }))
  expect(await policy()).toMatchObject({ MinimumPasswordLength: 6, RequireSymbols: false, RequireNumbers: true, ExpirePasswords: false })
  await iam.send(new DeleteAccountPasswordPolicyCommand({}))
  await expect(policy()).rejects.toMatchObject(none)
})

test('the identity providers are those that roles trust', async () => {
  const arn = `arn:aws:iam::${ACCOUNT_ID}:oidc-provider/token.actions.githubusercontent.com`
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Federated: arn }, Action: 'sts:AssumeRoleWithWebIdentity' }],
  })
  const { iam } = sandboxClients({ fixture: { roles: [{ name: 'app' }, { name: 'deploy', trust }, { name: 'deploy-test', trust }] } })
  expect((await iam.send(new ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList).toEqual([{ Arn: arn }])
  expect(await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }))).toMatchObject({
    Url: 'token.actions.githubusercontent.com',
    ClientIDList: ['sts.amazonaws.com'],
  })
  expect((await iam.send(new ListSAMLProvidersCommand({}))).SAMLProviderList).toEqual([])
  expect((await iam.send(new GetAccountSummaryCommand({}))).SummaryMap?.Providers).toBe(1)
  const other = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: `${arn}/other` })
  await expect(iam.send(other)).rejects.toMatchObject({ name: 'NoSuchEntityException' })
})

test('second factors are listed with their users; other credentials nobody has', async () => {
  const { iam } = sandboxClients({ fixture: { users: [{ name: 'ann', mfa: true }, { name: 'bob' }] } })
  const devices = async (AssignmentStatus?: 'Unassigned') =>
    (await iam.send(new ListVirtualMFADevicesCommand({ AssignmentStatus }))).VirtualMFADevices
  expect((await devices())?.map(({ SerialNumber, User }) => [SerialNumber, User?.UserName])).toEqual([
    [`arn:aws:iam::${ACCOUNT_ID}:mfa/ann`, 'ann'],
  ])
  expect(await devices('Unassigned')).toEqual([])
  expect((await iam.send(new ListSigningCertificatesCommand({ UserName: 'ann' }))).Certificates).toEqual([])
  expect((await iam.send(new ListSSHPublicKeysCommand({ UserName: 'ann' }))).SSHPublicKeys).toEqual([])
  expect((await iam.send(new ListServiceSpecificCredentialsCommand({ UserName: 'ann' }))).ServiceSpecificCredentials).toEqual([])
  await expect(iam.send(new ListSSHPublicKeysCommand({ UserName: 'eve' }))).rejects.toMatchObject({ name: 'NoSuchEntityException' })
})

test('a group takes a new name, but not that of another one', async () => {
  const { iam } = sandboxClients({ fixture: { groups: [{ name: 'readers' }] } })
  await iam.send(new CreateGroupCommand({ GroupName: 'writers' }))
  const rename = (NewGroupName: string) => iam.send(new UpdateGroupCommand({ GroupName: 'writers', NewGroupName, NewPath: '/team/' }))
  await expect(rename('READERS')).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' })
  await rename('authors')
  expect((await iam.send(new GetGroupCommand({ GroupName: 'authors' }))).Group?.Arn).toBe(`arn:aws:iam::${ACCOUNT_ID}:group/team/authors`)
})
