import { describe, expect, it } from 'vitest'
import { createLiveReader } from '../../src/aws/live-reader.ts'
import { type Answer, type Call, standIn, xml, xmlError } from './support/stand-in.ts'

const own = 'arn:aws:iam::111122223333:policy/Own'
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
const text = (sid: string): string => `{ "Statement": [{"Sid":"${sid}"}] }`
const encoded = (sid: string): string => encodeURIComponent(text(sid))
const gone = xmlError(404, 'NoSuchEntity')

const role = {
  RoleName: 'web',
  RoleId: 'AROAWEB',
  Arn: 'arn:aws:iam::111122223333:role/app/web',
  Path: '/app/',
  Description: 'the web',
  AssumeRolePolicyDocument: encoded('trust'),
  PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: own },
  Tags: [
    { Key: 'team', Value: 'a' },
    { Key: 'env', Value: 'prod' },
  ],
}

/** The role `web`, its lists in pages of one. */
function webRole(call: Call): Answer {
  const { RoleName, PolicyName, PolicyArn, VersionId, Marker } = call.params
  const onTwoPages = (name: string, first: unknown, second: unknown): Answer =>
    Marker === undefined
      ? xml(call, { [name]: [first], IsTruncated: true, Marker: '2' })
      : xml(call, { [name]: [second], IsTruncated: false })
  if (RoleName !== undefined && RoleName !== 'web') return gone
  switch (call.action) {
    case 'GetRole':
      return xml(call, { Role: role })
    case 'ListRolePolicies':
      return onTwoPages('PolicyNames', 'second', 'first')
    case 'GetRolePolicy':
      return PolicyName === 'none' ? gone : xml(call, { RoleName, PolicyName, PolicyDocument: encoded(PolicyName ?? '') })
    case 'ListAttachedRolePolicies':
      return onTwoPages('AttachedPolicies', { PolicyName: 'ReadOnlyAccess', PolicyArn: readOnly }, { PolicyName: 'Own', PolicyArn: own })
    case 'GetPolicy':
      if (PolicyArn === readOnly)
        return xml(call, { Policy: { PolicyName: 'ReadOnlyAccess', Arn: readOnly, DefaultVersionId: 'v9', AttachmentCount: 4 } })
      if (PolicyArn !== own) return gone
      return xml(call, {
        Policy: {
          PolicyName: 'Own',
          Arn: own,
          DefaultVersionId: 'v2',
          AttachmentCount: 1,
          PermissionsBoundaryUsageCount: 1,
          Tags: [{ Key: 'k', Value: '' }],
        },
      })
    case 'ListPolicyVersions':
      return onTwoPages('Versions', { VersionId: 'v2', IsDefaultVersion: true }, { VersionId: 'v1', IsDefaultVersion: false })
    case 'GetPolicyVersion':
      return xml(call, { PolicyVersion: { VersionId, CreateDate: new Date('2024-01-02T03:04:05Z'), Document: encoded(VersionId ?? '') } })
    default:
      return xmlError(400, 'InvalidAction')
  }
}

describe('the state of a role', () => {
  it('is exact: every page, every version, texts decoded byte for byte, lists in order', async () => {
    const { clients } = standIn(webRole)
    const createDate = '2024-01-02T03:04:05.000Z'
    await expect(createLiveReader(clients).roleState('web')).resolves.toEqual({
      roleName: 'web',
      arn: role.Arn,
      roleId: 'AROAWEB',
      path: '/app/',
      description: 'the web',
      trust: text('trust'),
      boundary: own,
      tags: [
        { key: 'env', value: 'prod' },
        { key: 'team', value: 'a' },
      ],
      inline: [
        { name: 'first', text: text('first') },
        { name: 'second', text: text('second') },
      ],
      attached: [
        { name: 'Own', arn: own },
        { name: 'ReadOnlyAccess', arn: readOnly },
      ],
      managed: [
        {
          name: 'Own',
          arn: own,
          defaultVersionId: 'v2',
          attachmentCount: 1,
          boundaryUseCount: 1,
          versions: [
            { versionId: 'v2', isDefault: true, createDate, text: text('v2') },
            { versionId: 'v1', isDefault: false, createDate, text: text('v1') },
          ],
          tags: [{ key: 'k', value: '' }],
        },
        {
          name: 'ReadOnlyAccess',
          arn: readOnly,
          defaultVersionId: 'v9',
          attachmentCount: 4,
          boundaryUseCount: 0,
          versions: [{ versionId: 'v9', isDefault: true, createDate, text: text('v9') }],
          tags: [],
        },
      ],
    })
  })

  it('asks for no more than the version in force of a policy of AWS', async () => {
    const { clients, calls } = standIn(webRole)
    await createLiveReader(clients).managedPolicy(readOnly)
    expect(calls.map((call) => call.action)).toEqual(['GetPolicy', 'GetPolicyVersion'])
  })

  it('is not taken for a role without policies when a list is no answer of AWS', async () => {
    const { clients } = standIn((call) => (call.action.startsWith('List') ? { text: '<html><body>Welcome</body></html>' } : webRole(call)))
    const reader = createLiveReader(clients)
    await expect(reader.roleState('web')).rejects.toMatchObject({ kind: 'unavailable' })
    await expect(reader.attachedPolicies('web')).rejects.toMatchObject({ kind: 'unavailable' })
  })

  it('is a failure when the version in force vanishes while it is read', async () => {
    const { clients } = standIn((call) => (call.action === 'GetPolicyVersion' && call.params.VersionId === 'v2' ? gone : webRole(call)))
    await expect(createLiveReader(clients).managedPolicy(own)).rejects.toMatchObject({ kind: 'unavailable' })
  })

  it('does not mind that an older version vanishes while it is read', async () => {
    const { clients } = standIn((call) => (call.action === 'GetPolicyVersion' && call.params.VersionId === 'v1' ? gone : webRole(call)))
    const policy = await createLiveReader(clients).managedPolicy(own)
    expect(policy?.versions.map((version) => version.versionId)).toEqual(['v2'])
  })
})

describe('a single thing', () => {
  it('is null when it is absent', async () => {
    const reader = createLiveReader(standIn(webRole).clients)
    expect(await reader.roleState('other')).toBeNull()
    expect(await reader.roleId('other')).toBeNull()
    expect(await reader.attachedPolicies('other')).toBeNull()
    expect(await reader.inlinePolicy('web', 'none')).toBeNull()
    expect(await reader.managedPolicy('arn:aws:iam::111122223333:policy/none')).toBeNull()
  })

  it('is read by its name', async () => {
    const reader = createLiveReader(standIn(webRole).clients)
    expect(await reader.roleId('web')).toBe('AROAWEB')
    expect(await reader.inlinePolicy('web', 'own')).toEqual({ name: 'own', text: text('own') })
  })
})

describe('the quotas', () => {
  const reader = (answer: (call: Call) => Answer) => createLiveReader(standIn(answer).clients)
  const entry = (key: string, value: number): string => `<entry><key>${key}</key><value>${value}</value></entry>`

  it('are the account’s own', async () => {
    const entries = entry('AttachedPoliciesPerRoleQuota', 20) + entry('PoliciesQuota', 5_000) + entry('Policies', 17)
    const summary = (call: Call): Answer => ({ text: xml(call, { SummaryMap: 'MAP' }).text.replace('MAP', entries) })
    expect(await reader(summary).quotas()).toEqual({
      inlineSumPerRole: 10_240,
      managedPolicySize: 6_144,
      attachedPerRole: 20,
      versionsPerPolicy: 5,
      policiesPerAccount: 5_000,
      policiesInAccount: 17,
    })
  })

  it('are the documented ones where the account does not say', async () => {
    expect(await reader(() => xmlError(403, 'AccessDenied')).quotas()).toMatchObject({ attachedPerRole: 10, policiesInAccount: 0 })
  })

  it('are not guessed without credentials', async () => {
    await expect(reader(() => xmlError(403, 'ExpiredToken')).quotas()).rejects.toMatchObject({ kind: 'credentials' })
  })
})

describe('the caller', () => {
  const callerOf = (identity: object) =>
    createLiveReader(standIn((call) => (call.service === 'sts' ? xml(call, identity) : webRole(call))).clients).caller()

  it.each([
    [
      'a user',
      { Arn: 'arn:aws:iam::111122223333:user/ana', UserId: 'AIDAANA', Account: '111122223333' },
      { roleName: null, roleId: null, isRoot: false, partition: 'aws' },
    ],
    [
      'the root user',
      { Arn: 'arn:aws:iam::111122223333:root', UserId: '111122223333', Account: '111122223333' },
      { roleName: null, roleId: null, isRoot: true },
    ],
    [
      'a session of a role, whose user id names the role',
      { Arn: 'arn:aws-cn:sts::111122223333:assumed-role/admin/me', UserId: 'AROAADMIN:me', Account: '111122223333' },
      { roleName: 'admin', roleId: 'AROAADMIN', isRoot: false, partition: 'aws-cn' },
    ],
    [
      'a session of a role, whose id must be asked for',
      { Arn: 'arn:aws:sts::111122223333:assumed-role/web/me', UserId: 'x', Account: '111122223333' },
      { roleName: 'web', roleId: 'AROAWEB' },
    ],
  ])('is %s', async (_, identity, expected) => {
    expect(await callerOf(identity)).toMatchObject({ arn: identity.Arn, accountId: '111122223333', ...expected })
  })

  it('is a failure when nobody is named', async () => {
    await expect(callerOf({})).rejects.toMatchObject({ kind: 'unavailable' })
  })
})
