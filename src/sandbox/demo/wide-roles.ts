import type { FixtureRole } from '../fixture.ts'
import { allow, allowAllBut, policy, trust } from './documents.ts'
import { uses } from './habits.ts'

const GITHUB_AUDIENCE = { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' }

/** Roles that were given far more than they use: what an account collects over the years. */
export const wideRoles: readonly FixtureRole[] = [
  {
    name: 'break-glass-admin',
    description: 'Emergencies only. Two people, sealed envelope, a drill every month.',
    trust: trust.account('123456789012', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
    attached: ['AdministratorAccess'],
    tags: { owner: 'security' },
    usage: [uses('monthly', ['iam:ListRoles', 'ec2:DescribeInstances'], 42)],
  },
  {
    name: 'OrganizationAccountAccessRole',
    trust: trust.account('999988887777'),
    createdDaysAgo: 1_900,
    attached: ['AdministratorAccess'],
    usage: [uses('monthly', ['iam:ListRoles', 's3:ListAllMyBuckets'], 48)],
  },
  {
    name: 'AWSControlTowerExecution',
    trust: trust.account('999988887777'),
    createdDaysAgo: 1_400,
    attached: ['AdministratorAccess'],
    usage: [uses('weekly', ['config:DescribeConfigRules', 'cloudformation:DescribeStacks', 'iam:GetRole', 'cloudtrail:DescribeTrails'])],
  },
  {
    name: 'cdk-hnb659fds-cfn-exec-role-123456789012-us-east-1',
    trust: trust.service('cloudformation'),
    attached: ['AdministratorAccess'],
    tags: { 'aws:cloudformation:stack-name': 'CDKToolkit', 'aws:cdk:bootstrap-role': 'cfn-exec' },
    usage: [
      uses('daily', ['lambda:CreateFunction', 'lambda:UpdateFunctionCode', 'lambda:GetFunction', 'lambda:TagResource'], 2_300),
      uses('daily', ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:PassRole', 'iam:GetRole'], 1_900),
      uses('weekly', ['dynamodb:CreateTable', 'dynamodb:DescribeTable', 's3:CreateBucket', 's3:PutBucketPolicy', 'sqs:CreateQueue']),
      uses('weekly', ['logs:CreateLogGroup', 'logs:PutRetentionPolicy', 'events:PutRule', 'events:PutTargets', 'ssm:GetParameters']),
    ],
  },
  {
    name: 'github-actions-deploy',
    description: 'Deploys from GitHub. Any repository, any branch.',
    trust: trust.github({ StringEquals: GITHUB_AUDIENCE }),
    attached: ['PowerUserAccess'],
    tags: { owner: 'platform' },
    usage: [
      uses(
        'daily',
        ['ecs:UpdateService', 'ecs:RegisterTaskDefinition', 'ecs:DescribeServices', 'ecr:PutImage', 'ecr:GetAuthorizationToken'],
        4_700,
      ),
      uses('daily', ['s3:PutObject', 'cloudfront:CreateInvalidation', 'lambda:UpdateFunctionCode'], 1_300),
    ],
  },
  {
    name: 'terraform-runner',
    trust: trust.role('arn:aws:iam::123456789012:role/jenkins-controller'),
    attached: ['PowerUserAccess', 'IAMFullAccess'],
    tags: { owner: 'platform', 'managed-by': 'terraform' },
    usage: [
      uses(
        'daily',
        [
          'ec2:DescribeVpcs',
          'ec2:DescribeSubnets',
          'ec2:CreateSecurityGroup',
          'ec2:AuthorizeSecurityGroupIngress',
          'rds:DescribeDBInstances',
        ],
        3_100,
      ),
      uses('daily', ['iam:GetRole', 'iam:CreateRole', 'iam:PutRolePolicy', 'iam:ListRolePolicies', 'iam:GetPolicyVersion'], 5_200),
      uses('daily', ['s3:GetObject', 's3:PutObject', 'dynamodb:GetItem', 'dynamodb:PutItem', 'kms:Decrypt'], 6_400),
    ],
  },
  {
    name: 'jenkins-controller',
    trust: trust.service('ec2'),
    instanceProfile: 'jenkins-controller',
    createdDaysAgo: 1_700,
    attached: ['AmazonEC2FullAccess', 'AmazonS3FullAccess'],
    inline: { 'pass-any-role': policy(allow(['iam:PassRole', 'sts:AssumeRole'], '*', { sid: 'Builds' })) },
    usage: [
      uses('hourly', ['ec2:RunInstances', 'ec2:DescribeInstances', 'ec2:CreateTags', 'iam:PassRole'], 7_800),
      uses('hourly', ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 'sts:AssumeRole'], 15_000),
    ],
  },
  {
    name: 'platform-operations',
    description: 'Everything but people and money.',
    trust: trust.account('123456789012'),
    inline: {
      'all-but-people-and-money': policy(allowAllBut(['organizations:*', 'account:*', 'billing:*', 'aws-portal:*', 'iam:*User*'])),
    },
    usage: [
      uses(
        'daily',
        ['ec2:DescribeInstances', 'ec2:RebootInstances', 'ssm:StartSession', 'ssm:DescribeInstanceInformation', 'logs:FilterLogEvents'],
        2_600,
      ),
      uses('weekly', [
        'rds:DescribeDBInstances',
        'rds:RebootDBInstance',
        'elasticloadbalancing:DescribeTargetHealth',
        'route53:ListHostedZones',
      ]),
    ],
  },
  {
    name: 'devops-oncall',
    trust: trust.account('123456789012', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
    attached: ['AmazonEC2FullAccess', 'IAMFullAccess', 'AmazonRDSFullAccess'],
    usage: [
      uses('weekly', [
        'ec2:DescribeInstances',
        'ec2:RebootInstances',
        'cloudwatch:DescribeAlarms',
        'iam:ListRoles',
        'rds:DescribeDBInstances',
      ]),
    ],
  },
  {
    name: 'lambda-everything',
    description: 'One role for all functions of the first year.',
    trust: trust.service('lambda'),
    createdDaysAgo: 1_300,
    inline: {
      everything: policy(allow(['s3:*', 'dynamodb:*', 'lambda:*', 'iam:*', 'ec2:*', 'sqs:*', 'logs:*'], '*', { sid: 'Everything' })),
    },
    usage: [uses('always', ['s3:GetObject', 'dynamodb:PutItem', 'lambda:InvokeFunction', 'sqs:SendMessage', 'logs:PutLogEvents'], 74_000)],
  },
]
