import type { FixtureRole } from '../fixture.ts'
import { allow, policy, trust } from './documents.ts'
import { uses } from './habits.ts'

const linked = (service: string, suffix: string, awsPolicy: string): FixtureRole => ({
  name: `AWSServiceRoleFor${suffix}`,
  path: `/aws-service-role/${service}.amazonaws.com/`,
  trust: trust.service(service),
  attached: [awsPolicy],
})

const identityCentre = (permissionSet: string, suffix: string, attached: readonly string[], actions: readonly string[]): FixtureRole => ({
  name: `AWSReservedSSO_${permissionSet}_${suffix}`,
  path: '/aws-reserved/sso.amazonaws.com/',
  trust: trust.saml(),
  maxSession: 43_200,
  attached,
  usage: [uses('daily', actions)],
})

const cdk = (purpose: string, inline: object, actions: readonly string[]): FixtureRole => ({
  name: `cdk-hnb659fds-${purpose}-role-123456789012-us-east-1`,
  trust: trust.account('123456789012'),
  tags: { 'aws:cloudformation:stack-name': 'CDKToolkit', 'aws:cdk:bootstrap-role': purpose },
  inline: { default: inline },
  usage: [uses('daily', actions)],
})

const ASSETS = ['arn:aws:s3:::cdk-hnb659fds-assets-123456789012-us-east-1', 'arn:aws:s3:::cdk-hnb659fds-assets-123456789012-us-east-1/*']

/** Roles that AWS or its tools own: they cannot or should not be changed here. */
export const awsOwnedRoles: readonly FixtureRole[] = [
  {
    ...linked('autoscaling', 'AutoScaling', 'AutoScalingServiceRolePolicy'),
    usage: [uses('hourly', ['ec2:DescribeInstances', 'ec2:RunInstances'])],
  },
  { ...linked('ecs', 'ECS', 'AmazonECSServiceRolePolicy'), usage: [uses('hourly', ['elasticloadbalancing:RegisterTargets'])] },
  {
    ...linked('trustedadvisor', 'TrustedAdvisor', 'AWSTrustedAdvisorServiceRolePolicy'),
    usage: [uses('weekly', ['ec2:DescribeInstances', 's3:ListAllMyBuckets'])],
  },
  identityCentre(
    'AdministratorAccess',
    '8f2b4c6d0e1a3957',
    ['AdministratorAccess'],
    ['iam:ListRoles', 'ec2:DescribeInstances', 's3:ListAllMyBuckets'],
  ),
  identityCentre('ReadOnlyAccess', '1d3f5a7b9c2e4068', ['ReadOnlyAccess'], ['ec2:DescribeInstances', 'rds:DescribeDBInstances']),
  identityCentre('Billing', '6a8c0e2f4b1d3957', ['Billing'], ['ce:GetCostAndUsage']),
  cdk('deploy', policy(allow(['cloudformation:DescribeStacks', 'cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'])), [
    'cloudformation:DescribeStacks',
    'cloudformation:CreateChangeSet',
    'cloudformation:ExecuteChangeSet',
  ]),
  cdk('file-publishing', policy(allow(['s3:GetObject', 's3:ListBucket', 's3:PutObject'], ASSETS)), [
    's3:PutObject',
    's3:ListBucket',
    's3:GetObject',
  ]),
  cdk('image-publishing', policy(allow(['ecr:PutImage', 'ecr:InitiateLayerUpload', 'ecr:DescribeImages'])), [
    'ecr:PutImage',
    'ecr:InitiateLayerUpload',
    'ecr:DescribeImages',
  ]),
  cdk('lookup', policy(allow(['ec2:DescribeVpcs', 'ec2:DescribeSubnets', 'ssm:GetParameter'])), [
    'ec2:DescribeVpcs',
    'ec2:DescribeSubnets',
    'ssm:GetParameter',
  ]),
]
