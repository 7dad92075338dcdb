import {
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  type IAMClient,
  PutGroupPolicyCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  TagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
  UpdateRoleDescriptionCommand,
} from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { allowText, awsPolicy, EC2_TRUST, oneRole, ownPolicy, sandboxClients } from './sandbox-clients.ts'

const SERVICE_LINKED = '/aws-service-role/autoscaling.amazonaws.com/'

const policies = Array.from({ length: 21 }, (_, n) => ({ name: `p${n}`, versions: [allowText('s3:GetObject')] }))
const names = policies.map(({ name }) => name)

const account = () =>
  sandboxClients({
    fixture: {
      policies,
      roles: [{ name: 'app' }, { name: 'linked', path: SERVICE_LINKED, inline: { p: allowText('s3:*') }, attached: ['ReadOnlyAccess'] }],
      users: [{ name: 'ann' }, { name: 'full', attached: names.slice(0, 20) }],
      groups: [{ name: 'team' }, { name: 'full', attached: names.slice(0, 10) }],
    },
  }).iam

type Call = (iam: IAMClient) => Promise<unknown>

/** A document of exactly so many characters that count. */
function ofSize(size: number): string {
  const frame = allowText('s3:GetObject').replace('"*"', '"arn:aws:s3:::"')
  return frame.replace(':::"', `:::${'x'.repeat(size - frame.length)}"`)
}

/** The same for a trust policy. */
function trustOfSize(size: number): string {
  const framed = (value: string) => EC2_TRUST.replace('"Action"', `"Condition":{"StringEquals":{"aws:PrincipalTag/a":"${value}"}},"Action"`)
  return framed('x'.repeat(size - framed('').length))
}

const tags = (count: number) => Array.from({ length: count }, (_, n) => ({ Key: `key${n}`, Value: 'x' }))

test.each<[what: string, fits: Call, breaks: Call, message: string | RegExp]>([
  [
    'inline policies of a role',
    (iam) => iam.send(new PutRolePolicyCommand({ RoleName: 'app', PolicyName: 'p', PolicyDocument: ofSize(10_240) })),
    (iam) => iam.send(new PutRolePolicyCommand({ RoleName: 'app', PolicyName: 'p', PolicyDocument: ofSize(10_241) })),
    'Maximum policy size of 10240 bytes exceeded for role app',
  ],
  [
    'inline policies of a user',
    (iam) => iam.send(new PutUserPolicyCommand({ UserName: 'ann', PolicyName: 'p', PolicyDocument: ofSize(2_048) })),
    (iam) => iam.send(new PutUserPolicyCommand({ UserName: 'ann', PolicyName: 'p', PolicyDocument: ofSize(2_049) })),
    'Maximum policy size of 2048 bytes exceeded for user ann',
  ],
  [
    'inline policies of a group',
    (iam) => iam.send(new PutGroupPolicyCommand({ GroupName: 'team', PolicyName: 'p', PolicyDocument: ofSize(5_120) })),
    (iam) => iam.send(new PutGroupPolicyCommand({ GroupName: 'team', PolicyName: 'p', PolicyDocument: ofSize(5_121) })),
    'Maximum policy size of 5120 bytes exceeded for group team',
  ],
  [
    'policies attached to a user',
    (iam) => iam.send(new AttachUserPolicyCommand({ UserName: 'full', PolicyArn: ownPolicy('p3') })),
    (iam) => iam.send(new AttachUserPolicyCommand({ UserName: 'full', PolicyArn: ownPolicy('p20') })),
    'Cannot exceed quota for PoliciesPerUser: 20',
  ],
  [
    'policies attached to a group',
    (iam) => iam.send(new AttachGroupPolicyCommand({ GroupName: 'full', PolicyArn: ownPolicy('p3') })),
    (iam) => iam.send(new AttachGroupPolicyCommand({ GroupName: 'full', PolicyArn: ownPolicy('p20') })),
    'Cannot exceed quota for PoliciesPerGroup: 10',
  ],
  [
    'a trust policy',
    (iam) => iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'app', PolicyDocument: trustOfSize(4_096) })),
    (iam) => iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'app', PolicyDocument: trustOfSize(4_097) })),
    'Cannot exceed quota for ACLSizePerRole: 4096',
  ],
  [
    'tags of a role',
    (iam) => iam.send(new TagRoleCommand({ RoleName: 'app', Tags: tags(50) })),
    (iam) => iam.send(new TagRoleCommand({ RoleName: 'app', Tags: tags(51) })),
    /50/,
  ],
])('%s: what fits is taken, one more is too much', async (_what, fits, breaks, message) => {
  const iam = account()
  await expect(breaks(iam)).rejects.toMatchObject({
    name: expect.stringMatching(/^(LimitExceededException|ValidationError)$/),
    message: expect.stringMatching(typeof message === 'string' ? new RegExp(`^${message}$`) : message),
  })
  await fits(iam)
})

const RoleName = 'linked'

test.each<[what: string, call: Call]>([
  ['inline policy', (iam) => iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'q', PolicyDocument: allowText('s3:*') }))],
  ['inline policy, taken away', (iam) => iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'p' }))],
  ['attachment', (iam) => iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: ownPolicy('p0') }))],
  ['attachment, taken away', (iam) => iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn: awsPolicy('ReadOnlyAccess') }))],
  ['boundary', (iam) => iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: ownPolicy('p0') }))],
  ['boundary, taken away', (iam) => iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }))],
  ['trust', (iam) => iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: EC2_TRUST }))],
  ['session length', (iam) => iam.send(new UpdateRoleCommand({ RoleName, MaxSessionDuration: 7_200 }))],
  ['life', (iam) => iam.send(new DeleteRoleCommand({ RoleName }))],
])('of a service-linked role nobody changes the %s', async (_what, call) => {
  await expect(call(account())).rejects.toMatchObject({
    name: 'UnmodifiableEntityException',
    message: "Cannot perform the operation on the protected role 'linked' - this role is only modifiable by AWS",
  })
})

test('a role of Identity Center takes neither tags nor a description', async () => {
  const { iam } = oneRole({ path: '/aws-reserved/sso.amazonaws.com/' })
  const name = 'UnmodifiableEntityException'
  await expect(iam.send(new TagRoleCommand({ RoleName: 'app', Tags: tags(1) }))).rejects.toMatchObject({ name })
  await expect(iam.send(new UpdateRoleDescriptionCommand({ RoleName: 'app', Description: 'x' }))).rejects.toMatchObject({ name })
})

test('a service-linked role takes tags and a description; its path is for nobody else', async () => {
  const iam = account()
  await iam.send(new TagRoleCommand({ RoleName, Tags: tags(1) }))
  await iam.send(new UpdateRoleDescriptionCommand({ RoleName, Description: 'scales' }))
  const mine = new CreateRoleCommand({ RoleName: 'mine', Path: SERVICE_LINKED, AssumeRolePolicyDocument: EC2_TRUST })
  await expect(iam.send(mine)).rejects.toMatchObject({ name: 'AccessDenied' })
})
