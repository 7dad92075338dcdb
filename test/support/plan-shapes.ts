import type { SandboxFixture } from '../../src/sandbox/index.ts'

const allow = (actions: readonly string[], resource: string | readonly string[] = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Sid: 'Work', Effect: 'Allow', Action: actions, Resource: resource }],
})

const use = (...actions: string[]) => [{ actions, daysAgo: 2, calls: 10 }]

/** One role a plan shape of safety.md's fault matrix, each named `app`. */
export const planShapes: Readonly<Record<string, SandboxFixture>> = {
  'inline only': {
    roles: [
      {
        name: 'app',
        createdDaysAgo: 400,
        inline: { work: allow(['s3:*', 'sqs:*']) },
        usage: use('s3:ListAllMyBuckets', 's3:GetBucketLocation'),
      },
    ],
  },
  'AWS managed replaced': {
    roles: [{ name: 'app', createdDaysAgo: 400, attached: ['AmazonS3FullAccess'], usage: use('s3:ListAllMyBuckets') }],
  },
  'customer version': {
    policies: [{ name: 'team', createdDaysAgo: 500, versions: [allow(['dynamodb:*', 'sns:*']), allow(['dynamodb:*', 'sns:*', 'sqs:*'])] }],
    roles: [{ name: 'app', createdDaysAgo: 400, attached: ['team'], usage: use('dynamodb:DescribeTable', 'sns:ListTopics') }],
  },
  'fork of a shared policy': {
    policies: [{ name: 'shared', createdDaysAgo: 500, versions: [allow(['dynamodb:*', 'sns:*'])] }],
    roles: [
      { name: 'app', createdDaysAgo: 400, attached: ['shared'], usage: use('dynamodb:DescribeTable') },
      { name: 'other', createdDaysAgo: 400, attached: ['shared'], usage: use('sns:ListTopics') },
    ],
  },
  mixed: {
    policies: [{ name: 'team', createdDaysAgo: 500, versions: [allow(['sns:*', 'events:*'])] }],
    roles: [
      {
        name: 'app',
        createdDaysAgo: 400,
        inline: { work: allow(['sqs:*', 'lambda:*'], ['arn:aws:sqs:*:*:a', 'arn:aws:lambda:*:*:*']), idle: allow(['glue:*']) },
        attached: ['team', 'AmazonDynamoDBReadOnlyAccess'],
        usage: use('sqs:ListQueues', 'sns:ListTopics', 'lambda:ListFunctions', 'dynamodb:DescribeTable'),
      },
    ],
  },
  'split into several': {
    roles: [
      {
        name: 'app',
        createdDaysAgo: 400,
        attached: ['AdministratorAccess'],
        usage: use(
          's3:ListAllMyBuckets',
          'ec2:DescribeInstances',
          'rds:DescribeDBInstances',
          'lambda:ListFunctions',
          'iam:ListRoles',
          'sagemaker:ListModels',
        ),
      },
    ],
  },
}
