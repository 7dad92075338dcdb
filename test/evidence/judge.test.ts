import { describe, expect, it } from 'vitest'
import type { ActionState } from '../../src/evidence/action-state.ts'
import type { LastAccessedReport, ObservedCall, RoleEvidence, ServiceUse, UnusedAccessFinding } from '../../src/evidence/evidence.ts'
import { judgeRole, type RoleJudgement } from '../../src/evidence/judge.ts'
import { windowEnding } from '../../src/evidence/reading.ts'
import { countOf, indexesOf, intersects, union } from '../../src/policy/action-set.ts'
import { everyAction, patternSet } from '../../src/policy/universe.ts'
import { smallUniverse } from '../support/small-catalog.ts'
import { lastYear, now, yesterday } from '../support/usages.ts'

const universe = smallUniverse(['es:ESHttpGet', 'es:DescribeDomain', 'ssmmessages:OpenDataChannel', 'kafka-cluster:Connect', 'newer:Thing'])
const roleArn = 'arn:aws:iam::123456789012:role/web-app'

const report = (services: readonly ServiceUse[], more: Partial<LastAccessedReport> = {}): LastAccessedReport => ({
  roleArn,
  observedUntil: yesterday,
  complete: true,
  problem: null,
  services,
  ...more,
})

const service = (
  name: string,
  lastAccessed: string | null,
  actions: Readonly<Record<string, string | null>> | null = null,
): ServiceUse => ({
  service: name,
  lastAccessed,
  actions: actions === null ? null : Object.entries(actions).map(([action, at]) => ({ action: `${name}:${action}`, lastAccessed: at })),
})

const finding = (services: readonly ServiceUse[], more: Partial<UnusedAccessFinding> = {}): UnusedAccessFinding => ({
  id: 'f',
  analyzerArn: null,
  roleArn,
  findingType: 'UnusedPermission',
  status: 'ACTIVE',
  analyzedAt: yesterday,
  updatedAt: yesterday,
  unusedAccessAge: 90,
  complete: true,
  services,
  lastAccessed: null,
  ...more,
})

const unusedRole = (more: Partial<UnusedAccessFinding> = {}): UnusedAccessFinding => finding([], { findingType: 'UnusedIAMRole', ...more })
const called = (action: string, at = yesterday, denied = false): ObservedCall => ({ action, at, denied })

type Sources = {
  readonly report?: LastAccessedReport
  readonly findings?: readonly UnusedAccessFinding[]
  readonly calls?: readonly ObservedCall[]
}
const evidenceOf = ({ report: lastAccessed, findings, calls }: Sources): RoleEvidence => ({
  lastAccessed: lastAccessed ?? null,
  findings: findings ?? [],
  calls: calls ?? [],
})

type Judging = {
  readonly granted?: readonly string[]
  readonly young?: readonly string[]
  readonly days?: number
  readonly minAge?: number
  readonly lastUsed?: string
}

function judge(sources: Sources, { granted = ['*'], young = [], days = 90, minAge = days, lastUsed }: Judging = {}): RoleJudgement {
  const sets = { granted: patternSet(universe, granted), young: patternSet(universe, young) }
  const role = { ...sets, evidence: evidenceOf(sources), lastUsed: lastUsed ?? null }
  return judgeRole(universe, role, windowEnding(now, days, minAge))
}

function stateOf(action: string, judgement: RoleJudgement): { readonly state: ActionState; readonly reason: string } {
  const { state, reason } = judgement.explain(universe.indexOf(action) ?? -1)
  return { state, reason }
}

describe('the state of an action', () => {
  const table: readonly [what: string, action: string, sources: Sources, state: ActionState, because: string][] = [
    // A source names it with a use inside the window.
    [
      'a row with a use',
      's3:PutBucketPolicy',
      { report: report([service('s3', yesterday, { PutBucketPolicy: yesterday })]) },
      'used',
      'last attempt',
    ],
    [
      'a use in an incomplete report',
      's3:PutBucketPolicy',
      { report: report([service('s3', yesterday, { PutBucketPolicy: yesterday })], { complete: false }) },
      'used',
      'last attempt',
    ],
    [
      'a use in a stale report',
      's3:PutBucketPolicy',
      { report: report([service('s3', yesterday, { PutBucketPolicy: yesterday })], { observedUntil: lastYear }) },
      'used',
      'last attempt',
    ],
    [
      'a use at a time that nobody can read',
      's3:PutBucketPolicy',
      { report: report([service('s3', null, { PutBucketPolicy: 'yesterday' })]) },
      'used',
      'last attempt',
    ],
    ['a call in CloudTrail', 's3:GetObject', { calls: [called('S3:getobject')] }, 'used', 'called'],
    ['a denied call', 's3:GetObject', { calls: [called('s3:GetObject', yesterday, true)] }, 'used', 'every call was denied'],
    [
      'a denied call after an allowed one',
      's3:GetObject',
      { calls: [called('s3:GetObject', yesterday, true), called('s3:GetObject', '2026-02-01T00:00:00.000Z')] },
      'used',
      'called',
    ],
    [
      'a use that a finding names',
      's3:PutBucketPolicy',
      { findings: [finding([service('s3', null, { PutBucketPolicy: yesterday })], { unusedAccessAge: 30 })] },
      'used',
      'last used',
    ],
    [
      'a use that an archived finding names',
      's3:PutBucketPolicy',
      { findings: [finding([service('s3', null, { PutBucketPolicy: yesterday })], { status: 'ARCHIVED' })] },
      'used',
      'last used',
    ],

    // A source that tracks it names it without a use.
    [
      'a row without a use',
      's3:PutBucketPolicy',
      { report: report([service('s3', yesterday, { PutBucketPolicy: null })]) },
      'unused',
      'not used in 90 days',
    ],
    [
      'a row with a use before the window',
      's3:PutBucketPolicy',
      { report: report([service('s3', yesterday, { PutBucketPolicy: lastYear })]) },
      'unused',
      'not used in 90 days',
    ],
    [
      'a row that the catalog thinks is not tracked',
      's3:GetObject',
      { report: report([service('s3', yesterday, { GetObject: null })]) },
      'unused',
      'not used',
    ],
    [
      'a finding that names it',
      's3:PutBucketPolicy',
      { findings: [finding([service('s3', null, { PutBucketPolicy: null })])] },
      'unused',
      'was not used in 90 days',
    ],
    [
      'a finding with an old use of a young analyzer',
      's3:PutBucketPolicy',
      { findings: [finding([service('s3', null, { PutBucketPolicy: lastYear })], { unusedAccessAge: 30 })] },
      'unused',
      'was not used',
    ],

    // Its service has no use at all.
    ['an idle service', 's3:GetObject', { report: report([service('s3', null)]) }, 'unused', 's3 not used in 90 days'],
    ['a service last used before the window', 's3:GetObject', { report: report([service('S3', lastYear)]) }, 'unused', 'not used'],
    ['a finding on a whole service', 'sqs:SendMessage', { findings: [finding([service('sqs', null)])] }, 'unused', 'sqs was not used'],
    ['a finding on the whole role', 'sqs:SendMessage', { findings: [unusedRole()] }, 'unused', 'the role was not used'],
    [
      'an action of an idle service that nobody has catalogued',
      'newer:Thing',
      { report: report([service('newer', null)]) },
      'unused',
      'newer not used',
    ],

    // Data planes that nobody sees.
    ['rds-db:connect of an idle service', 'rds-db:connect', { report: report([service('rds-db', null)]) }, 'unknown', 'this data plane'],
    ['es:ESHttp* of an idle service', 'es:ESHttpGet', { report: report([service('es', null)]) }, 'unknown', ''],
    ['another action of such a service', 'es:DescribeDomain', { report: report([service('es', null)]) }, 'unused', 'es not used'],
    ['ssmmessages in a role without any use', 'ssmmessages:OpenDataChannel', { findings: [unusedRole()] }, 'unknown', ''],
    [
      'kafka-cluster in a finding on the service',
      'kafka-cluster:Connect',
      { findings: [finding([service('kafka-cluster', null)])] },
      'unknown',
      '',
    ],
    [
      'such an action in a row of its own',
      'rds-db:connect',
      { report: report([service('rds-db', null, { connect: null })]) },
      'unused',
      'not used',
    ],

    // Its service was used, the action is not tracked.
    [
      'an action that no row of a used service names',
      's3:GetObject',
      { report: report([service('s3', yesterday, { PutBucketPolicy: null })]) },
      'unknown',
      's3 was used',
    ],
    [
      'a service without a date of its own but with a used row',
      's3:GetObject',
      { report: report([service('s3', null, { PutBucketPolicy: yesterday })]) },
      'unknown',
      's3 was used',
    ],
    [
      'a service that another source saw used',
      's3:ListBucket',
      { report: report([service('s3', null)]), calls: [called('s3:GetObject')] },
      'unknown',
      'says another source',
    ],
    [
      'a finding on a service with a use inside the window',
      's3:GetObject',
      { findings: [finding([service('s3', yesterday)], { unusedAccessAge: 30 })] },
      'unknown',
      'last used',
    ],
    [
      'a finding on a role with a use inside the window',
      's3:GetObject',
      { findings: [unusedRole({ lastAccessed: yesterday, unusedAccessAge: 30 })] },
      'unknown',
      'last used',
    ],
    [
      'a finding on the whole role that another source contradicts',
      's3:GetObject',
      { findings: [unusedRole()], calls: [called('sqs:SendMessage')] },
      'unknown',
      '',
    ],

    // No complete source speaks of it.
    ['no source', 's3:GetObject', {}, 'unknown', 'no last-accessed report'],
    ['a report without its service', 's3:GetObject', { report: report([service('sqs', null)]) }, 'unknown', 'does not list its service'],
    [
      'an incomplete report',
      's3:PutBucketPolicy',
      { report: report([service('s3', null, { PutBucketPolicy: null })], { complete: false, problem: 'page 2 unread' }) },
      'unknown',
      'page 2 unread',
    ],
    [
      'a stale report',
      's3:PutBucketPolicy',
      { report: report([service('s3', null, { PutBucketPolicy: null })], { observedUntil: '2026-02-20T00:00:00.000Z' }) },
      'unknown',
      'more than 7 days ago',
    ],
    [
      'a report without a date',
      's3:PutBucketPolicy',
      { report: report([service('s3', null, { PutBucketPolicy: null })], { observedUntil: null }) },
      'unknown',
      'has no date',
    ],
    [
      'a report of a time that nobody can read',
      's3:PutBucketPolicy',
      { report: report([service('s3', null)], { observedUntil: 'recently' }) },
      'unknown',
      'recently',
    ],
    [
      'an incomplete finding',
      's3:PutBucketPolicy',
      { findings: [finding([service('s3', null, { PutBucketPolicy: null })], { complete: false })] },
      'unknown',
      '',
    ],
    [
      'a stale finding',
      's3:PutBucketPolicy',
      { findings: [finding([service('s3', null, { PutBucketPolicy: null })], { analyzedAt: lastYear })] },
      'unknown',
      '',
    ],
    [
      'a finding without a date',
      's3:PutBucketPolicy',
      { findings: [finding([service('s3', null, { PutBucketPolicy: null })], { analyzedAt: null })] },
      'unknown',
      '',
    ],
    [
      'a resolved finding',
      's3:PutBucketPolicy',
      { findings: [finding([service('s3', null, { PutBucketPolicy: null })], { status: 'RESOLVED' })] },
      'unknown',
      '',
    ],
    [
      'an analyzer that looks back less than the window',
      's3:PutBucketPolicy',
      { findings: [finding([service('s3', null, { PutBucketPolicy: null })], { unusedAccessAge: 30 })] },
      'unknown',
      'looks back 30 days',
    ],
    [
      'an analyzer whose age setting nobody may read',
      'sqs:SendMessage',
      { findings: [finding([service('sqs', null)], { unusedAccessAge: null })] },
      'unknown',
      'unknown age',
    ],
    [
      'a finding that does not name it',
      's3:GetObject',
      { findings: [finding([service('s3', null, { PutBucketPolicy: null })])] },
      'unknown',
      '',
    ],
    ['a call before the window', 's3:GetObject', { calls: [called('s3:GetObject', lastYear)] }, 'unknown', ''],

    // Sources disagree: the more cautious wins.
    [
      'unused says one, used the other',
      's3:PutBucketPolicy',
      { report: report([service('s3', null, { PutBucketPolicy: null })]), calls: [called('s3:PutBucketPolicy')] },
      'used',
      'called',
    ],
    [
      'unused says one finding, used the other',
      's3:PutBucketPolicy',
      {
        findings: [
          finding([service('s3', null, { PutBucketPolicy: yesterday })], { unusedAccessAge: 30 }),
          finding([service('s3', null, { PutBucketPolicy: null })]),
        ],
      },
      'used',
      '',
    ],
    [
      'the same in the other order',
      's3:PutBucketPolicy',
      {
        findings: [
          finding([service('s3', null, { PutBucketPolicy: null })]),
          finding([service('s3', null, { PutBucketPolicy: yesterday })], { unusedAccessAge: 30 }),
        ],
      },
      'used',
      '',
    ],
    [
      'unused says one, not tracked the other',
      's3:GetObject',
      { report: report([service('s3', yesterday)]), findings: [finding([service('s3', null, { GetObject: null })])] },
      'unknown',
      's3 was used',
    ],
  ]

  it.each(table)('%s: %s', (_, action, sources, state, because) => {
    const judged = stateOf(action, judge(sources))
    expect(judged.state).toBe(state)
    expect(judged.reason).toContain(because)
  })

  it('is unknown in a window that reaches further back than the source does', () => {
    const sources = { report: report([service('s3', null), service('sqs', null, { SendMessage: null }), service('lambda', lastYear)]) }
    expect(stateOf('s3:GetObject', judge(sources, { days: 401 })).state).toBe('unknown')
    expect(stateOf('sqs:SendMessage', judge(sources, { days: 401 })).state).toBe('unknown')
    expect(stateOf('lambda:InvokeFunction', judge(sources, { days: 364 })).state).toBe('unused')
    expect(stateOf('lambda:InvokeFunction', judge(sources, { days: 365 })).state).toBe('unknown')
  })

  it('is unknown in a window that begins before IAM kept dates of actions', () => {
    const early = new Date('2023-08-01T00:00:00Z')
    const said = report([service('s3', early.toISOString(), { PutBucketPolicy: null, PutObject: '2023-04-01T00:00:00.000Z' })], {
      observedUntil: early.toISOString(),
    })
    const role = { granted: everyAction(universe), young: patternSet(universe, []), evidence: evidenceOf({ report: said }) }
    const judgement = judgeRole(universe, role, windowEnding(early, 90, 90))
    expect(stateOf('s3:PutBucketPolicy', judgement).reason).toContain('before last-accessed tracked actions')
    expect(stateOf('s3:PutObject', judgement).state).toBe('unused')
  })

  it('is unknown where the grant is younger than it must be, and says so', () => {
    const judgement = judge(
      { report: report([service('s3', null), service('sqs', yesterday, { SendMessage: yesterday })]) },
      { young: ['*'] },
    )
    expect(stateOf('s3:GetObject', judgement)).toEqual({ state: 'unknown', reason: 'granted for less than 90 days' })
    expect(stateOf('sqs:SendMessage', judgement).state).toBe('used')
    expect(countOf(judgement.unused)).toBe(0)
  })
})

describe('what something else needs is required', () => {
  const idle = [...universe.services()].map((name) => service(name, null))
  const except = (...busy: readonly ServiceUse[]): LastAccessedReport =>
    report([...idle.filter((one) => !busy.some((other) => other.service === one.service)), ...busy])
  const requiredNames = (judgement: RoleJudgement): string[] => indexesOf(judgement.required).map((index) => universe.names[index] ?? '')

  it('F7: what a used action depends on', () => {
    const judgement = judge({ report: except(service('ec2', yesterday, { RunInstances: yesterday, CreateTags: null })) })
    expect(stateOf('ec2:CreateTags', judgement)).toEqual({ state: 'required', reason: 'ec2:RunInstances is used and may need it' })
  })

  it('F4: iam:PassRole while an action that takes a role stays, used or unknown', () => {
    const used = judge({ report: except(service('lambda', yesterday, { CreateFunction: yesterday })) })
    expect(stateOf('iam:PassRole', used).reason).toContain('lambda:CreateFunction stays and takes a role')
    const unknown = judge({ report: except(service('lambda', yesterday, { GetFunction: yesterday })) })
    expect(stateOf('iam:PassRole', unknown).state).toBe('required')
    const named = judge({
      report: except(service('lambda', yesterday, { CreateFunction: yesterday })),
      findings: [finding([service('iam', null, { PassRole: null })])],
    })
    expect(stateOf('iam:PassRole', named).state).toBe('required')
  })

  it('not iam:PassRole when nothing takes a role any more', () => {
    const judgement = judge(
      { report: except(service('lambda', yesterday, { CreateFunction: null, InvokeFunction: yesterday })) },
      { granted: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'] },
    )
    expect(stateOf('iam:PassRole', judgement).state).toBe('unused')
  })

  it('F7: the KMS actions that services use in the name of the role, unless KMS is proved idle', () => {
    const kms = [
      'kms:CreateGrant',
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ]
    const rows = { Decrypt: null, ScheduleKeyDeletion: null }
    expect(requiredNames(judge({ report: except(service('kms', yesterday, rows)) }, { granted: ['kms:*'] })).sort()).toEqual(kms)
    expect(requiredNames(judge({}, { granted: ['kms:*'] })).sort()).toEqual(kms)
    expect(requiredNames(judge({ report: except(service('kms', null, rows)) }, { granted: ['kms:*'] }))).toEqual([])
    expect(
      requiredNames(
        judge({ report: except(service('kms', null)), calls: [called('kms:ScheduleKeyDeletion')] }, { granted: ['kms:*'] }),
      ).sort(),
    ).toEqual(kms)
  })

  it('never counts a used action among them', () => {
    const judgement = judge({ report: except(service('ec2', yesterday, { RunInstances: yesterday, CreateTags: yesterday })) })
    expect(stateOf('ec2:CreateTags', judgement).state).toBe('used')
  })
})

describe('the four states', () => {
  it('are disjoint, and together everything that is granted', () => {
    const sources = {
      report: report([
        service('s3', null),
        service('ec2', yesterday, { RunInstances: yesterday, StopInstances: null }),
        service('sqs', null),
      ]),
    }
    for (const granted of [['*'], ['s3:*', 'ec2:*'], []]) {
      const { used, unused, unknown, required, granted: all } = judge(sources, { granted, young: ['sqs:*'] })
      const sets = [used, unused, unknown, required]
      for (const [at, set] of sets.entries()) for (const other of sets.slice(at + 1)) expect(intersects(set, other)).toBe(false)
      expect(indexesOf(sets.reduce(union))).toEqual(indexesOf(all))
    }
  })

  it('say the source, the last use and the age of the evidence', () => {
    const judgement = judge({ report: report([service('s3', yesterday, { PutBucketPolicy: lastYear })]) })
    expect(judgement.explain(universe.indexOf('s3:PutBucketPolicy') ?? -1)).toEqual({
      action: 's3:PutBucketPolicy',
      state: 'unused',
      lastAccessed: lastYear,
      source: 'last-accessed',
      reason: 'not used in 90 days',
      evidenceAge: 1,
      accessLevel: 'Permissions management',
    })
    const silent = judge({}).explain(universe.indexOf('newer:Thing') ?? -1)
    expect(silent).toMatchObject({ state: 'unknown', source: null, lastAccessed: null, evidenceAge: null, accessLevel: null })
  })

  it('answer for a role that may do everything without asking for each action', () => {
    const judgement = judge({ report: report([...universe.services()].map((name) => service(name, null))) })
    expect(indexesOf(union(judgement.unused, union(judgement.unknown, judgement.required)))).toEqual(indexesOf(everyAction(universe)))
  })
})

describe('the words for what is unknown', () => {
  it('does not say that a report leaves a service out whose data plane it cannot see', () => {
    const said = stateOf('kafka-cluster:Connect', judge({ report: report([service('kafka-cluster', null)]) }))
    expect(said).toEqual({ state: 'unknown', reason: 'IAM authorises this data plane, and no source sees its use' })
  })

  it('tells of the finding that proves nothing rather than of the report that is not there', () => {
    const archived = finding([{ service: 's3', lastAccessed: null, actions: null }], { status: 'ARCHIVED' })
    expect(stateOf('s3:DeleteBucket', judge({ findings: [archived] }))).toEqual({
      state: 'unknown',
      reason: 'the unused-access finding is archived',
    })
  })
})

describe('a role that a finding calls unused', () => {
  it('is not unused when IAM saw it in use after the analysis', () => {
    const lastUsed = now.toISOString()
    expect(stateOf('s3:DeleteBucket', judge({ findings: [unusedRole()] }, { lastUsed }))).toEqual({
      state: 'unknown',
      reason: `the role was used ${lastUsed}, after the finding that it is unused`,
    })
    expect(stateOf('s3:DeleteBucket', judge({ findings: [unusedRole()] }, { lastUsed: '2020-01-01T00:00:00.000Z' })).state).toBe('unused')
    expect(stateOf('s3:DeleteBucket', judge({ findings: [unusedRole()] })).state).toBe('unused')
  })
})
