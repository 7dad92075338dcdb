import type { FixtureRole } from '../fixture.ts'
import { allow, allowElsewhere, deny, policy, trust } from './documents.ts'
import { fillToLimit } from './fill-to-limit.ts'
import { usedOnce, uses } from './habits.ts'

const GITHUB = 'token.actions.githubusercontent.com'
/** Control characters of 8 bits, which the document charset of IAM lets pass: `CSI 31 m`, red on a terminal. */
const RED = '\u009b31m'

/** An IAM policy variable. */
const TEAM_OF_CALLER = ['$', '{aws:PrincipalTag/team}'].join('')

/** One of everything that is easy to get wrong. */
export const remarkableRoles: readonly FixtureRole[] = [
  {
    name: 'log-archive-reader',
    description: 'Reads all logs but the archive of the auditors.',
    trust: trust.account('123456789012'),
    inline: {
      'read-elsewhere': policy(
        allowElsewhere(
          ['s3:GetObject', 's3:GetBucketLocation', 's3:ListBucket'],
          ['arn:aws:s3:::audit-logs-bucket', 'arn:aws:s3:::audit-logs-bucket/*'],
          { sid: 'NotTheArchive' },
        ),
      ),
    },
    usage: [uses('daily', ['s3:GetObject', 's3:ListBucket', 's3:GetBucketLocation'], 800)],
  },
  {
    name: 'office-hours-operator',
    description: 'Restarts, from the office, in two Regions, with a second factor.',
    trust: trust.account('123456789012', {
      Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
    }),
    inline: {
      restarts: policy(
        allow(['ec2:RebootInstances', 'ec2:StartInstances', 'ec2:StopInstances', 'ec2:DescribeInstances', 'ec2:GetConsoleOutput'], '*', {
          sid: 'FromTheOffice',
          condition: {
            IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8:1200::/40'] },
            StringEquals: { 'aws:RequestedRegion': ['us-east-1', 'ap-northeast-1'] },
            'ForAnyValue:StringLike': { 'aws:TagKeys': ['team', 'cost-*'] },
          },
        }),
        allow('rds:RebootDBInstance', `arn:aws:rds:*:123456789012:db:${TEAM_OF_CALLER}-*`, { sid: 'OwnDatabases' }),
      ),
    },
    usage: [uses('weekly', ['ec2:RebootInstances', 'ec2:DescribeInstances', 'rds:RebootDBInstance'])],
  },
  {
    name: 'developer-made-role',
    trust: trust.service('lambda'),
    boundary: 'developer-boundary',
    tags: { 'created-by': 'developer-portal' },
    inline: { work: policy(allow(['s3:*', 'dynamodb:*'], '*', { sid: 'Broad' })) },
    usage: [uses('daily', ['s3:GetObject', 's3:PutObject', 'dynamodb:Query'], 900)],
  },
  {
    name: 'inline-limit-role',
    description: 'Its own policies fill the quota to the last character.',
    trust: trust.service('ecs-tasks'),
    inline: fillToLimit(),
    usage: [uses('daily', ['s3:GetObject', 'dynamodb:GetItem'], 400)],
  },
  {
    name: 'crowded-role',
    description: 'Twenty policies attached: no slot is free.',
    trust: trust.service('ec2'),
    attached: [
      'AmazonS3ReadOnlyAccess',
      'AmazonEC2ReadOnlyAccess',
      'AmazonSQSReadOnlyAccess',
      'AmazonSNSReadOnlyAccess',
      'AmazonDynamoDBReadOnlyAccess',
      'AmazonRDSReadOnlyAccess',
      'CloudWatchReadOnlyAccess',
      'AWSLambda_ReadOnlyAccess',
      'AWSCloudTrail_ReadOnlyAccess',
      'AmazonEC2ContainerRegistryReadOnly',
      'queue-consumer',
      'queue-producer',
      'topic-publisher',
      'read-shop-secrets',
      'use-data-key',
      'write-metrics',
      'write-traces',
      'write-logs',
      'report-bucket',
      'put-events',
    ],
    usage: [
      uses(
        'daily',
        ['s3:GetObject', 'sqs:ReceiveMessage', 'sns:Publish', 'kms:Decrypt', 'secretsmanager:GetSecretValue', 'logs:PutLogEvents'],
        6_000,
      ),
      uses(
        'daily',
        ['ec2:DescribeInstances', 'rds:DescribeDBInstances', 'cloudwatch:GetMetricData', 'lambda:ListFunctions', 'ecr:BatchGetImage'],
        2_000,
      ),
    ],
  },
  {
    name: 'github-actions-release',
    trust: trust.github({
      StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com', [`${GITHUB}:sub`]: 'repo:example/shop:ref:refs/heads/main' },
    }),
    inline: {
      release: policy(allow(['s3:PutObject', 's3:ListBucket'], ['arn:aws:s3:::releases', 'arn:aws:s3:::releases/*'], { sid: 'Release' })),
    },
    usage: [uses('daily', ['s3:PutObject', 's3:ListBucket'], 500)],
  },
  {
    name: 'vendor-monitoring',
    description: 'A vendor reads metrics; nobody asked for an external id.',
    trust: trust.account('464622532012'),
    attached: ['CloudWatchReadOnlyAccess'],
    usage: [uses('hourly', ['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics'], 8_600)],
  },
  {
    name: 'partner-audit',
    trust: trust.account('210987654321', { StringEquals: { 'sts:ExternalId': 'partner-7f3a91' } }),
    attached: ['IAMReadOnlyAccess'],
    usage: [uses('monthly', ['iam:GenerateCredentialReport', 'iam:GetAccountAuthorizationDetails', 'iam:ListUsers'], 60)],
  },
  {
    name: 'new-reporting-role',
    description: 'Twelve days old: nobody can say yet what it needs.',
    trust: trust.service('lambda'),
    createdDaysAgo: 12,
    attached: ['AWSLambdaBasicExecutionRole', 'report-bucket'],
    inline: { tables: policy(allow(['dynamodb:Scan', 'dynamodb:DescribeTable', 'dynamodb:ListTables'], '*', { sid: 'Read' })) },
    usage: [uses('daily', ['dynamodb:Scan', 's3:PutObject'], 60)],
  },
  {
    name: 'quarter-close-role',
    description: 'Closes the books. Most of it runs every night, one step once a quarter.',
    trust: trust.service('states'),
    tags: { owner: 'finance', env: 'prod' },
    inline: {
      close: policy(
        allow(['athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:GetQueryResults'], '*', { sid: 'Query' }),
        allow(['rds:DescribeDBSnapshots', 'rds:CopyDBSnapshot'], '*', { sid: 'Freeze' }),
      ),
    },
    usage: [
      uses('daily', ['athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:GetQueryResults', 'rds:DescribeDBSnapshots'], 1_100),
      { actions: ['rds:CopyDBSnapshot'], daysAgo: 91, everyDays: 93, calls: 0 },
    ],
  },
  {
    name: 'kyoto-batch-role',
    description: '京都拠点の日次バッチ処理',
    trust: trust.service('batch'),
    tags: { 部署: '情報システム部', 用途: '日次バッチ' },
    attached: ['kyoto-batch-input'],
    usage: [uses('daily', ['s3:GetObject'], 2_700)],
  },
  {
    name: 'chat-ops-bot',
    description: 'Somebody played with its tags.',
    trust: trust.service('lambda'),
    tags: { note: `${RED}urgent\u009b0m`, direction: 'abc\u202etxt.exe' },
    attached: ['AWSLambdaBasicExecutionRole'],
    inline: {
      chat: policy(allow(['ssm:GetParameter', 'ssm:DescribeParameters', 'ssm:GetParameterHistory'], '*', { sid: 'Chat' })),
      banner: JSON.stringify(policy(allow('sns:Publish', '*', { sid: `${RED}Approved` }))).replaceAll('\u009b', '\\u001b['),
    },
    usage: [uses('daily', ['ssm:GetParameter', 'sns:Publish'], 700)],
  },
  {
    name: 'deny-without-mfa',
    trust: trust.account('123456789012'),
    attached: ['require-mfa'],
    inline: { look: policy(allow(['iam:ListRoles', 'iam:GetRole'], '*'), deny('iam:GetAccountSummary', '*')) },
    usage: [uses('weekly', ['iam:ListRoles', 'iam:GetRole'])],
  },
  {
    name: 'web-app-role-test',
    trust: trust.service('ecs-tasks'),
    tags: { env: 'test', owner: 'web' },
    inline: {
      'web-app-access': policy(
        allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::web-app-images-test/*', { sid: 'Images' }),
        allow(
          ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
          'arn:aws:dynamodb:us-east-1:123456789012:table/web-app-sessions-test',
          { sid: 'Sessions' },
        ),
      ),
    },
    usage: [uses('daily', ['s3:GetObject', 'dynamodb:GetItem', 'dynamodb:PutItem'], 300)],
  },
  {
    name: 'batch-processing-role-test',
    trust: trust.service('batch'),
    tags: { env: 'test', owner: 'data' },
    attached: ['queue-consumer', 'batch-artifacts'],
    usage: [usedOnce(24, ['sqs:ReceiveMessage', 's3:GetObject', 's3:PutObject'], 90)],
  },
  {
    name: 'CamelCase.Role_with+signs@example,eu',
    path: '/division/product/',
    trust: trust.service('ec2'),
    inline: { 'Mixed.Case+Name': policy(allow(['ec2:describeinstances', 'EC2:DescribeTags'], '*')) },
    usage: [uses('daily', ['ec2:DescribeInstances', 'ec2:DescribeTags'], 200)],
  },
]
