import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DetachRolePolicyCommand,
  GetAccountSummaryCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  ListPoliciesCommand,
  ListPolicyTagsCommand,
  ListPolicyVersionsCommand,
  PutRolePermissionsBoundaryCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { allowText, awsPolicy, oneRole, ownPolicy } from './sandbox-clients.ts'

const PolicyArn = ownPolicy('zt-tui/made')
const create = (input: Partial<CreatePolicyCommand['input']> = {}) =>
  new CreatePolicyCommand({ PolicyName: 'made', Path: '/zt-tui/', PolicyDocument: allowText('s3:GetObject'), ...input })
const version = (action: string, SetAsDefault = false) =>
  new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: allowText(action), SetAsDefault })

test('a policy is made with path, description and tags, and version 1 is its default', async () => {
  const { iam } = oneRole()
  const { Policy } = await iam.send(create({ Description: 'why & <how>', Tags: [{ Key: 'zt-tui:change', Value: '変更 1' }] }))
  expect(Policy).toMatchObject({ Arn: PolicyArn, DefaultVersionId: 'v1', AttachmentCount: 0 })
  expect(Policy?.PolicyId).toMatch(/^ANPA[A-Z2-7]{17}$/)
  expect((await iam.send(new GetPolicyCommand({ PolicyArn }))).Policy?.Description).toBe('why & <how>')
  expect((await iam.send(new ListPolicyTagsCommand({ PolicyArn }))).Tags).toEqual([{ Key: 'zt-tui:change', Value: '変更 1' }])
  const local = await iam.send(new ListPoliciesCommand({ Scope: 'Local' }))
  expect(local.Policies?.map(({ PolicyName }) => PolicyName)).toEqual(['made'])
})

test('policy names are unique in any spelling and on any path', async () => {
  const { iam } = oneRole()
  await iam.send(create())
  await expect(iam.send(create({ PolicyName: 'MADE', Path: '/' }))).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' })
})

test('a managed document has 6,144 characters and is written in the language of 2012', async () => {
  const { iam } = oneRole()
  const fits = allowText('s3:GetObject').replace('"*"', `"arn:aws:s3:::${'x'.repeat(6_144 - allowText('s3:GetObject').length - 12)}"`)
  const tooBig = { name: 'LimitExceededException', message: 'Cannot exceed quota for PolicySize: 6144' }
  await expect(iam.send(create({ PolicyDocument: fits.replace('xx', 'xxx') }))).rejects.toMatchObject(tooBig)
  await iam.send(create({ PolicyDocument: fits }))
  const old = allowText('s3:GetObject').replace('2012-10-17', '2008-10-17')
  await expect(iam.send(create({ PolicyName: 'old', PolicyDocument: old }))).rejects.toMatchObject({
    name: 'MalformedPolicyDocumentException',
  })
})

test('a policy has five versions; the default one stays, numbers are never used again', async () => {
  const { iam } = oneRole()
  await iam.send(create())
  for (const action of ['s3:A', 's3:B', 's3:C', 's3:D']) await iam.send(version(action))
  await expect(iam.send(version('s3:E'))).rejects.toMatchObject({ name: 'LimitExceededException' })
  await expect(iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v1' }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
  })
  await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v5' }))
  await expect(iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v5' }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  })
  const made = await iam.send(version('s3:F', true))
  expect(made.PolicyVersion).toMatchObject({ VersionId: 'v6', IsDefaultVersion: true })
  await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }))
  const { Versions } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }))
  expect(Versions?.map(({ VersionId, IsDefaultVersion }) => `${VersionId}${IsDefaultVersion ? '*' : ''}`)).toEqual([
    'v6',
    'v4',
    'v3',
    'v2*',
    'v1',
  ])
  const read = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v6' }))
  expect(decodeURIComponent(read.PolicyVersion?.Document ?? '')).toBe(allowText('s3:F'))
})

test('a policy goes only when nobody has it and no other version is left', async () => {
  const { iam } = oneRole()
  await iam.send(create())
  await iam.send(version('s3:A'))
  const gone = () => iam.send(new DeletePolicyCommand({ PolicyArn }))
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'app', PolicyArn }))
  await expect(gone()).rejects.toMatchObject({ name: 'DeleteConflictException', message: 'Cannot delete a policy attached to entities.' })
  await iam.send(new DetachRolePolicyCommand({ RoleName: 'app', PolicyArn }))
  await expect(gone()).rejects.toMatchObject({ name: 'DeleteConflictException' })
  await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v2' }))
  await gone()
  await expect(gone()).rejects.toMatchObject({ name: 'NoSuchEntityException' })
})

test('a policy that bounds somebody cannot be deleted', async () => {
  const { iam } = oneRole()
  await iam.send(create())
  await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'app', PermissionsBoundary: PolicyArn }))
  await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject({ name: 'DeleteConflictException' })
})

test('a policy of AWS has its own document and cannot be edited', async () => {
  const { iam } = oneRole()
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: awsPolicy('PowerUserAccess') }))
  const read = await iam.send(new GetPolicyVersionCommand({ PolicyArn: awsPolicy('PowerUserAccess'), VersionId: Policy?.DefaultVersionId }))
  expect(decodeURIComponent(read.PolicyVersion?.Document ?? '')).toContain('NotAction')
  await expect(iam.send(new DeletePolicyCommand({ PolicyArn: awsPolicy('PowerUserAccess') }))).rejects.toMatchObject({
    name: 'AccessDenied',
  })
})

test('the summary counts the account and tells the quotas', async () => {
  const { iam } = oneRole()
  await iam.send(create())
  const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}))
  expect(SummaryMap).toMatchObject({
    Roles: 1,
    Policies: 1,
    PolicySizeQuota: 6144,
    RolePolicySizeQuota: 10_240,
    AttachedPoliciesPerRoleQuota: 20,
    VersionsPerPolicyQuota: 5,
  })
})
