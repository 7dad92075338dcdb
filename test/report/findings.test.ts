import { describe, expect, it, test } from 'vitest'
import type { ManagedPolicy } from '../../src/account/account.ts'
import type { ExternalAccess, UserCredentials } from '../../src/evidence/account-observations.ts'
import { arnOf, daysAgo, exampleReport, type Facts, observed, user } from './example-report.ts'

const findingsOf = (facts: Facts) => exampleReport(facts).findings
const high = { riskGrade: 'high', riskScore: 80, unusedPercent: 90 } as const

describe('over-permissive roles', () => {
  const names = (more: object) =>
    findingsOf({ roles: [{ roleName: 'r', allows: ['s3:*'], more }] }).overPermissive.map(({ roleName }) => roleName)

  test.each([
    ['are mostly unused and of high risk', high, ['r']],
    ['begin at 70 percent', { ...high, unusedPercent: 70 }, ['r']],
    ['are none below 70 percent', { ...high, unusedPercent: 69.9 }, []],
    ['are none of medium risk', { ...high, riskGrade: 'medium' }, []],
    ['are none that AWS owns', { ...high, isAwsOwned: true }, []],
    ['include protected ones', { ...high, guards: ['break-glass'] }, ['r']],
  ])('%s', (_, more, expected) => {
    expect(names(more)).toEqual(expected)
  })

  it('come worst first, with all their policies', () => {
    const attached = [{ name: 'AdministratorAccess', arn: 'arn:aws:iam::aws:policy/AdministratorAccess' }]
    const { overPermissive } = findingsOf({
      roles: [
        { roleName: 'b', allows: ['s3:*'], more: high },
        { roleName: 'a', allows: ['s3:*'], attached, more: { ...high, riskScore: 95, riskGrade: 'critical' } },
      ],
    })
    expect(overPermissive.map(({ roleName, policies }) => [roleName, policies])).toEqual([
      ['a', ['AdministratorAccess', 'main']],
      ['b', ['main']],
    ])
  })
})

describe('zombie permissions', () => {
  const impactsOf = (...allows: string[]) =>
    findingsOf({ roles: [{ roleName: 'r', allows }] }).zombies.map(({ actions, impacts }) => [actions, impacts])

  test.each([
    ['rds:DeleteDBInstance', 'resources'],
    ['ec2:TerminateInstances', 'resources'],
    ['sqs:PurgeQueue', 'resources'],
    ['rds:DeleteDBSnapshot', 'backups'],
    ['backup:DeleteRecoveryPoint', 'backups'],
    ['kms:ScheduleKeyDeletion', 'keys'],
    ['s3:PutBucketPolicy', 'exposure'],
    ['cloudtrail:StopLogging', 'blindness'],
    ['logs:DeleteLogGroup', 'blindness'],
    ['iam:AttachRolePolicy', 'escalation'],
  ])('%s: %s', (action, impact) => {
    expect(impactsOf(action)).toEqual([[[action], [impact]]])
  })

  test.each(['s3:GetObject', 'ec2:StartInstances', 'ec2:DeleteTags', 'iam:CreateServiceLinkedRole', 'rds:Delete*', 'iam:ListRoles'])(
    '%s is none',
    (action) => {
      expect(impactsOf(action)).toEqual([])
    },
  )

  it('are not sought in over-permissive roles, nor in those of AWS', () => {
    const allows = ['rds:DeleteDBInstance']
    expect(findingsOf({ roles: [{ roleName: 'r', allows, more: high }] }).zombies).toEqual([])
    expect(findingsOf({ roles: [{ roleName: 'r', allows, more: { isAwsOwned: true } }] }).zombies).toEqual([])
  })
})

describe('unused roles', () => {
  const names = (facts: NonNullable<Facts['roles']>[number]) => findingsOf({ roles: [facts] }).unusedRoles.map(({ advice }) => advice)
  const trust = (principal: unknown) => JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }] })

  test.each([
    ['never used', {}, ['quarantine']],
    ['used before the window', { lastUsed: daysAgo(91) }, ['quarantine']],
    ['used in the window', { lastUsed: daysAgo(89) }, []],
    ['younger than the window', { createDate: daysAgo(30) }, []],
    ['without a witness', { more: { evidence: null } }, []],
    ['owned by AWS', { more: { isAwsOwned: true } }, []],
    ['protected', { more: { guards: ['break-glass'] } }, ['ask-owner']],
    ['F32: trusted by an outside account', { trust: trust({ AWS: '999988887777' }) }, ['ask-owner']],
    ['trusted by its own account', { trust: trust({ AWS: '111122223333' }) }, ['quarantine']],
  ])('a role that is %s: %j', (_, facts, expected) => {
    expect(names({ roleName: 'r', ...facts })).toEqual(expected)
  })
})

describe('users and credentials', () => {
  const alice: UserCredentials = {
    userName: 'alice',
    arn: arnOf('user', 'alice'),
    isRoot: false,
    hasPassword: true,
    passwordLastUsed: daysAgo(10),
    passwordChanged: daysAgo(400),
    hasMfa: true,
    keys: [],
  }
  const key = { slot: 1, isActive: true, lastUsed: daysAgo(200), lastUsedService: 's3', lastRotated: daysAgo(500) } as const
  const troubles = (more: Partial<UserCredentials>) => {
    const found = findingsOf({ observations: { credentials: observed([{ ...alice, ...more }]) } })
    return [found.unusedPasswords.length, found.unusedAccessKeys.length, found.usersWithoutMfa.length, found.rootAccessKeys]
  }

  test.each<[string, Partial<UserCredentials>, number[]]>([
    ['in order', {}, [0, 0, 0, 0]],
    ['idle password', { passwordLastUsed: daysAgo(91) }, [1, 0, 0, 0]],
    ['new password, not used yet', { passwordLastUsed: null, passwordChanged: daysAgo(5) }, [0, 0, 0, 0]],
    ['no MFA', { hasMfa: false }, [0, 0, 1, 0]],
    ['no MFA and no password', { hasMfa: false, hasPassword: false }, [0, 0, 0, 0]],
    ['idle key', { keys: [key] }, [0, 1, 0, 0]],
    ['idle key that is switched off', { keys: [{ ...key, isActive: false }] }, [0, 0, 0, 0]],
    ['new key, not used yet', { keys: [{ ...key, lastUsed: null, lastRotated: daysAgo(3) }] }, [0, 0, 0, 0]],
    ['root without MFA, with a key', { isRoot: true, hasPassword: null, hasMfa: false, keys: [key] }, [0, 1, 1, 1]],
  ])('%s', (_, more, expected) => {
    expect(troubles(more)).toEqual(expected)
  })
})

describe('external access', () => {
  const found: ExternalAccess = {
    id: 'f',
    resourceType: 'AWS::S3::Bucket',
    resource: 'arn:aws:s3:::b',
    isPublic: true,
    principals: ['*'],
    actions: ['s3:GetObject'],
    isConditional: false,
    updatedAt: null,
    complete: true,
  }
  const queue = { resourceType: 'AWS::SQS::Queue', isPublic: false, principals: ['999988887777'], actions: ['sqs:SendMessage'] }

  test.each<[string, Partial<ExternalAccess>, string, string]>([
    ['a bucket that anybody reads', {}, 'anyone-reads', 'at-once'],
    ['a bucket that anybody writes', { actions: ['s3:PutObject'] }, 'anyone-writes', 'at-once'],
    ['a pattern of actions', { actions: ['s3:*'] }, 'anyone-writes', 'at-once'],
    [
      'a function that anybody calls',
      { resourceType: 'AWS::Lambda::Function', actions: ['lambda:InvokeFunction'] },
      'anyone-uses',
      'at-once',
    ],
    ['everybody, whatever the analyzer calls it', { isPublic: false }, 'anyone-reads', 'at-once'],
    ['everybody under a condition', { isPublic: false, isConditional: true }, 'outsiders-read', 'soon'],
    ['a queue that another account writes', queue, 'outsiders-write', 'soon'],
    ['a role', { ...queue, resourceType: 'AWS::IAM::Role', actions: ['sts:AssumeRole'] }, 'outsiders-take-role', 'soon'],
    ['details that could not be read', { complete: false }, 'not-readable', 'at-once'],
  ])('%s', (_, more, risk, urgency) => {
    const { externalAccess } = findingsOf({ observations: { externalAccess: observed([{ ...found, ...more }]) } })
    expect(externalAccess).toMatchObject([{ risk, urgency }])
  })
})

describe('customer managed policies', () => {
  const policy = (name: string, statement: object, more: Partial<ManagedPolicy> = {}): ManagedPolicy => ({
    name,
    arn: arnOf('policy', name),
    policyId: null,
    path: '/',
    defaultVersionId: 'v1',
    attachmentCount: 0,
    boundaryUseCount: 0,
    createDate: null,
    updateDate: null,
    versions: [
      {
        versionId: 'v1',
        isDefault: true,
        createDate: null,
        text: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Resource: '*', ...statement }] }),
      },
    ],
    ...more,
  })
  const account = (...policies: ManagedPolicy[]) => ({ policies: new Map(policies.map((one) => [one.arn, one])) })
  const holders = (name: string) => ['a', 'b'].map((roleName) => ({ roleName, attached: [{ name, arn: arnOf('policy', name) }] }))

  it('are shared too widely when none of their roles used what they give', () => {
    const facts = { roles: holders('shared'), account: { ...account(policy('shared', { Action: ['s3:*'] })) } }
    const roles = holders('shared')
    const report = exampleReport({ ...facts, roles })
    expect(report.findings.sharedPolicies).toMatchObject([{ policyName: 'shared', roles: ['a', 'b'], isWide: true }])
    expect(report.findings.sharedPolicies[0]?.unusedByAll).toContain('s3:DeleteBucket')
  })

  it('are a finding when nobody has them, unless they are a boundary', () => {
    const boundary = policy('boundary', { Action: 's3:*' })
    const { unattachedPolicies } = findingsOf({
      account: {
        ...account(policy('left', { Action: 's3:*' }), boundary, policy('aws', { Action: '*' }, { arn: 'arn:aws:iam::aws:policy/aws' })),
        users: [user('u', { boundary: boundary.arn })],
      },
    })
    expect(unattachedPolicies.map(({ policyName }) => policyName)).toEqual(['left'])
  })
})
