import type { FixtureRole } from '../fixture.ts'
import { allow, policy, trust } from './documents.ts'
import { usedOnce, uses } from './habits.ts'

const PROD = { env: 'prod' }

/**
 * The roles that the published example of a status report names. What they may do and what they use are inputs; shares
 * and grades come out of them.
 */
export const reportedRoles: readonly FixtureRole[] = [
  {
    name: 'legacy-admin-role',
    description: 'Administration before the landing zone. Still assumed by two scripts.',
    trust: trust.account('123456789012'),
    attached: ['AdministratorAccess'],
    tags: { ...PROD, owner: 'platform' },
    usage: [
      uses('daily', ['s3:GetObject', 's3:PutObject', 's3:ListAllMyBuckets', 's3:GetBucketLocation', 's3:GetLifecycleConfiguration'], 5_400),
      uses('daily', ['ec2:DescribeInstances', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:CreateTags'], 3_900),
      uses('weekly', ['iam:ListRoles', 'iam:GetRole', 'iam:ListUsers', 'iam:ListAttachedRolePolicies', 'iam:TagRole']),
      uses('daily', ['cloudwatch:PutMetricData', 'cloudwatch:DescribeAlarms', 'logs:DescribeLogGroups', 'logs:PutLogEvents'], 2_100),
      uses('weekly', ['sns:Publish', 'sqs:SendMessage', 'lambda:InvokeFunction', 'lambda:ListFunctions']),
      uses('weekly', ['rds:DescribeDBInstances', 'dynamodb:ListTables', 'dynamodb:Query', 'cloudformation:DescribeStacks']),
      uses('monthly', ['glue:GetJobs', 'glue:StartJobRun', 'storagegateway:ListGateways', 'codecommit:ListRepositories']),
      usedOnce(140, ['iam:CreateUser', 'iam:AttachUserPolicy', 'iam:CreateAccessKey']),
    ],
  },
  {
    name: 'ec2-backup-service',
    description: 'Nightly backup of instances, and an inventory of everything that should be backed up.',
    trust: trust.service('ec2', 'backup'),
    attached: ['PowerUserAccess'],
    instanceProfile: 'ec2-backup-service',
    tags: { ...PROD, owner: 'operations' },
    usage: [
      uses('daily', ['ec2:CreateSnapshot', 'ec2:DeleteSnapshot', 'ec2:DescribeVolumes', 'ec2:DescribeSnapshots', 'ec2:CreateTags'], 41_000),
      uses('daily', ['backup:StartBackupJob', 'backup:ListBackupJobs', 'backup:DescribeBackupVault', 'backup:ListTags'], 9_000),
      uses('daily', ['rds:CreateDBSnapshot', 'rds:DescribeDBInstances', 'dynamodb:ListTables', 'dynamodb:ListTagsOfResource'], 6_300),
      uses(
        'daily',
        ['s3:PutObject', 's3:ListBucket', 's3:ListAllMyBuckets', 'cloudwatch:PutMetricData', 'sns:Publish', 'logs:PutLogEvents'],
        22_000,
      ),
      uses('weekly', [
        'storagegateway:ListGateways',
        'storagegateway:DescribeSnapshotSchedule',
        'drs:DescribeSourceServers',
        'ds:DescribeSnapshots',
      ]),
      uses('weekly', [
        'codecommit:ListRepositories',
        'codecommit:GitPull',
        'elasticmapreduce:ListClusters',
        'glue:GetDatabases',
        'glue:GetTables',
      ]),
      uses('weekly', [
        'sagemaker:ListModels',
        'sagemaker:DescribeModel',
        'quicksight:ListDashboards',
        'quicksight:StartAssetBundleExportJob',
      ]),
      uses('monthly', [
        'bedrock:ListCustomModels',
        'datazone:ListDomains',
        'deadline:ListFarms',
        'odb:ListCloudVmClusters',
        'fsx:DescribeFileSystems',
      ]),
      usedOnce(210, ['ec2:RunInstances', 'ec2:CreateImage', 'ec2:CopySnapshot']),
    ],
  },
  {
    name: 'data-processing-role',
    description: 'Nightly transformation of raw events.',
    trust: trust.service('ec2'),
    attached: ['AmazonS3FullAccess', 'AmazonEC2FullAccess'],
    instanceProfile: 'data-processing-role',
    tags: { ...PROD, owner: 'data' },
    usage: [
      uses('hourly', ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'], 88_000),
      uses('daily', ['s3:GetBucketLocation', 's3:ListAllMyBuckets', 's3:GetEncryptionConfiguration']),
      uses('daily', ['ec2:RunInstances', 'ec2:TerminateInstances', 'ec2:DescribeInstances', 'ec2:CreateTags'], 1_600),
      uses('daily', [
        'ec2:DescribeVolumes',
        'ec2:DescribeSubnets',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeVpcs',
        'ec2:DescribeKeyPairs',
      ]),
      uses('daily', ['ec2:CreateVolume', 'ec2:AttachVolume', 'ec2:DetachVolume', 'ec2:DeleteVolume', 'ec2:ModifyInstanceAttribute']),
      uses('hourly', ['cloudwatch:PutMetricData', 'cloudwatch:GetMetricData'], 12_000),
      usedOnce(160, ['s3:DeleteBucket', 'ec2:CreateImage']),
    ],
  },
  {
    name: 'web-app-role',
    description: 'The shop. Started with what the prototype needed.',
    trust: trust.service('ecs-tasks'),
    tags: { ...PROD, owner: 'web' },
    inline: {
      'web-app-access': policy(
        allow(
          ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket', 's3:DeleteBucket'],
          ['arn:aws:s3:::web-app-images', 'arn:aws:s3:::web-app-images/*'],
          {
            sid: 'Images',
            condition: { StringEquals: { 'aws:ResourceTag/app': 'web' } },
          },
        ),
        allow(
          ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DescribeTable'],
          'arn:aws:dynamodb:us-east-1:123456789012:table/web-app-sessions',
          {
            sid: 'Sessions',
            condition: { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['id', 'cart', 'expires'] } },
          },
        ),
        allow(['logs:CreateLogStream', 'logs:PutLogEvents'], 'arn:aws:logs:us-east-1:123456789012:log-group:/ecs/web-app:*', {
          sid: 'Logs',
        }),
        allow(['ec2:TerminateInstances', 'rds:DeleteDBInstance'], '*', { sid: 'PrototypeCleanup' }),
      ),
    },
    usage: [
      uses('always', ['s3:GetObject', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], 96_000),
      uses('hourly', ['logs:CreateLogStream', 'logs:PutLogEvents'], 31_000),
      uses('daily', ['dynamodb:DescribeTable']),
    ],
  },
  {
    name: 'analytics-worker',
    description: 'Reads events, writes aggregates.',
    trust: trust.service('lambda'),
    tags: { ...PROD, owner: 'data' },
    attached: ['AWSLambdaBasicExecutionRole'],
    inline: {
      'analytics-data': policy(
        allow(['s3:GetObject', 's3:ListBucket'], ['arn:aws:s3:::events-raw', 'arn:aws:s3:::events-raw/*'], { sid: 'ReadEvents' }),
        allow(['athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:GetQueryResults'], '*', { sid: 'Query' }),
        allow(['glue:GetTable', 'glue:GetPartitions'], '*', { sid: 'Tables' }),
        allow(['iam:CreateRole', 'iam:AttachRolePolicy'], '*', { sid: 'FromTheTutorial' }),
      ),
    },
    usage: [
      uses(
        'hourly',
        ['s3:GetObject', 's3:ListBucket', 'athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:GetQueryResults'],
        64_000,
      ),
      uses('hourly', ['glue:GetTable', 'glue:GetPartitions', 'logs:PutLogEvents', 'logs:CreateLogStream'], 18_000),
    ],
  },
  {
    name: 'web-server-role',
    trust: trust.service('ec2'),
    instanceProfile: 'web-server-role',
    tags: { ...PROD, owner: 'web' },
    attached: ['AmazonSSMManagedInstanceCore', 'CloudWatchAgentServerPolicy', 'shared-application-access'],
    usage: [
      uses('always', ['s3:GetObject', 'dynamodb:GetItem', 'dynamodb:Query'], 1_101_213),
      uses(
        'always',
        ['logs:PutLogEvents', 'cloudwatch:PutMetricData', 'ssm:UpdateInstanceInformation', 'ssmmessages:OpenDataChannel'],
        146_176,
      ),
    ],
  },
  {
    name: 'api-gateway-role',
    trust: trust.service('apigateway'),
    tags: { ...PROD, owner: 'web' },
    inline: {
      'invoke-and-log': policy(
        allow('lambda:InvokeFunction', 'arn:aws:lambda:us-east-1:123456789012:function:api-*', { sid: 'Invoke' }),
        allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], '*', { sid: 'Log' }),
      ),
    },
    usage: [uses('always', ['lambda:InvokeFunction', 'logs:PutLogEvents', 'logs:CreateLogStream'], 892_456)],
  },
  {
    name: 'batch-processing-role',
    trust: trust.service('batch'),
    tags: { ...PROD, owner: 'data' },
    attached: ['queue-consumer', 'batch-artifacts'],
    usage: [uses('always', ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 's3:GetObject', 's3:PutObject'], 234_567)],
  },
  {
    name: 'legacy-migration-role',
    description: 'The move from the data centre, finished three years ago.',
    trust: trust.service('dms', 'ec2'),
    createdDaysAgo: 1_500,
    tags: { owner: 'nobody' },
    attached: ['AmazonS3FullAccess', 'AmazonEC2FullAccess', 'IAMFullAccess', 'AmazonRDSFullAccess'],
  },
  {
    name: 'temp-consultant-access',
    description: 'Until the end of the quarter.',
    trust: trust.account('210987654321'),
    createdDaysAgo: 400,
    tags: { owner: 'finance', expires: 'end-of-quarter' },
    attached: ['SystemAdministrator', 'IAMReadOnlyAccess'],
    usage: [usedOnce(71, ['ec2:DescribeInstances', 's3:ListAllMyBuckets', 'iam:ListUsers'], 3)],
  },
  {
    name: 'old-monitoring-role',
    trust: trust.service('ec2'),
    createdDaysAgo: 1_200,
    tags: { owner: 'operations' },
    attached: ['CloudWatchReadOnlyAccess'],
    usage: [usedOnce(33, ['cloudwatch:GetMetricStatistics', 'cloudwatch:ListMetrics', 'logs:DescribeLogGroups'], 12)],
  },
]
