/**
 * The plan shapes of the fault matrix, each in variants that differ in services, sizes and usage. Every fixture has one role,
 * `app`, whose first plan has the named shape.
 */
import type { OperationKind } from '../../src/plan/operation.ts'
import type { SandboxFixture } from '../../src/sandbox/index.ts'

/** What is done to the role: the richest stage of its plan, the same under an overlay, or everything denied. */
export type Act = 'tighten' | 'overlay' | 'quarantine'

export type Variant = {
  readonly shape: string
  readonly n: number
  readonly act: Act
  /** The operation without which a stage has not this shape. */
  readonly typical: OperationKind | null
  readonly fixture: SandboxFixture
}

/** Services with the action that the role used last, so that the service itself is not idle. */
const SERVICES: readonly (readonly [string, string])[] = [
  ['s3', 's3:ListAllMyBuckets'],
  ['sqs', 'sqs:PurgeQueue'],
  ['sns', 'sns:ListTopics'],
  ['dynamodb', 'dynamodb:DescribeTable'],
  ['lambda', 'lambda:ListFunctions'],
  ['events', 'events:ListRules'],
  ['glue', 'glue:GetJobs'],
  ['ecr', 'ecr:DescribeRepositories'],
  ['logs', 'logs:CreateLogStream'],
  ['states', 'states:ListStateMachines'],
]

const pick = (n: number): readonly [string, string] => SERVICES[n % SERVICES.length] ?? ['s3', 's3:ListAllMyBuckets']

const allow = (actions: readonly string[], resource: string | readonly string[] = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Sid: 'Work', Effect: 'Allow', Action: actions, Resource: resource }],
})

const used = (...actions: string[]) => [{ actions, daysAgo: 2, calls: 10 }]

/** An inline document of about this many characters that nothing is removed from. */
const ballast = (characters: number) =>
  allow(
    ['sts:GetCallerIdentity'],
    Array.from({ length: Math.max(1, Math.floor(characters / 60)) }, (_, i) => `arn:aws:iam::123456789012:role/${'x'.repeat(22)}${i}`),
  )

type Shape = (n: number) => SandboxFixture

const SHAPES: Readonly<Record<string, Shape>> = {
  'inline only': (n) => {
    const [[a, useA], [b]] = [pick(n), pick(n + 3)]
    return { roles: [{ name: 'app', createdDaysAgo: 400, inline: { work: allow([`${a}:*`, `${b}:*`]) }, usage: used(useA) }] }
  },
  'AWS managed replaced': (n) => {
    const policies = ['AmazonS3FullAccess', 'AmazonSQSFullAccess', 'AmazonDynamoDBFullAccess', 'AmazonSNSFullAccess']
    return { roles: [{ name: 'app', createdDaysAgo: 400, attached: [policies[n % policies.length] ?? ''], usage: used(pick(n)[1]) }] }
  },
  'customer version': (n) => {
    const [[a, useA], [b]] = [pick(n), pick(n + 1)]
    const versions = Array.from({ length: 1 + (n % 4) }, (_, i) => allow([`${a}:*`, `${b}:*`, ...(i === 0 ? [] : ['kms:ListKeys'])]))
    return {
      policies: [{ name: 'team', createdDaysAgo: 500, versions }],
      roles: [{ name: 'app', createdDaysAgo: 400, attached: ['team'], usage: used(useA) }],
    }
  },
  'fork of a shared policy': (n) => {
    const [[a, useA], [b]] = [pick(n), pick(n + 2)]
    return {
      policies: [{ name: 'shared', createdDaysAgo: 500, versions: [allow([`${a}:*`, `${b}:*`])] }],
      roles: ['app', 'other'].map((name) => ({ name, createdDaysAgo: 400, attached: ['shared'], usage: used(useA) })),
    }
  },
  mixed: (n) => {
    const [[a, useA], [b, useB], [c]] = [pick(n), pick(n + 1), pick(n + 2)]
    return {
      policies: [{ name: 'team', createdDaysAgo: 500, versions: [allow([`${b}:*`])] }],
      roles: [
        {
          name: 'app',
          createdDaysAgo: 400,
          inline: { work: allow([`${a}:*`]), idle: allow([`${c}:*`]) },
          attached: ['team', 'AmazonDynamoDBReadOnlyAccess'],
          usage: used(useA, useB),
        },
      ],
    }
  },
  'split into several': (n) => ({
    roles: [
      {
        name: 'app',
        createdDaysAgo: 400,
        attached: ['AdministratorAccess'],
        usage: used('ec2:DescribeInstances', 'sagemaker:ListModels', 'glue:GetJobs', 'rds:DescribeDBInstances', pick(n)[1]),
      },
    ],
  }),
  'inline at its limit': (n) => {
    const [[a, useA]] = [pick(n)]
    return {
      roles: [
        {
          name: 'app',
          createdDaysAgo: 400,
          inline: { full: ballast(7_300), work: allow([`${a}:*`]) },
          attached: ['AmazonSNSFullAccess'],
          usage: used(useA, 'sns:ListTopics'),
        },
      ],
    }
  },
  'all slots full': (n) => {
    const [[a, useA], [b]] = [pick(n), pick(n + 3)]
    const fillers = Array.from({ length: 19 }, (_, i) => `filler-${i}`)
    return {
      policies: [
        ...fillers.map((name) => ({ name, createdDaysAgo: 500, versions: [allow(['sts:GetCallerIdentity'])] })),
        { name: 'team', createdDaysAgo: 500, versions: [allow([`${a}:*`, `${b}:*`])] },
      ],
      roles: [
        { name: 'app', createdDaysAgo: 400, attached: [...fillers, 'team'], usage: used(useA, 'sts:GetCallerIdentity') },
        { name: 'other', createdDaysAgo: 400, attached: ['team'] },
      ],
    }
  },
}

/** Shapes by what is done instead of a stage of the plan, and on which role. */
const ACTS: Readonly<Record<string, { readonly act: Act; readonly on: string }>> = {
  'Deny overlay': { act: 'overlay', on: 'mixed' },
  quarantine: { act: 'quarantine', on: 'mixed' },
}

const TYPICAL: Readonly<Record<string, OperationKind>> = { 'customer version': 'CreatePolicyVersion', 'split into several': 'CreatePolicy' }

export const shapeNames = [...Object.keys(SHAPES), ...Object.keys(ACTS)]

export const variantsOf = (shape: string, count: number): Variant[] => {
  const { act, on } = ACTS[shape] ?? { act: 'tighten', on: shape }
  const make = SHAPES[on]
  return make === undefined
    ? []
    : Array.from({ length: count }, (_, n) => ({ shape, n, act, typical: TYPICAL[shape] ?? null, fixture: make(n) }))
}
