/**
 * An account of a large company and what it used, as AWS answers them: `get-account-authorization-details` and a usage file.
 * The seed decides everything, so two runs measure the same. About 34 MB at 5,000 roles: most of a role's text is its own
 * inline policies, policies of AWS are shared by many roles, customer policies by a dozen, some with earlier versions.
 */
import { createPolicyReader } from '../src/account/role-policies.ts'
import { countOf, hasIndex } from '../src/policy/action-set.ts'
import type { PolicyDocument } from '../src/policy/document.ts'
import { grantedActions } from '../src/policy/grants.ts'
import type { Universe } from '../src/policy/universe.ts'
import { awsPolicyLines } from '../src/sandbox/aws-policies.generated.ts'
import { type SeededRandom, seededRandom } from '../src/sandbox/demo/seeded-random.ts'

export type LargeAccount = { readonly account: object; readonly usage: object }

const ACCOUNT = '123456789012'
/** All dates count back from here. */
export const LARGE_ACCOUNT_NOW = '2026-11-01T00:00:00.000Z'

const daysAgo = (days: number): string => new Date(Date.parse(LARGE_ACCOUNT_NOW) - days * 86_400_000).toISOString()

/** What workloads name in their policies, service by service, and how the resources are called. */
const TRADES: readonly { readonly service: string; readonly actions: string; readonly arn: (name: string) => string }[] = [
  {
    service: 's3',
    actions:
      'GetObject PutObject ListBucket DeleteObject GetBucketLocation GetObjectTagging PutObjectTagging AbortMultipartUpload DeleteBucket',
    arn: (name) => `arn:aws:s3:::${name}/*`,
  },
  {
    service: 'dynamodb',
    actions: 'GetItem PutItem Query Scan UpdateItem DeleteItem BatchGetItem BatchWriteItem DescribeTable DeleteTable',
    arn: (name) => `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/${name}`,
  },
  {
    service: 'sqs',
    actions: 'SendMessage ReceiveMessage DeleteMessage GetQueueAttributes GetQueueUrl PurgeQueue',
    arn: (name) => `arn:aws:sqs:eu-west-1:${ACCOUNT}:${name}`,
  },
  {
    service: 'lambda',
    actions: 'InvokeFunction GetFunction UpdateFunctionCode UpdateFunctionConfiguration ListFunctions',
    arn: (name) => `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:${name}`,
  },
  { service: 'kms', actions: 'Decrypt GenerateDataKey DescribeKey Encrypt', arn: (name) => `arn:aws:kms:eu-west-1:${ACCOUNT}:key/${name}` },
  {
    service: 'logs',
    actions: 'CreateLogGroup CreateLogStream PutLogEvents DescribeLogStreams',
    arn: (name) => `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/${name}:*`,
  },
  { service: 'ec2', actions: 'DescribeInstances StartInstances StopInstances TerminateInstances DescribeVpcs CreateTags', arn: () => '*' },
  {
    service: 'rds',
    actions: 'DescribeDBInstances CreateDBSnapshot DeleteDBInstance ModifyDBInstance',
    arn: (name) => `arn:aws:rds:eu-west-1:${ACCOUNT}:db:${name}`,
  },
  {
    service: 'secretsmanager',
    actions: 'GetSecretValue DescribeSecret PutSecretValue',
    arn: (name) => `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:${name}-*`,
  },
  { service: 'sns', actions: 'Publish Subscribe ListTopics', arn: (name) => `arn:aws:sns:eu-west-1:${ACCOUNT}:${name}` },
  {
    service: 'ssm',
    actions: 'GetParameter GetParameters PutParameter',
    arn: (name) => `arn:aws:ssm:eu-west-1:${ACCOUNT}:parameter/${name}/*`,
  },
  { service: 'iam', actions: 'PassRole GetRole ListRoles', arn: (name) => `arn:aws:iam::${ACCOUNT}:role/${name}` },
]

const TEAMS = 'orders payments catalogue search shipping billing identity reporting risk media mobile partner'.split(' ')
const PARTS = 'api worker export import sync cleaner gateway indexer mailer batch'.split(' ')
const TRUSTED = 'lambda ecs-tasks ec2 states glue codebuild'.split(' ')
/** Policies of AWS by how many of a thousand roles have them. */
const AWS_POLICIES: Readonly<Record<string, number>> = {
  AWSLambdaBasicExecutionRole: 400,
  AWSLambdaVPCAccessExecutionRole: 120,
  AmazonSSMManagedInstanceCore: 180,
  CloudWatchAgentServerPolicy: 120,
  AWSXRayDaemonWriteAccess: 100,
  AmazonECSTaskExecutionRolePolicy: 100,
  AmazonS3ReadOnlyAccess: 60,
  AmazonSQSReadOnlyAccess: 30,
  AmazonEC2ContainerRegistryReadOnly: 50,
  AmazonS3FullAccess: 30,
  AmazonDynamoDBFullAccess: 25,
  AmazonEC2FullAccess: 15,
  AWSLambda_FullAccess: 15,
  AmazonSQSFullAccess: 20,
  CloudWatchLogsFullAccess: 20,
  SecretsManagerReadWrite: 15,
  ReadOnlyAccess: 4,
  SecurityAudit: 2,
  IAMFullAccess: 3,
  PowerUserAccess: 2,
  AdministratorAccess: 2,
}

export function largeAccount(universe: Universe, size: { readonly seed: number; readonly roles: number }): LargeAccount {
  const random = seededRandom(size.seed)
  const shared = Array.from({ length: Math.ceil(size.roles / 12) }, (_, n) => sharedPolicy(n, random))
  const roles = Array.from({ length: size.roles }, (_, n) => workload(n, shared, random))
  const documents = new Map([
    ...shared.map((policy): [string, object] => [policy.Arn, policy.PolicyVersionList[0]?.Document ?? {}]),
    ...awsPolicyLines.map(([name, path, , , , text]): [string, object] => [awsArn(path, name), JSON.parse(text)]),
  ])
  const uses = createUses(universe, documents, random)
  return {
    account: { UserDetailList: [], GroupDetailList: [], RoleDetailList: roles, Policies: [...shared, ...awsPolicies()] },
    usage: {
      observedUntil: daysAgo(1),
      analyzers: [
        {
          arn: `arn:aws:access-analyzer:eu-west-1:${ACCOUNT}:analyzer/unused`,
          type: 'ACCOUNT_UNUSED_ACCESS',
          configuration: { unusedAccess: { unusedAccessAge: 90 } },
        },
      ],
      serviceLastAccessed: Object.fromEntries(roles.flatMap((role) => (random.chance(0.95) ? [[role.Arn, uses.report(role)]] : []))),
      accessAnalyzerFindings: roles.flatMap((role, n) => (random.chance(0.3) ? [uses.finding(role, n)] : [])),
    },
  }
}

const allow = (Sid: string, Action: readonly string[], Resource: string | readonly string[], Condition?: object) => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
})

type Statement = ReturnType<typeof allow>
type Document = { readonly Version: string; readonly Statement: readonly Statement[] }

const document = (Statement: readonly Statement[]): Document => ({ Version: '2012-10-17', Statement })

/** What a condition of a workload asks for. */
const CONDITIONS: readonly ((team: string) => object)[] = [
  (team) => ({ StringEquals: { 'aws:ResourceTag/team': team } }),
  () => ({ Bool: { 'aws:SecureTransport': 'true' } }),
  () => ({ StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] }, Bool: { 'aws:SecureTransport': 'true' } }),
]

function statements(name: string, count: number, random: SeededRandom): Statement[] {
  return Array.from({ length: count }, (_, place) => {
    const { service, actions, arn } = random.pick(TRADES)
    const named = actions.split(' ').flatMap((action) => (random.chance(0.7) ? [`${service}:${action}`] : []))
    const granted = random.chance(0.02) ? [`${service}:*`] : random.chance(0.05) ? [`${service}:Get*`, `${service}:List*`, ...named] : named
    const resources = Array.from({ length: 1 + random.below(3) }, (_unused, part) => arn(`${name}-${place}${part}`))
    const condition = random.chance(0.25) ? random.pick(CONDITIONS)(name) : undefined
    return allow(
      `Part${place}`,
      granted.length > 0 ? granted : [`${service}:*`],
      resources.length === 1 ? (resources[0] ?? '*') : resources,
      condition,
    )
  })
}

function sharedPolicy(n: number, random: SeededRandom) {
  const name = `${random.pick(TEAMS)}-shared-${n}`
  const versions = 1 + random.below(5)
  const created = 900 + random.below(600)
  return {
    PolicyName: name,
    PolicyId: `ANPA${String(n).padStart(17, '0')}`,
    Arn: `arn:aws:iam::${ACCOUNT}:policy/${name}`,
    Path: '/',
    DefaultVersionId: `v${versions}`,
    AttachmentCount: 12,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: daysAgo(created),
    UpdateDate: daysAgo(created - versions * 50),
    PolicyVersionList: Array.from({ length: versions }, (_, at) => ({
      Document: document(statements(name, 2 + random.below(3), random)),
      VersionId: `v${versions - at}`,
      IsDefaultVersion: at === 0,
      CreateDate: daysAgo(created - (versions - at) * 50),
    })),
  }
}

const awsArn = (path: string, name: string): string => `arn:aws:iam::aws:policy${path}${name}`

const awsPolicies = () =>
  awsPolicyLines.map(([name, path, version, created, updated, text], n) => ({
    PolicyName: name,
    PolicyId: `ANPAW${String(n).padStart(16, '0')}`,
    Arn: awsArn(path, name),
    Path: path,
    DefaultVersionId: version,
    AttachmentCount: 100,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: created,
    UpdateDate: updated,
    PolicyVersionList: [{ Document: JSON.parse(text), VersionId: version, IsDefaultVersion: true, CreateDate: updated }],
  }))

type SharedPolicy = ReturnType<typeof sharedPolicy>

function workload(n: number, shared: readonly SharedPolicy[], random: SeededRandom) {
  const team = random.pick(TEAMS)
  const name = `${team}-${random.pick(PARTS)}-${n}`
  const own = Array.from({ length: 1 + random.below(3) }, (_, at) => ({
    PolicyName: `${name}-${at}`,
    PolicyDocument: document(statements(name, 4 + random.below(13), random)),
  }))
  const ofAws = awsPolicyLines.flatMap(([policy, path]) =>
    random.chance((AWS_POLICIES[policy] ?? 0) / 1000) || (n === 0 && policy === 'AdministratorAccess')
      ? [{ PolicyName: policy, PolicyArn: awsArn(path, policy) }]
      : [],
  )
  const { PolicyName, Arn } = random.pick(shared)
  const created = 10 + random.below(1_500)
  return {
    Path: '/',
    RoleName: name,
    RoleId: `AROA${String(n).padStart(17, '0')}`,
    Arn: `arn:aws:iam::${ACCOUNT}:role/${name}`,
    CreateDate: daysAgo(created),
    AssumeRolePolicyDocument: trust(random),
    InstanceProfileList: [],
    RolePolicyList: own,
    AttachedManagedPolicies: [...ofAws.slice(0, 9), ...(random.chance(0.5) ? [{ PolicyName, PolicyArn: Arn }] : [])],
    Tags: [
      { Key: 'env', Value: random.chance(0.7) ? 'prod' : 'test' },
      { Key: 'team', Value: team },
    ],
    RoleLastUsed: random.chance(0.1) ? {} : { LastUsedDate: daysAgo(random.below(200)), Region: 'eu-west-1' },
  }
}

function trust(random: SeededRandom): object {
  const Principal = random.chance(0.9) ? { Service: `${random.pick(TRUSTED)}.amazonaws.com` } : { AWS: `arn:aws:iam::${ACCOUNT}:root` }
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] }
}

type Workload = ReturnType<typeof workload>

/** A role uses a third of its services, and of these some of what is tracked. */
function createUses(universe: Universe, documents: ReadonlyMap<string, object>, random: SeededRandom) {
  const read = createPolicyReader()
  const trackedIn = new Map(
    [...universe.services()].map((service) => [
      service,
      universe.ofService(service).filter((at) => universe.catalogAction(at)?.tracked === true),
    ]),
  )
  const granted = ({ RolePolicyList, AttachedManagedPolicies }: Workload) => {
    const all = [...RolePolicyList.map((one) => one.PolicyDocument), ...AttachedManagedPolicies.map((one) => documents.get(one.PolicyArn))]
    const parsed = all.flatMap((one): PolicyDocument[] => {
      const found = read(JSON.stringify(one))
      return found.ok ? [found.document] : []
    })
    return grantedActions(universe, parsed)
  }
  const services = (role: Workload) => {
    const set = granted(role)
    if (countOf(set) === 0) return []
    return [...universe.services()]
      .filter((service) => universe.ofService(service).some((at) => hasIndex(set, at)))
      .map((service) => ({
        service,
        isBusy: random.chance(0.35),
        tracked: (trackedIn.get(service) ?? [])
          .filter((at) => hasIndex(set, at))
          .map((at) => (universe.names[at] ?? '').slice(service.length + 1)),
      }))
  }
  const usedOn = (isUsed: boolean): string | null => (isUsed ? daysAgo(1 + random.below(120)) : null)
  return {
    report: (role: Workload) => ({
      JobStatus: 'COMPLETED',
      JobCompletionDate: daysAgo(1),
      ServicesLastAccessed: services(role).map(({ service, isBusy, tracked }) => ({
        ServiceName: service,
        ServiceNamespace: service,
        ...(isBusy ? { LastAuthenticated: daysAgo(1 + random.below(40)) } : {}),
        TotalAuthenticatedEntities: isBusy ? 1 : 0,
        TrackedActionsLastAccessed: tracked.map((ActionName) => {
          const at = usedOn(isBusy && random.chance(0.4))
          return { ActionName, ...(at === null ? {} : { LastAccessedTime: at }) }
        }),
      })),
    }),
    finding: (role: Workload, n: number) => ({
      id: `finding-${n}`,
      resource: role.Arn,
      resourceType: 'AWS::IAM::Role',
      status: 'ACTIVE',
      findingType: 'UnusedPermission',
      analyzedAt: daysAgo(1),
      updatedAt: daysAgo(1),
      findingDetails: services(role)
        .filter(() => random.chance(0.3))
        .map(({ service, tracked }) => ({
          unusedPermissionDetails: { serviceNamespace: service, actions: tracked.map((action) => ({ action, lastAccessed: null })) },
        })),
    }),
  }
}
