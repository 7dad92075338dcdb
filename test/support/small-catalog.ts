import type { AccessLevel } from '../../src/policy/access-level.ts'
import type { Catalog, CatalogAction } from '../../src/policy/catalog.ts'
import { createUniverse, type Universe } from '../../src/policy/universe.ts'

const LEVELS: readonly (readonly [verb: RegExp, level: AccessLevel])[] = [
  [/Policy$|Acl$|Grant$/, 'Permissions management'],
  [/Tags?$|Tagging$/, 'Tagging'],
  [/^List|^Describe/, 'List'],
  [/^Get|^Decrypt/, 'Read'],
]

const NAMES: Readonly<Record<string, string>> = {
  ec2: 'DescribeInstances DescribeVolumes DescribeVpcs RunInstances StartInstances StopInstances TerminateInstances CreateTags DeleteTags',
  iam: 'AttachRolePolicy CreateRole GetRole GetRolePolicy ListRoles PassRole PutRolePolicy',
  kms: 'CreateGrant Decrypt DescribeKey Encrypt GenerateDataKey ReEncryptFrom ReEncryptTo ScheduleKeyDeletion',
  lambda: 'AddPermission CreateFunction DeleteFunction GetFunction InvokeFunction ListFunctions TagResource UpdateFunctionCode',
  rdsdb: 'connect',
  'rds-db': 'connect',
  s3: 'DeleteBucket DeleteBucketPolicy DeleteObject DeleteObjectTagging GetBucketAcl GetBucketPolicy GetObject GetObjectAcl GetObjectTagging ListBucket ListBucketVersions PutBucketAcl PutBucketPolicy PutObject PutObjectAcl PutObjectTagging',
  sqs: 'DeleteMessage GetQueueUrl ListQueues ReceiveMessage SendMessage SetQueueAttributes',
}

const DEPENDS: Readonly<Record<string, readonly string[]>> = {
  'ec2:RunInstances': ['iam:PassRole', 'ec2:CreateTags'],
  'lambda:CreateFunction': ['iam:PassRole'],
  's3:PutObject': ['kms:Decrypt', 'kms:GenerateDataKey'],
}

const UNTRACKED = new Set(['iam:PassRole', 's3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket', 'lambda:InvokeFunction'])

/** Some sixty actions of eight services: enough to share beginnings, few enough to try everything. */
export function smallCatalog(): Catalog {
  const actions = Object.entries(NAMES).flatMap(([service, names]) =>
    names.split(' ').map((verb): CatalogAction => {
      const name = `${service}:${verb}`
      const level = LEVELS.find(([pattern]) => pattern.test(verb))?.[1] ?? 'Write'
      return { name, level, tracked: !UNTRACKED.has(name), dependsOn: DEPENDS[name] ?? [] }
    }),
  )
  return { date: '2026-01-01', actions, find: (action) => actions.find(({ name }) => name.toLowerCase() === action.toLowerCase()) ?? null }
}

export const smallUniverse = (named: Iterable<string> = []): Universe => createUniverse(smallCatalog(), named)
