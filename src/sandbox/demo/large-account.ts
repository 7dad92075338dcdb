/**
 * Accounts of any size, decided by a seed: for trying the program on what a large company has. The same seed and size give
 * the same account, role for role.
 */
import type { FixturePolicy, FixtureRole, SandboxFixture } from '../fixture.ts'
import { allow, policy, trust } from './documents.ts'
import { type Habit, uses } from './habits.ts'
import { type SeededRandom, seededRandom } from './seeded-random.ts'

/** What a workload does with a service: the actions that its role names, and how its resources are called. */
const trades: readonly { readonly service: string; readonly actions: readonly string[]; readonly resource: (name: string) => string }[] = [
  {
    service: 's3',
    actions: ['GetObject', 'PutObject', 'ListBucket', 'DeleteObject', 'GetBucketLocation', 'DeleteBucket'],
    resource: (name) => `arn:aws:s3:::${name}/*`,
  },
  {
    service: 'dynamodb',
    actions: ['GetItem', 'PutItem', 'Query', 'UpdateItem', 'DescribeTable', 'DeleteTable'],
    resource: (name) => `arn:aws:dynamodb:us-east-1:123456789012:table/${name}`,
  },
  {
    service: 'sqs',
    actions: ['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes', 'PurgeQueue'],
    resource: (name) => `arn:aws:sqs:us-east-1:123456789012:${name}`,
  },
  {
    service: 'lambda',
    actions: ['InvokeFunction', 'GetFunction', 'UpdateFunctionCode', 'ListFunctions'],
    resource: (name) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
  },
  { service: 'kms', actions: ['Decrypt', 'GenerateDataKey', 'DescribeKey'], resource: () => '*' },
  { service: 'logs', actions: ['CreateLogGroup', 'CreateLogStream', 'PutLogEvents'], resource: () => '*' },
  {
    service: 'ec2',
    actions: ['DescribeInstances', 'StartInstances', 'StopInstances', 'TerminateInstances', 'DescribeVpcs', 'CreateTags'],
    resource: () => '*',
  },
  { service: 'rds', actions: ['DescribeDBInstances', 'CreateDBSnapshot', 'DeleteDBInstance'], resource: () => '*' },
  {
    service: 'secretsmanager',
    actions: ['GetSecretValue', 'DescribeSecret'],
    resource: (name) => `arn:aws:secretsmanager:us-east-1:123456789012:secret:${name}/*`,
  },
]

const AREAS = [
  'orders',
  'payments',
  'catalogue',
  'search',
  'shipping',
  'billing',
  'identity',
  'reporting',
  'risk',
  'media',
  'mobile',
  'partner',
]
const PARTS = ['api', 'worker', 'export', 'import', 'sync', 'cleaner', 'gateway', 'indexer', 'mailer', 'batch']
const SERVICES = ['lambda', 'ecs-tasks', 'ec2', 'states', 'glue', 'codebuild']
const WIDE = [
  'AmazonS3FullAccess',
  'AmazonEC2FullAccess',
  'PowerUserAccess',
  'AdministratorAccess',
  'AmazonDynamoDBFullAccess',
  'AWSLambda_FullAccess',
]
const NARROW = [
  'AWSLambdaBasicExecutionRole',
  'AmazonSSMManagedInstanceCore',
  'CloudWatchAgentServerPolicy',
  'AmazonS3ReadOnlyAccess',
  'AmazonSQSReadOnlyAccess',
]
const HABITS: readonly Habit[] = ['always', 'hourly', 'daily', 'weekly', 'monthly']
const ROLES_PER_POLICY = 12
const ROLES_PER_USER = 4

export function largeAccount(size: { readonly seed: number; readonly roles: number }): SandboxFixture {
  const random = seededRandom(size.seed)
  const policies = Array.from({ length: Math.ceil(size.roles / ROLES_PER_POLICY) }, (_, n) => sharedPolicy(n, random))
  const users = Array.from({ length: Math.ceil(size.roles / ROLES_PER_USER) }, (_, n) => ({
    name: `user-${n}`,
    attached: random.chance(0.1) ? ['ReadOnlyAccess'] : [],
  }))
  return {
    accountId: '123456789012',
    policies,
    roles: Array.from({ length: size.roles }, (_, n) => workload(n, policies, random)),
    users: [{ name: 'demo-admin', attached: ['AdministratorAccess'] }, ...users],
    analyzers: [{ name: 'zero-trust-analyzer', type: 'ACCOUNT_UNUSED_ACCESS', unusedAccessAge: 90 }],
  }
}

function sharedPolicy(n: number, random: SeededRandom): FixturePolicy {
  const name = `${random.pick(AREAS)}-shared-${n}`
  return { name, versions: Array.from({ length: 1 + random.below(5) }, () => policy(...statements(name, 1, random))) }
}

function workload(n: number, policies: readonly FixturePolicy[], random: SeededRandom): FixtureRole {
  const name = `${random.pick(AREAS)}-${random.pick(PARTS)}-${n}`
  const inline = Object.fromEntries(
    Array.from({ length: 1 + random.below(2) }, (_, place) => [`${name}-${place}`, policy(...statements(name, 2, random))]),
  )
  const attached = [
    ...(random.chance(0.6) ? [random.pick(NARROW)] : []),
    ...(random.chance(0.05) ? [random.pick(WIDE)] : []),
    ...(random.chance(0.4) && policies.length > 0 ? [random.pick(policies).name] : []),
  ]
  const used = statementActions(inline).filter(() => random.chance(0.7))
  return {
    name,
    trust: trust.service(random.pick(SERVICES)),
    createdDaysAgo: 10 + random.below(1_500),
    tags: { env: random.chance(0.7) ? 'prod' : 'test', team: random.pick(AREAS) },
    inline,
    attached,
    usage: random.chance(0.1) || used.length === 0 ? [] : [uses(random.pick(HABITS), [...new Set(used)])],
  }
}

function statements(name: string, most: number, random: SeededRandom): readonly object[] {
  return Array.from({ length: 1 + random.below(most) }, (_, place) => {
    const { service, actions, resource } = random.pick(trades)
    const named = actions.filter(() => random.chance(0.6)).map((action) => `${service}:${action}`)
    return allow(named.length > 0 ? named : [`${service}:*`], resource(name), { sid: `Part${place}` })
  })
}

function statementActions(documents: Readonly<Record<string, object>>): readonly string[] {
  const named = JSON.stringify(documents).match(/"[a-z0-9]+:[A-Z][A-Za-z0-9]+"/g) ?? []
  return named.map((action) => action.slice(1, -1))
}
