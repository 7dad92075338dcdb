/**
 * The roles of the ordinary workloads: small, made by one hand, nearly all in use. Each line of the table is one service
 * with the roles that its kind of deployment has.
 */
import type { FixtureRole } from '../fixture.ts'
import { allow, policy, trust } from './documents.ts'
import { type Habit, uses } from './habits.ts'

type Kind = 'function' | 'task' | 'instance' | 'scheduled'

/** `leftovers`: dangerous actions that somebody once needed and that the role still names. */
type Line = { readonly name: string; readonly kind: Kind; readonly shared: readonly string[]; readonly leftovers?: readonly string[] }

const line = (name: string, kind: Kind, shared: readonly string[] = [], leftovers: readonly string[] = []): Line => ({
  name,
  kind,
  shared,
  leftovers,
})

const fleet: readonly Line[] = [
  line('orders-api', 'task', ['orders-table', 'queue-producer', 'write-metrics'], ['dynamodb:DeleteTable']),
  line('orders-worker', 'function', ['orders-table', 'queue-consumer'], ['sqs:DeleteQueue', 'sqs:PurgeQueue']),
  line('orders-export', 'scheduled', ['report-bucket', 'orders-table']),
  line(
    'payments-api',
    'task',
    ['read-shop-secrets', 'use-data-key', 'write-metrics'],
    ['kms:ScheduleKeyDeletion', 'secretsmanager:DeleteSecret'],
  ),
  line('payments-settlement', 'scheduled', ['report-bucket', 'use-data-key']),
  line('payments-webhook', 'function', ['queue-producer', 'read-shop-secrets']),
  line('customers-api', 'task', ['customers-table', 'write-metrics']),
  line('customers-gdpr', 'scheduled', ['customers-table', 'report-bucket'], ['dynamodb:DeleteBackup']),
  line('catalogue-api', 'task', ['shared-application-access', 'write-metrics']),
  line('catalogue-indexer', 'function', ['shared-application-access', 'search-reader']),
  line('catalogue-images', 'function', ['batch-artifacts'], ['s3:DeleteBucket', 's3:DeleteBucketPolicy']),
  line('search-api', 'task', ['search-reader', 'write-metrics']),
  line('search-proxy', 'instance', ['search-reader'], ['ec2:TerminateInstances']),
  line('basket-api', 'task', ['shared-application-access', 'write-metrics']),
  line('basket-cleaner', 'scheduled', ['shared-application-access']),
  line('pricing-api', 'task', ['shared-application-access']),
  line('pricing-import', 'scheduled', ['batch-artifacts', 'queue-producer'], ['rds:DeleteDBCluster']),
  line('promotions-api', 'task', ['shared-application-access', 'topic-publisher']),
  line('shipping-api', 'task', ['queue-producer', 'put-events']),
  line('shipping-labels', 'function', ['report-bucket', 'queue-consumer']),
  line('shipping-tracker', 'scheduled', ['put-events']),
  line('inventory-api', 'task', ['shared-application-access', 'put-events'], ['elasticache:DeleteReplicationGroup']),
  line('inventory-sync', 'function', ['stream-reader', 'queue-producer']),
  line('warehouse-bridge', 'instance', ['stream-writer', 'queue-consumer'], ['ec2:DeleteVolume', 'ec2:DeleteVpc']),
  line('returns-api', 'task', ['orders-table', 'queue-producer']),
  line('returns-worker', 'function', ['orders-table', 'queue-consumer', 'topic-publisher']),
  line('notifications-mail', 'function', ['queue-consumer', 'topic-publisher']),
  line('notifications-push', 'function', ['queue-consumer', 'topic-publisher']),
  line('notifications-digest', 'scheduled', ['customers-table']),
  line('clickstream-collector', 'task', ['stream-writer', 'write-metrics']),
  line('clickstream-loader', 'function', ['stream-reader', 'batch-artifacts'], ['kinesis:DeleteStream']),
  line('recommendations-api', 'task', ['shared-application-access', 'write-traces']),
  line('recommendations-train', 'scheduled', ['batch-artifacts']),
  line('fraud-scoring', 'function', ['stream-reader', 'put-events']),
  line('fraud-review', 'task', ['orders-table', 'customers-table']),
  line('accounts-api', 'task', ['customers-table', 'use-data-key']),
  line('accounts-sessions', 'function', ['customers-table']),
  line('loyalty-api', 'task', ['customers-table', 'put-events']),
  line('loyalty-points', 'scheduled', ['customers-table', 'queue-producer']),
  line('support-desk', 'instance', ['database-login', 'read-shop-secrets'], ['rds:DeleteDBInstance', 'rds:DeleteDBSnapshot']),
  line('support-search', 'function', ['search-reader']),
  line('content-cms', 'instance', ['shared-application-access', 'database-login']),
  line('content-preview', 'function', ['shared-application-access']),
  line('content-publish', 'function', ['batch-artifacts', 'put-events'], ['cloudfront:DeleteDistribution', 'route53:DeleteHostedZone']),
  line('reports-daily', 'scheduled', ['report-bucket', 'write-metrics']),
  line('reports-monthly', 'scheduled', ['report-bucket']),
  line('reports-mailer', 'function', ['report-bucket', 'topic-publisher']),
  line('ledger-api', 'task', ['database-login', 'use-data-key']),
  line('ledger-close', 'scheduled', ['database-login', 'run-state-machines'], ['states:DeleteStateMachine']),
  line('invoices-api', 'task', ['report-bucket', 'orders-table']),
  line('invoices-render', 'function', ['report-bucket', 'queue-consumer']),
  line('tax-lookup', 'function', ['read-shop-secrets']),
  line('geo-lookup', 'function', []),
  line('image-resize', 'function', ['batch-artifacts']),
  line('video-transcode', 'instance', ['batch-artifacts', 'queue-consumer'], ['ecs:DeleteCluster', 'ecr:DeleteRepository']),
  line('feature-flags', 'task', ['shared-application-access']),
  line('health-probe', 'scheduled', ['write-metrics']),
  line('log-shipper', 'instance', ['write-logs', 'write-metrics'], ['logs:DeleteLogGroup', 'cloudtrail:DeleteTrail']),
  line('trace-collector', 'task', ['write-traces']),
  line('metrics-gateway', 'task', ['write-metrics']),
  line('audit-trail', 'function', ['stream-reader', 'report-bucket']),
  line('wishlist-api', 'task', ['shared-application-access']),
  line('wishlist-mailer', 'function', ['topic-publisher', 'queue-consumer']),
  line('reviews-api', 'task', ['customers-table', 'put-events']),
  line('reviews-moderation', 'function', ['queue-consumer', 'put-events']),
  line('gift-cards', 'task', ['orders-table', 'use-data-key']),
  line('store-locator', 'function', ['shared-application-access']),
  line('newsletter', 'function', ['customers-table', 'topic-publisher']),
  line('stock-alerts', 'function', ['stream-reader', 'topic-publisher']),
  line('sitemap', 'scheduled', ['batch-artifacts']),
  line('currency-rates', 'scheduled', ['write-metrics']),
  line('feed-google', 'scheduled', ['report-bucket']),
  line(
    'feed-partners',
    'scheduled',
    ['report-bucket', 'stream-writer'],
    ['lambda:DeleteFunction', 'cloudformation:DeleteStack', 'backup:DeleteRecoveryPoint'],
  ),
]

const services: Readonly<Record<Kind, { readonly principal: string; readonly habit: Habit; readonly attached: readonly string[] }>> = {
  function: { principal: 'lambda', habit: 'hourly', attached: ['AWSLambdaBasicExecutionRole'] },
  task: { principal: 'ecs-tasks', habit: 'always', attached: [] },
  instance: { principal: 'ec2', habit: 'always', attached: ['AmazonSSMManagedInstanceCore'] },
  scheduled: { principal: 'scheduler', habit: 'daily', attached: [] },
}

/** What roles do with the shared policies. */
const shownUse: Readonly<Record<string, readonly string[]>> = {
  'shared-application-access': [
    's3:GetObject',
    's3:GetBucketLocation',
    'dynamodb:GetItem',
    'dynamodb:DescribeTable',
    'secretsmanager:GetSecretValue',
    'secretsmanager:DescribeSecret',
  ],
  'queue-consumer': ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  'queue-producer': ['sqs:SendMessage', 'sqs:GetQueueUrl'],
  'batch-artifacts': ['s3:GetObject', 's3:PutObject'],
  'topic-publisher': ['sns:Publish'],
  'read-shop-secrets': ['secretsmanager:GetSecretValue'],
  'use-data-key': ['kms:Decrypt', 'kms:GenerateDataKey'],
  'write-metrics': ['cloudwatch:PutMetricData'],
  'write-traces': ['xray:PutTraceSegments'],
  'write-logs': ['logs:CreateLogStream', 'logs:PutLogEvents'],
  'search-reader': ['es:ESHttpGet'],
  'orders-table': ['dynamodb:GetItem', 'dynamodb:PutItem'],
  'customers-table': ['dynamodb:GetItem', 'dynamodb:Query'],
  'stream-reader': ['kinesis:GetRecords', 'kinesis:DescribeStream', 'kinesis:ListShards'],
  'stream-writer': ['kinesis:PutRecord'],
  'report-bucket': ['s3:PutObject'],
  'run-state-machines': ['states:StartExecution'],
  'put-events': ['events:PutEvents'],
  'database-login': [],
}

export function serviceFleet(): readonly FixtureRole[] {
  return fleet.map(({ name, kind, shared, leftovers = [] }) => {
    const { principal, habit, attached } = services[kind]
    const table = `arn:aws:dynamodb:us-east-1:123456789012:table/${name}`
    const own = policy(
      allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], table, { sid: 'OwnTable' }),
      allow(['ssm:GetParameter', 'ssm:GetParametersByPath'], `arn:aws:ssm:us-east-1:123456789012:parameter/${name}/*`, {
        sid: 'OwnSettings',
      }),
      ...(leftovers.length > 0 ? [allow(leftovers, '*', { sid: 'Cleanup' })] : []),
    )
    return {
      name: `${name}-role`,
      trust: trust.service(principal),
      tags: { env: 'prod', service: name },
      createdDaysAgo: 240 + ((name.length * 37) % 700),
      attached: [...attached, ...shared],
      inline: { [`${name}-own`]: own },
      ...(kind === 'instance' ? { instanceProfile: `${name}-role` } : {}),
      usage: [
        uses(
          habit,
          ['dynamodb:GetItem', 'dynamodb:PutItem', 'ssm:GetParameter', 'ssm:GetParametersByPath'].filter(
            (action) => !shared.some((policyName) => shownUse[policyName]?.includes(action)),
          ),
          fleetCalls(name),
        ),
        ...shared
          .map((policyName) => shownUse[policyName] ?? [])
          .filter((actions) => actions.length > 0)
          .map((actions) => uses(habit, actions)),
        ...(kind === 'function' ? [uses(habit, ['logs:PutLogEvents', 'logs:CreateLogStream'])] : []),
        ...(kind === 'instance' ? [uses(habit, ['ssm:UpdateInstanceInformation', 'ssmmessages:OpenDataChannel'])] : []),
      ],
    }
  })
}

/** Some thousand calls, different for each service, the same every time. */
function fleetCalls(name: string): number {
  return [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 90_000, 7) + 500
}
