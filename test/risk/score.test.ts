import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTrust } from '../../src/account/trust.ts'
import { loadCatalog } from '../../src/policy/catalog.ts'
import type { PolicyDocument } from '../../src/policy/document.ts'
import { parsePolicy } from '../../src/policy/parse.ts'
import { createUniverse } from '../../src/policy/universe.ts'
import { escalationPaths } from '../../src/risk/escalation-paths.generated.ts'
import { type RiskInput, riskFactors } from '../../src/risk/factors.ts'
import { reachOf } from '../../src/risk/reach.ts'
import { assessRisk, riskGrade, riskScore } from '../../src/risk/score.ts'
import { unusedPoints } from '../../src/risk/unused-points.ts'
import type { RawStatement } from '../support/evaluator.ts'
import { random } from '../support/random.ts'

const universe = createUniverse(loadCatalog())

const read = (statements: readonly RawStatement[]): PolicyDocument => {
  const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }))
  if (!parsed.ok) throw new Error(parsed.problem.message)
  return parsed.document
}

type Facts = {
  readonly statements: readonly RawStatement[]
  readonly boundary?: readonly RawStatement[] | null
  readonly trust: object
  readonly idleDays?: number | null
}

function input({ statements, boundary = null, trust, idleDays = 1 }: Facts): RiskInput {
  return {
    reach: reachOf(universe, [read(statements)], boundary === null ? null : read(boundary)),
    trust: readTrust(JSON.stringify({ Statement: [trust].flat() })),
    accountId: '123456789012',
    hasInstanceProfile: false,
    hasBoundary: boundary !== null,
    idleDays,
  }
}

const byOwnAccount = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' } }
const allow = (...Action: readonly string[]): RawStatement => ({ Effect: 'Allow', Action, Resource: '*' })
const scoreOf = (statements: readonly RawStatement[], more: Partial<Facts> = {}): number =>
  riskScore(input({ statements, trust: byOwnAccount, ...more }))

describe('the score', () => {
  it('F27: of an administrator is critical, of a role without policies 0', () => {
    expect(scoreOf([allow('*')])).toBeGreaterThanOrEqual(90)
    expect(scoreOf([])).toBe(0)
    expect(scoreOf([allow('s3:ListAllMyBuckets')])).toBe(0)
  })

  it('of an administrator is less than critical where a boundary says so', () => {
    expect(scoreOf([allow('*')], { boundary: [allow('s3:Get*', 's3:List*')] })).toBeLessThan(90)
    expect(scoreOf([allow('*')], { boundary: [allow('*')] })).toBeGreaterThanOrEqual(70)
  })

  it('of a power user is high', () => {
    const NotAction = ['iam:*', 'organizations:*', 'account:*']
    const rest = ['account:GetAccountInformation', 'iam:CreateServiceLinkedRole', 'iam:DeleteServiceLinkedRole', 'iam:ListRoles']
    expect(riskGrade(scoreOf([{ Effect: 'Allow', NotAction, Resource: '*' }, allow(...rest)]))).toBe('high')
  })

  it('tells how much of it rests on what nobody uses, without adding to it', () => {
    const administrator = input({ statements: [allow('*')], trust: byOwnAccount })
    const score = riskScore(administrator)
    expect(unusedPoints(administrator, () => true)).toBe(score)
    expect(unusedPoints(administrator, () => false)).toBe(0)
    expect(unusedPoints(administrator, (action) => action.startsWith('iam:'))).toBeLessThan(score)
    const reader = input({ statements: [allow('s3:GetObject', 's3:DeleteBucket')], trust: byOwnAccount })
    expect(unusedPoints(reader, (action) => action === 's3:DeleteBucket')).toBe(riskScore(reader) - scoreOf([allow('s3:GetObject')]))
  })

  it('F27: weighs an unused iam:PutRolePolicy far more than a Describe', () => {
    expect(scoreOf([allow('iam:PutRolePolicy')])).toBeGreaterThan(scoreOf([allow('ec2:Describe*', 'ecs:List*', 'rds:Describe*')]) + 10)
  })

  it('counts an escalation path only when all of it is there', () => {
    expect(scoreOf([allow('ec2:RunInstances')])).toBeLessThan(scoreOf([allow('ec2:RunInstances', 'iam:PassRole')]))
    const known = escalationPaths.filter(({ actions }) => actions.every((action) => universe.indexOf(action) !== null))
    expect(known.length).toBeGreaterThan(60)
    for (const { actions } of known) expect(scoreOf([allow(...actions)])).toBeGreaterThan(0)
  })

  it.each<[score: number, grade: string]>([
    [100, 'critical'],
    [90, 'critical'],
    [89, 'high'],
    [70, 'high'],
    [69, 'medium'],
    [40, 'medium'],
    [39, 'low'],
    [0, 'low'],
  ])('%s is %s', (score, grade) => {
    expect(riskGrade(score)).toBe(grade)
  })
})

describe('the score never grows', () => {
  const actions = [
    '*',
    'iam:*',
    'iam:PutRolePolicy',
    'iam:PassRole',
    'ec2:*',
    'lambda:CreateFunction',
    'lambda:InvokeFunction',
    's3:*',
    's3:GetObject',
    's3:DeleteBucket',
    'secretsmanager:*',
    'ssm:*',
    'cloudtrail:*',
    'kms:*',
    'sts:AssumeRole',
  ]
  const statement = fc.record({
    Effect: fc.constant<'Allow'>('Allow'),
    Action: fc.subarray(actions, { minLength: 1, maxLength: 4 }),
    Resource: fc.constantFrom('*', 'arn:aws:s3:::*', 'arn:aws:s3:::a/*'),
    Condition: fc.constantFrom(undefined, undefined, { StringEquals: { k: 'v' } }),
  })
  const statements = fc.array(statement, { minLength: 1, maxLength: 3 })
  const github = { Effect: 'Allow', Principal: { Federated: 'arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com' } }
  const trust = fc.constantFrom<object>(
    byOwnAccount,
    { Effect: 'Allow', Principal: '*' },
    { Effect: 'Allow', Principal: { AWS: '999988887777' } },
    { Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] } },
    github,
    { ...github, Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': '*' } } },
  )
  const facts = fc.record({ statements, trust, idleDays: fc.constantFrom(null, 1, 200) })
  const at = (some: number, all: readonly unknown[]): number => some % Math.max(1, all.length)

  type Change = (before: Facts, pick: number) => Facts
  const changes: Readonly<Record<string, Change>> = {
    'when a statement goes': (before, pick) => ({
      ...before,
      statements: before.statements.filter((_, index) => index !== at(pick, before.statements)),
    }),
    'when an action goes': (before, pick) => ({
      ...before,
      statements: before.statements.map((one, index) =>
        index === at(pick, before.statements) ? { ...one, Action: [one.Action ?? []].flat().slice(1) } : one,
      ),
    }),
    'when a resource is narrowed': (before, pick) => ({
      ...before,
      statements: before.statements.map((one, index) =>
        index === at(pick, before.statements) ? { ...one, Resource: 'arn:aws:s3:::a/*' } : one,
      ),
    }),
    'when a condition comes': (before, pick) => ({
      ...before,
      statements: before.statements.map((one, index) =>
        index === at(pick, before.statements) ? { ...one, Condition: { StringEquals: { k: 'v' } } } : one,
      ),
    }),
    'when a Deny comes': (before) => ({
      ...before,
      statements: [...before.statements, { Effect: 'Deny', Action: ['iam:*', 's3:Delete*'], Resource: '*' }],
    }),
    'when a boundary comes': (before) => ({ ...before, boundary: [allow('s3:*', 'iam:PassRole', 'ec2:*')] }),
    'when a boundary comes that allows everything': (before) => ({ ...before, boundary: [allow('*')] }),
    'when an external id is asked for': (before) => ({
      ...before,
      trust: { ...before.trust, Condition: { ...conditionOf(before.trust), StringEquals: { 'sts:ExternalId': 'x' } } },
    }),
    'when a subject is asked for': (before) => ({
      ...before,
      trust: {
        ...before.trust,
        Condition: { ...conditionOf(before.trust), StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:org/app:ref:x' } },
      },
    }),
    'when the role is used': (before) => ({ ...before, idleDays: 1 }),
  }
  const conditionOf = (statementOfTrust: object): object => ('Condition' in statementOfTrust ? Object(statementOfTrust.Condition) : {})

  it.each(Object.entries(changes))('%s', (_, change) => {
    fc.assert(
      fc.property(facts, fc.nat(5), (before, pick) => {
        const after = change(before, pick)
        const readable = after.statements.filter(({ Action }) => [Action ?? []].flat().length > 0)
        expect(riskScore(input({ ...after, statements: readable }))).toBeLessThanOrEqual(riskScore(input(before)))
      }),
      random(211, 150),
    )
  })
})

describe('the factors', () => {
  it('have shares of danger that sum to the score, though their points saturate', () => {
    const admin = assessRisk(input({ statements: [allow('*')], trust: byOwnAccount }))
    const dangers = admin.factors.filter(({ kind }) => kind === 'danger')
    expect(dangers.reduce((sum, { share }) => sum + share, 0)).toBe(admin.score)
    expect(dangers.filter(({ share }) => share > 0).length).toBeGreaterThan(5)
    expect(admin.factors.filter(({ kind, share }) => kind !== 'danger' && share !== 0)).toEqual([])
    const [self] = [...dangers].sort((a, b) => b.share - a.share)
    expect(self?.id).toBe('self-escalation')
  })

  it('have shares that sum to the score in every role', () => {
    fc.assert(
      fc.property(
        fc.subarray(['s3:*', 'iam:PassRole', 'ec2:RunInstances', 'ssm:*', 'kms:*', 'logs:*', 'sts:*'], { minLength: 1 }),
        (actions) => {
          const { score, factors } = assessRisk(input({ statements: [allow(...actions)], trust: { Effect: 'Allow', Principal: '*' } }))
          expect(factors.reduce((sum, { share }) => sum + share, 0)).toBe(score)
          for (const { share } of factors) expect(share).toBeGreaterThanOrEqual(0)
        },
      ),
      random(212, 100),
    )
  })

  it('have points that are the difference which leaving one out makes, and reasons that name what they found', () => {
    const { score, factors } = assessRisk(
      input({ statements: [allow('s3:GetObject', 'secretsmanager:GetSecretValue')], trust: { Effect: 'Allow', Principal: '*' } }),
    )
    expect(factors.map(({ id }) => id)).toEqual(expect.arrayContaining(['exfiltration', 'credential-exposure', 'trust-anyone']))
    for (const { points } of factors) expect(points).toBeLessThanOrEqual(score)
    expect(factors.find(({ id }) => id === 'credential-exposure')?.reason).toContain('secretsmanager:GetSecretValue')
    expect(factors.find(({ id }) => id === 'trust-anyone')?.reason).toContain('*')
  })

  it('say how many paths there are, and one of them', () => {
    const reason = (...actions: readonly string[]): string | undefined =>
      assessRisk(input({ statements: [allow(...actions)], trust: byOwnAccount })).factors.find(({ id }) => id === 'new-passrole')?.reason
    expect(reason('iam:PassRole', 'ec2:RequestSpotInstances')).toMatch(/: 1 path, such as iam:PassRole \+ ec2:RequestSpotInstances$/)
    expect(reason('iam:PassRole', 'ec2:RequestSpotInstances', 'ec2:RunInstances')).toMatch(/: 2 paths, such as /)
  })

  it.each<[trust: object, ids: readonly string[]]>([
    [byOwnAccount, []],
    [{ Effect: 'Allow', Principal: '*' }, ['trust-anyone']],
    [{ Effect: 'Allow', Principal: '*', Condition: { Bool: { k: 'true' } } }, ['trust-anyone-conditional']],
    [{ Effect: 'Allow', Principal: { AWS: '999988887777' } }, ['trust-outside-no-id', 'trust-outside']],
    [{ Effect: 'Allow', Principal: { AWS: '999988887777' }, Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }, ['trust-outside']],
    [{ Effect: 'Allow', Principal: { Federated: 'x.example' } }, ['trust-web-any-subject', 'trust-web-wide-subject']],
    [
      { Effect: 'Allow', Principal: { Federated: 'x.example' }, Condition: { StringLike: { 'x.example:sub': '*' } } },
      ['trust-web-wide-subject'],
    ],
    [{ Effect: 'Allow', Principal: { Federated: 'x.example' }, Condition: { StringLike: { 'x.example:sub': 'a' } } }, []],
    [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } }, ['compute']],
    [{ Effect: 'Allow', Principal: { Service: 'config.amazonaws.com' } }, []],
  ])('of a role that trusts %j are %j', (trust, ids) => {
    const { factors } = assessRisk(input({ statements: [allow('s3:GetObject')], trust }))
    expect(
      factors
        .filter(({ kind }) => kind === 'exposure')
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...ids].sort())
  })

  it.each<[idleDays: number | null, idle: boolean]>([
    [null, true],
    [90, true],
    [89, false],
  ])('count %s idle days: %s', (idleDays, idle) => {
    const { factors } = assessRisk(input({ statements: [allow('s3:GetObject')], trust: byOwnAccount, idleDays }))
    expect(factors.some(({ id }) => id === 'idle')).toBe(idle)
  })

  it('are in the order of their points, and where points saturate, of their shares', () => {
    const { factors } = assessRisk(input({ statements: [allow('*')], trust: byOwnAccount }))
    const order = factors.map(({ points, share }) => points * 1000 + share)
    expect(order).toEqual([...order].sort((a, b) => b - a))
    expect(factors[0]?.id).toBe('self-escalation')
  })

  it('have ids that are all different, and weights that leave something over', () => {
    expect(new Set(riskFactors.map(({ id }) => id)).size).toBe(riskFactors.length)
    for (const { weight } of riskFactors) expect(weight).toBeLessThan(1)
  })
})
