import type { FixturePolicy } from '../fixture.ts'
import { allow, allowAllBut, deny, policy } from './documents.ts'

const table = (name: string) => `arn:aws:dynamodb:us-east-1:123456789012:table/${name}`
const bucket = (name: string) => [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`]
const queue = (name: string) => `arn:aws:sqs:us-east-1:123456789012:${name}`

/** What the shop's applications share, as it grew: each version is one request of a team. */
const sharedVersions = [
  policy(allow(['s3:GetObject'], bucket('shop-assets'), { sid: 'Assets' })),
  policy(allow(['s3:GetObject', 's3:ListBucket'], bucket('shop-assets'), { sid: 'Assets' })),
  policy(
    allow(['s3:GetObject', 's3:ListBucket'], bucket('shop-assets'), { sid: 'Assets' }),
    allow(['dynamodb:GetItem', 'dynamodb:Query'], table('shop-*'), { sid: 'Tables' }),
  ),
  policy(
    allow(['s3:GetObject', 's3:ListBucket'], bucket('shop-assets'), { sid: 'Assets' }),
    allow(['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:DescribeTable'], table('shop-*'), { sid: 'Tables' }),
    allow(['secretsmanager:GetSecretValue'], 'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/*', { sid: 'Secrets' }),
  ),
  policy(
    allow(['s3:GetObject', 's3:ListBucket', 's3:GetBucketLocation'], bucket('shop-assets'), { sid: 'Assets' }),
    allow(['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:DescribeTable', 'dynamodb:ListTagsOfResource'], table('shop-*'), {
      sid: 'Tables',
    }),
    allow(
      ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
      'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/*',
      {
        sid: 'Secrets',
      },
    ),
  ),
]

export const customerPolicies: readonly FixturePolicy[] = [
  { name: 'shared-application-access', description: 'What every application of the shop may read.', versions: sharedVersions },
  {
    name: 'developer-boundary',
    description: 'The most that a role made by developers may do.',
    versions: [
      policy(
        allowAllBut(['iam:*', 'organizations:*', 'account:*', 'sts:AssumeRole']),
        deny('*', '*', { condition: { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'ap-northeast-1'] } } }),
      ),
    ],
  },
  {
    name: 'workload-boundary',
    versions: [policy(allow(['s3:*', 'dynamodb:*', 'sqs:*', 'sns:*', 'logs:*', 'cloudwatch:*', 'kms:*', 'lambda:*']))],
  },
  {
    name: 'queue-consumer',
    versions: [policy(allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], queue('work-*'), { sid: 'Consume' }))],
  },
  { name: 'queue-producer', versions: [policy(allow(['sqs:SendMessage', 'sqs:GetQueueUrl'], queue('work-*'), { sid: 'Produce' }))] },
  { name: 'batch-artifacts', versions: [policy(allow(['s3:GetObject', 's3:PutObject'], bucket('batch-artifacts'), { sid: 'Artifacts' }))] },
  { name: 'topic-publisher', versions: [policy(allow('sns:Publish', 'arn:aws:sns:us-east-1:123456789012:events-*', { sid: 'Publish' }))] },
  {
    name: 'read-shop-secrets',
    versions: [
      policy(allow('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/*', { sid: 'Read' })),
    ],
  },
  {
    name: 'use-data-key',
    versions: [
      policy(
        allow(['kms:Decrypt', 'kms:GenerateDataKey'], 'arn:aws:kms:us-east-1:123456789012:key/5f3c6e0a-8f0e-4b8e-9d35-0c1d7a3e2b10', {
          sid: 'Key',
        }),
      ),
    ],
  },
  {
    name: 'write-metrics',
    path: '/observability/',
    versions: [
      policy(allow('cloudwatch:PutMetricData', '*', { sid: 'Metrics', condition: { StringEquals: { 'cloudwatch:namespace': 'Shop' } } })),
    ],
  },
  {
    name: 'write-traces',
    path: '/observability/',
    versions: [policy(allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*', { sid: 'Traces' }))],
  },
  {
    name: 'write-logs',
    path: '/observability/',
    versions: [policy(allow(['logs:CreateLogStream', 'logs:PutLogEvents'], '*', { sid: 'Logs' }))],
  },
  {
    name: 'search-reader',
    versions: [policy(allow(['es:ESHttpGet', 'es:ESHttpPost'], 'arn:aws:es:us-east-1:123456789012:domain/search/*', { sid: 'Search' }))],
  },
  {
    name: 'orders-table',
    versions: [
      policy(allow(['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:Query'], table('orders'), { sid: 'Orders' })),
    ],
  },
  {
    name: 'customers-table',
    versions: [
      policy(allow(['dynamodb:GetItem', 'dynamodb:UpdateItem'], table('customers'), { sid: 'Customers' })),
      policy(allow(['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:Query'], table('customers'), { sid: 'Customers' })),
    ],
  },
  {
    name: 'stream-reader',
    versions: [
      policy(
        allow(
          ['kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:DescribeStream', 'kinesis:ListShards'],
          'arn:aws:kinesis:us-east-1:123456789012:stream/clicks',
          { sid: 'Read' },
        ),
      ),
    ],
  },
  {
    name: 'stream-writer',
    versions: [
      policy(allow(['kinesis:PutRecord', 'kinesis:PutRecords'], 'arn:aws:kinesis:us-east-1:123456789012:stream/clicks', { sid: 'Write' })),
    ],
  },
  {
    name: 'report-bucket',
    versions: [
      policy(
        allow(['s3:PutObject', 's3:GetObject'], bucket('reports'), {
          sid: 'Reports',
          condition: { Bool: { 'aws:SecureTransport': 'true' } },
        }),
      ),
    ],
  },
  {
    name: 'run-state-machines',
    versions: [policy(allow('states:StartExecution', 'arn:aws:states:us-east-1:123456789012:stateMachine:shop-*', { sid: 'Start' }))],
  },
  {
    name: 'put-events',
    versions: [policy(allow('events:PutEvents', 'arn:aws:events:us-east-1:123456789012:event-bus/shop', { sid: 'Put' }))],
  },
  {
    name: 'database-login',
    versions: [policy(allow('rds-db:connect', 'arn:aws:rds-db:us-east-1:123456789012:dbuser:*/app', { sid: 'Login' }))],
  },
  {
    name: 'kyoto-batch-input',
    description: '日次バッチ処理のための権限',
    versions: [policy(allow(['s3:GetObject'], bucket('kyoto-batch'), { sid: 'Input' }))],
  },
  {
    name: 'require-mfa',
    description: 'Denies what matters without a second factor.',
    versions: [
      policy(
        deny(['iam:*', 'sts:AssumeRole'], '*', { sid: 'NoMfa', condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } }),
      ),
    ],
  },
]
