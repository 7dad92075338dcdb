/**
 * The table of risk factors. A danger says what the role could do if somebody took it over, an exposure how somebody could,
 * a guard what lessens both. `strength` is between 0 and 1 and never grows when a grant goes, a resource or condition
 * narrows, or a boundary or external id comes.
 */
import type { Trust, TrustedPrincipal } from '../account/trust.ts'
import type { ActionName } from '../policy/names.ts'
import type { EscalationClass } from './escalation.ts'
import { escalationPaths } from './escalation-paths.generated.ts'
import type { Reach } from './reach.ts'

export type RiskInput = {
  readonly reach: Reach
  readonly trust: Trust
  readonly accountId: string | null
  readonly hasInstanceProfile: boolean
  readonly hasBoundary: boolean
  /** Days since the role was last used; null when never or unknown. */
  readonly idleDays: number | null
}

export type FactorRow = {
  readonly id: string
  readonly kind: 'danger' | 'exposure' | 'guard'
  /** Share of what is left to 100 that the factor takes at full strength. */
  readonly weight: number
  /** Whose reach it asks for. */
  readonly actions: readonly ActionName[]
  strength(input: RiskInput): number
  reason(input: RiskInput): string
}

/** Many weak ways add up to a strong one, ever more slowly. */
function saturating<Way>(ways: readonly Way[], reachOf: (way: Way) => number): number {
  let left = 1
  for (const way of ways) left *= 1 - reachOf(way) / 4
  return 1 - left
}

/** How far a path of several actions reaches: no farther than the one that reaches least. Most are out at their first action. */
function reachable(actions: readonly string[], reach: Reach): number {
  let least = 1
  for (const action of actions) {
    least = Math.min(least, reach(action))
    if (least === 0) break
  }
  return least
}

function escalation(id: EscalationClass, weight: number, what: string): FactorRow {
  const paths = escalationPaths.filter((path) => path.class === id)
  const open = ({ reach }: RiskInput) => paths.filter(({ actions }) => reachable(actions, reach) > 0)
  return {
    id,
    kind: 'danger',
    weight,
    actions: paths.flatMap(({ actions }) => actions),
    strength: ({ reach }) => saturating(paths, ({ actions }) => reachable(actions, reach)),
    reason: (input) => {
      const found = open(input)
      return `${what}: ${found.length} ${found.length === 1 ? 'path' : 'paths'}, such as ${found[0]?.actions.join(' + ') ?? 'none'}`
    },
  }
}

function anyOf(id: string, weight: number, what: string, actions: readonly string[]): FactorRow {
  return {
    id,
    kind: 'danger',
    weight,
    actions,
    strength: ({ reach }) => saturating(actions, (action) => Math.min(1, reach(action) * 2)),
    reason: ({ reach }) => {
      const held = actions.filter((action) => reach(action) > 0)
      return `${what}: ${held.slice(0, 3).join(', ')}${held.length > 3 ? ` and ${held.length - 3} more` : ''}`
    },
  }
}

function trusted(id: string, weight: number, what: string, test: (principal: TrustedPrincipal, input: RiskInput) => boolean): FactorRow {
  const matching = (input: RiskInput) => input.trust.principals.filter((principal) => test(principal, input))
  return {
    id,
    kind: 'exposure',
    weight,
    actions: [],
    strength: (input) => (matching(input).length > 0 ? 1 : 0),
    reason: (input) => `${what}: ${[...new Set(matching(input).map(({ who }) => who))].slice(0, 3).join(', ')}`,
  }
}

const isOutside = ({ kind, who }: TrustedPrincipal, { accountId }: RiskInput): boolean =>
  kind === 'account' && /^\d{12}$/.test(who) && who !== accountId

export const riskFactors: readonly FactorRow[] = [
  escalation('self-escalation', 0.85, 'can give itself any right'),
  escalation('principal-access', 0.55, 'can act as another principal'),
  escalation('new-passrole', 0.5, 'can run new compute with another role'),
  escalation('existing-passrole', 0.4, 'can take over compute that has a role'),
  anyOf('resource-exposure', 0.42, 'can open resources to others', [
    's3:PutBucketPolicy',
    's3:PutBucketAcl',
    's3:DeleteBucketPolicy',
    's3:PutBucketPublicAccessBlock',
    'kms:PutKeyPolicy',
    'lambda:AddPermission',
    'sns:AddPermission',
    'sqs:AddPermission',
    'sqs:SetQueueAttributes',
    'ec2:ModifySnapshotAttribute',
    'ec2:ModifyImageAttribute',
    'ec2:AuthorizeSecurityGroupIngress',
    'rds:ModifyDBSnapshotAttribute',
    'ecr:SetRepositoryPolicy',
    'secretsmanager:PutResourcePolicy',
  ]),
  anyOf('credential-exposure', 0.3, 'can read credentials', [
    'secretsmanager:GetSecretValue',
    'ssm:GetParameter',
    'ssm:GetParameters',
    'ec2:GetPasswordData',
    'iam:CreateServiceSpecificCredential',
    'sts:GetFederationToken',
    'redshift:GetClusterCredentials',
    'rds-db:connect',
    'ecr:GetAuthorizationToken',
    'codeartifact:GetAuthorizationToken',
    'cognito-identity:GetCredentialsForIdentity',
  ]),
  anyOf('exfiltration', 0.4, 'can take data away', [
    's3:GetObject',
    's3:GetObjectVersion',
    's3:ListBucket',
    'dynamodb:Scan',
    'dynamodb:Query',
    'dynamodb:ExportTableToPointInTime',
    'kms:Decrypt',
    'rds:CreateDBSnapshot',
    'ec2:CreateSnapshot',
    'logs:GetLogEvents',
    'sqs:ReceiveMessage',
    'athena:GetQueryResults',
    'redshift-data:GetStatementResult',
  ]),
  anyOf('destruction', 0.4, 'can destroy data or service', [
    's3:DeleteBucket',
    's3:DeleteObject',
    's3:DeleteObjectVersion',
    's3:PutLifecycleConfiguration',
    'ec2:TerminateInstances',
    'ec2:DeleteVolume',
    'ec2:DeleteSnapshot',
    'rds:DeleteDBInstance',
    'rds:DeleteDBCluster',
    'dynamodb:DeleteTable',
    'kms:ScheduleKeyDeletion',
    'cloudformation:DeleteStack',
    'lambda:DeleteFunction',
    'backup:DeleteRecoveryPoint',
    'efs:DeleteFileSystem',
    'elasticfilesystem:DeleteFileSystem',
  ]),
  anyOf('cover-tracks', 0.15, 'can switch off the records', [
    'cloudtrail:StopLogging',
    'cloudtrail:DeleteTrail',
    'guardduty:DeleteDetector',
    'config:StopConfigurationRecorder',
    'logs:DeleteLogGroup',
    'access-analyzer:DeleteAnalyzer',
  ]),
  trusted('trust-anyone', 0.9, 'anyone can take this role', ({ kind, conditional }) => kind === 'anyone' && !conditional),
  trusted('trust-anyone-conditional', 0.5, 'anyone who meets a condition', ({ kind, conditional }) => kind === 'anyone' && conditional),
  trusted('trust-outside-no-id', 0.5, 'an outside account without an external id', (p, input) => isOutside(p, input) && !p.hasExternalId),
  trusted('trust-outside', 0.25, 'an outside account', (p, input) => isOutside(p, input)),
  trusted('trust-web-any-subject', 0.6, 'any subject of a web identity provider', ({ subject }) => subject === 'missing'),
  trusted(
    'trust-web-wide-subject',
    0.3,
    'a wide subject of a web identity provider',
    ({ subject }) => subject === 'wildcard' || subject === 'missing',
  ),
  {
    id: 'compute',
    kind: 'exposure',
    weight: 0.2,
    actions: [],
    strength: ({ trust, hasInstanceProfile }) => (hasInstanceProfile || trust.principals.some(runsCode) ? 1 : 0),
    reason: ({ trust }) =>
      `code runs with it: ${[...new Set(trust.principals.filter(runsCode).map(({ who }) => who))].join(', ') || 'instance profile'}`,
  },
  {
    id: 'idle',
    kind: 'exposure',
    weight: 0.15,
    actions: [],
    strength: ({ idleDays }) => (idleDays === null || idleDays >= 90 ? 1 : 0),
    reason: ({ idleDays }) =>
      idleDays === null ? 'nobody has used it in the time that IAM remembers' : `nobody has used it for ${idleDays} days`,
  },
  {
    id: 'boundary',
    kind: 'guard',
    weight: 0.1,
    actions: [],
    strength: ({ hasBoundary }) => (hasBoundary ? 1 : 0),
    reason: () => 'a permissions boundary limits it',
  },
]

/** Every action whose reach some factor asks for. */
export const riskActions: readonly ActionName[] = [...new Set(riskFactors.flatMap(({ actions }) => actions))]

const COMPUTE = new Set(['ec2', 'lambda', 'ecs-tasks', 'codebuild', 'glue', 'sagemaker', 'batch', 'eks', 'edgelambda', 'states'])

const runsCode = ({ kind, who }: TrustedPrincipal): boolean => kind === 'service' && COMPUTE.has(who.split('.')[0] ?? '')
