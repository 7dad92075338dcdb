import { describe, expect, it } from 'vitest'
import type { Account } from '../../src/account/account.ts'
import { parseAccount } from '../../src/account/parse-account.ts'

const arn = (rest: string): string => `arn:aws:iam::111122223333:${rest}`
const document = { Version: '2012-10-17', Statement: [] }
const text = JSON.stringify(document)

function account(source: unknown): Account {
  const parsed = parseAccount(source)
  if (!parsed.ok) throw new Error(`${parsed.place}: ${parsed.message}`)
  return parsed.account
}

const fullRole = {
  Path: '/app/',
  RoleName: 'web',
  RoleId: 'AROAWEB',
  Arn: arn('role/app/web'),
  CreateDate: '2024-01-02 03:04:05+00:00',
  AssumeRolePolicyDocument: encodeURIComponent(text),
  InstanceProfileList: [{ InstanceProfileName: 'web', Arn: arn('instance-profile/web'), Roles: [] }],
  RolePolicyList: [{ PolicyName: 'own', PolicyDocument: document }],
  AttachedManagedPolicies: [{ PolicyName: 'Shared', PolicyArn: arn('policy/Shared') }],
  PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn('policy/Shared') },
  Tags: [{ Key: 'env', Value: 'prod' }],
  RoleLastUsed: { LastUsedDate: '2024-02-03T04:05:06Z', Region: 'eu-west-1' },
}
const sharedPolicy = {
  PolicyName: 'Shared',
  PolicyId: 'ANPASHARED',
  Arn: arn('policy/Shared'),
  Path: '/',
  DefaultVersionId: 'v2',
  AttachmentCount: 3,
  PermissionsBoundaryUsageCount: 1,
  IsAttachable: true,
  CreateDate: '2023-01-01T00:00:00Z',
  UpdateDate: '2023-06-01T00:00:00Z',
  PolicyVersionList: [
    { VersionId: 'v2', IsDefaultVersion: true, CreateDate: '2023-06-01T00:00:00Z', Document: document },
    { VersionId: 'v1', IsDefaultVersion: false, CreateDate: '2023-01-01T00:00:00Z', Document: encodeURIComponent(text) },
  ],
}

describe('an account', () => {
  it('holds what the source says', () => {
    const { roles, policies, problems, accountId, partition } = account({ RoleDetailList: [fullRole], Policies: [sharedPolicy] })
    expect({ accountId, partition, problems }).toEqual({ accountId: '111122223333', partition: 'aws', problems: [] })
    expect(roles).toEqual([
      {
        roleName: 'web',
        path: '/app/',
        arn: fullRole.Arn,
        roleId: 'AROAWEB',
        createDate: '2024-01-02T03:04:05.000Z',
        description: null,
        trust: text,
        inline: [{ name: 'own', text }],
        attached: [{ name: 'Shared', arn: sharedPolicy.Arn }],
        boundary: sharedPolicy.Arn,
        tags: [{ key: 'env', value: 'prod' }],
        lastUsed: '2024-02-03T04:05:06.000Z',
        instanceProfiles: [arn('instance-profile/web')],
      },
    ])
    expect(policies.get(sharedPolicy.Arn)).toEqual({
      name: 'Shared',
      arn: sharedPolicy.Arn,
      policyId: 'ANPASHARED',
      path: '/',
      defaultVersionId: 'v2',
      attachmentCount: 3,
      boundaryUseCount: 1,
      createDate: '2023-01-01T00:00:00.000Z',
      updateDate: '2023-06-01T00:00:00.000Z',
      versions: [
        { versionId: 'v2', isDefault: true, createDate: '2023-06-01T00:00:00.000Z', text },
        { versionId: 'v1', isDefault: false, createDate: '2023-01-01T00:00:00.000Z', text },
      ],
    })
  })

  it('has users and groups', () => {
    const { users, groups } = account({
      UserDetailList: [
        {
          Arn: arn('user/ops/ana'),
          UserId: 'AIDAANA',
          GroupList: ['admins'],
          UserPolicyList: [{ PolicyName: 'own', PolicyDocument: document }],
        },
      ],
      GroupDetailList: [{ Arn: arn('group/admins'), GroupName: 'admins', GroupPolicyList: [] }],
    })
    expect(users[0]).toMatchObject({
      userName: 'ana',
      path: '/ops/',
      userId: 'AIDAANA',
      groups: ['admins'],
      inline: [{ name: 'own', text }],
    })
    expect(groups[0]).toMatchObject({ groupName: 'admins', path: '/', inline: [], attached: [] })
  })

  it('may be empty', () => {
    for (const source of [{}, [], [{}], { RoleDetailList: null }, { Policies: [] }]) {
      expect(account(source)).toMatchObject({ accountId: null, partition: 'aws', roles: [], problems: [] })
    }
  })

  it('takes names, paths and ids from ARNs where they are absent', () => {
    const { roles, policies } = account({
      RoleDetailList: [{ Arn: arn('role/a/b/web'), AttachedManagedPolicies: [{ PolicyArn: arn('policy/x/P') }] }],
      Policies: [{ Arn: arn('policy/x/P'), PolicyVersionList: [{ Document: document }] }],
    })
    expect(roles[0]).toMatchObject({
      roleName: 'web',
      path: '/a/b/',
      roleId: arn('role/a/b/web'),
      attached: [{ name: 'P', arn: arn('policy/x/P') }],
    })
    expect(policies.get(arn('policy/x/P'))).toMatchObject({
      name: 'P',
      path: '/x/',
      policyId: arn('policy/x/P'),
      attachmentCount: null,
      defaultVersionId: 'v1',
      versions: [{ versionId: 'v1', isDefault: true, createDate: null, text }],
    })
  })

  it.each([
    ['the version named as default', { DefaultVersionId: 'v1', PolicyVersionList: [{ VersionId: 'v2' }, { VersionId: 'v1' }] }, 'v1'],
    ['the version marked as default', { PolicyVersionList: [{ VersionId: 'v4' }, { VersionId: 'v3', IsDefaultVersion: true }] }, 'v3'],
    ['the only version', { PolicyVersionList: [{ VersionId: 'v7' }] }, 'v7'],
  ])('finds the version in force by %s', (_, fields, id) => {
    const { policies } = account({ Policies: [{ Arn: arn('policy/P'), ...fields }] })
    const policy = policies.get(arn('policy/P'))
    expect(policy?.defaultVersionId).toBe(id)
    expect(policy?.versions.filter((version) => version.isDefault).map((version) => version.versionId)).toEqual([id])
  })

  it('is the one that most ARNs name, in its partition', () => {
    const roles = [
      'arn:aws-us-gov:iam::222222222222:role/a',
      'arn:aws-us-gov:iam::111111111111:role/b',
      'arn:aws-us-gov:iam::111111111111:role/c',
    ]
    const source = { RoleDetailList: roles.map((Arn) => ({ Arn })), Policies: [{ Arn: 'arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess' }] }
    expect(account(source)).toMatchObject({ accountId: '111111111111', partition: 'aws-us-gov' })
  })

  it('is joined from pages, policies coming after the roles that have them', () => {
    const { roles, policies, problems } = account([
      { RoleDetailList: [fullRole], IsTruncated: true, Marker: 'a' },
      { IsTruncated: true, Marker: 'b', RoleDetailList: [{ Arn: arn('role/second') }] },
      { Policies: [sharedPolicy], IsTruncated: false },
    ])
    expect(roles.map((role) => role.roleName)).toEqual(['web', 'second'])
    expect(policies.size).toBe(1)
    expect(problems).toEqual([])
  })

  it('has a role once that came on two pages, as it was last', () => {
    const { roles } = account([
      { RoleDetailList: [{ ...fullRole, RoleId: 'AROAOLD' }] },
      { RoleDetailList: [fullRole], Policies: [sharedPolicy] },
    ])
    expect(roles.map((role) => role.roleId)).toEqual(['AROAWEB'])
  })
})

describe('what cannot be read in an account', () => {
  const problemsOf = (source: unknown) =>
    account(source).problems.map((problem) => ({ ...problem, arn: problem.arn?.split('/').at(-1) ?? null }))

  it('flags the role whose inline document it is, and keeps the text', () => {
    const source = {
      RoleDetailList: [
        { Arn: arn('role/web'), RolePolicyList: [{ PolicyName: 'bad', PolicyDocument: '%7Bnope' }] },
        { Arn: arn('role/other') },
      ],
    }
    expect(problemsOf(source)).toEqual([
      { arn: 'web', place: 'RoleDetailList[0].RolePolicyList[0].PolicyDocument', message: 'the document is not valid JSON' },
    ])
    expect(account(source).roles.map((role) => role.inline)).toEqual([[{ name: 'bad', text: '{nope' }], []])
  })

  it('flags every role that has the managed policy', () => {
    const attached = { AttachedManagedPolicies: [{ PolicyName: 'P', PolicyArn: arn('policy/P') }] }
    const Policies = [{ Arn: arn('policy/P'), PolicyVersionList: [{ VersionId: 'v1', Document: 'Allow' }] }]
    const problem = { place: 'Policies[0].PolicyVersionList[0].Document', message: 'attached policy P: the document is not valid JSON' }
    expect(
      problemsOf({
        RoleDetailList: [
          { Arn: arn('role/a'), ...attached },
          { Arn: arn('role/b'), ...attached },
        ],
        Policies,
      }),
    ).toEqual([
      { arn: 'a', ...problem },
      { arn: 'b', ...problem },
    ])
    expect(problemsOf({ Policies })).toEqual([{ arn: 'P', place: problem.place, message: 'the document is not valid JSON' }])
  })

  it('does not flag the roles when it is an older version', () => {
    const { Arn, ...rest } = sharedPolicy
    const versions = [sharedPolicy.PolicyVersionList[0], { VersionId: 'v1', Document: 'Allow' }]
    const source = { RoleDetailList: [fullRole], Policies: [{ Arn, ...rest, PolicyVersionList: versions }] }
    expect(problemsOf(source)).toEqual([
      { arn: 'Shared', place: 'Policies[0].PolicyVersionList[1].Document', message: 'the document is not valid JSON' },
    ])
  })

  it('includes policies that a filtered answer left out', () => {
    expect(problemsOf({ RoleDetailList: [fullRole] })).toEqual([
      { arn: 'web', place: 'RoleDetailList[0].AttachedManagedPolicies[0]', message: 'the attached policy Shared is not in the source' },
      { arn: 'web', place: 'RoleDetailList[0].PermissionsBoundary', message: `the boundary ${arn('policy/Shared')} is not in the source` },
    ])
  })

  it.each([
    ['a role without an ARN', { RoleDetailList: [{ RoleName: 'x' }] }, null, 'RoleDetailList[0].Arn', 'the ARN is missing: left out'],
    ['a policy without an ARN', [{}, { Policies: [{ PolicyName: 'x' }] }], null, '[1].Policies[0].Arn', 'the ARN is missing: left out'],
    [
      'an inline policy without a document',
      { RoleDetailList: [{ Arn: arn('role/r'), RolePolicyList: [{ PolicyName: 'x' }] }] },
      'r',
      'RoleDetailList[0].RolePolicyList[0].PolicyDocument',
      'the document is missing',
    ],
    [
      'an inline policy without a name',
      { RoleDetailList: [{ Arn: arn('role/r'), RolePolicyList: [{ PolicyDocument: document }] }] },
      'r',
      'RoleDetailList[0].RolePolicyList[0].PolicyName',
      'the name of an inline policy is missing',
    ],
    [
      'an attachment without an ARN',
      { RoleDetailList: [{ Arn: arn('role/r'), AttachedManagedPolicies: [{ PolicyName: 'x' }] }] },
      'r',
      'RoleDetailList[0].AttachedManagedPolicies[0].PolicyArn',
      'the ARN of an attached policy is missing',
    ],
    [
      'a policy without versions',
      { Policies: [{ Arn: arn('policy/p'), DefaultVersionId: 'v1' }] },
      'p',
      'Policies[0].PolicyVersionList',
      'the version in force is missing',
    ],
    [
      'a date that is none',
      { RoleDetailList: [{ Arn: arn('role/r'), CreateDate: 'soon' }] },
      'r',
      'RoleDetailList[0].CreateDate',
      'expected a date, found "soon"',
    ],
    [
      'an answer cut short',
      { RoleDetailList: [], NextToken: 'more' },
      null,
      'IsTruncated',
      'the source is one part of a longer answer: the rest is missing',
    ],
  ])('includes %s', (_, source, owner, place, message) => {
    expect(problemsOf(source)).toEqual([{ arn: owner, place, message }])
  })
})

describe('a source that is no account', () => {
  it.each([
    ['a text', 'hello', '', 'expected object, received string'],
    ['null', null, '', 'expected object, received null'],
    ['a list of numbers', [1], '[0]', 'expected object, received number'],
    ['another file', { accessAnalyzerFindings: [] }, '', 'expected one of UserDetailList, GroupDetailList, RoleDetailList, Policies'],
    [
      'a list with another file',
      [{ Policies: [] }, { Roles: [] }],
      '[1]',
      'expected one of UserDetailList, GroupDetailList, RoleDetailList, Policies',
    ],
    ['a list that is an object', { RoleDetailList: {} }, 'RoleDetailList', 'expected array, received object'],
    ['a name that is a number', { RoleDetailList: [{ RoleName: 5 }] }, 'RoleDetailList[0].RoleName', 'expected string, received number'],
    ['a role that is a text', { RoleDetailList: [{}, 'web'] }, 'RoleDetailList[1]', 'expected object, received string'],
    ['a date that is a flag', { RoleDetailList: [{ CreateDate: true }] }, 'RoleDetailList[0].CreateDate', 'expected a date'],
    [
      'a tag without a key',
      [{ RoleDetailList: [{ Tags: [{}] }] }],
      '[0].RoleDetailList[0].Tags[0].Key',
      'expected string, received undefined',
    ],
  ])('%s is told apart, with the place and what was expected', (_, source, place, message) => {
    expect(parseAccount(source)).toEqual({ ok: false, place, message })
  })

  it('does no harm with keys that mean something to JavaScript', () => {
    const source: unknown = JSON.parse(
      `{"__proto__":{"RoleDetailList":[{"Arn":"x"}]},"constructor":{"prototype":{"polluted":1}},"RoleDetailList":[{"__proto__":{"RoleName":"evil"},"Arn":"${arn('role/r')}","Tags":[{"Key":"__proto__","Value":"v"}]}]}`,
    )
    expect(account(source).roles).toMatchObject([{ roleName: 'r', tags: [{ key: '__proto__', value: 'v' }] }])
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted')
  })
})
