import {
  GetAnalyzedResourceCommand,
  GetAnalyzerCommand,
  ListAnalyzedResourcesCommand,
  ListFindingsV2Command,
  ListTagsForResourceCommand,
  StartResourceScanCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAnalyzerCommand,
} from '@aws-sdk/client-accessanalyzer'
import { expect, test } from 'vitest'
import { ACCOUNT_ID, EC2_TRUST, sandboxClients } from './sandbox-clients.ts'

const arnOf = (name: string) => `arn:aws:access-analyzer:us-east-1:${ACCOUNT_ID}:analyzer/${name}`
const open = { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' } }
const bucket = 'arn:aws:s3:::shared'
const role = `arn:aws:iam::${ACCOUNT_ID}:role/app`

const account = () =>
  sandboxClients({
    fixture: {
      roles: [{ name: 'app', trust: EC2_TRUST, createdDaysAgo: 60 }],
      resources: [{ arn: bucket, type: 'AWS::S3::Bucket', policy: open }],
      analyzers: [
        { name: 'outside', type: 'ACCOUNT' },
        { name: 'unused', type: 'ACCOUNT_UNUSED_ACCESS', unusedAccessAge: 90 },
      ],
    },
  })

test('an analyzer tells what it looked at, and what is shared of it', async () => {
  const { analyzer } = account()
  const analyzerArn = arnOf('outside')
  const { analyzedResources } = await analyzer.send(new ListAnalyzedResourcesCommand({ analyzerArn }))
  expect(analyzedResources?.map(({ resourceArn }) => resourceArn)).toEqual([bucket, role])
  const look = async (resourceArn: string) => (await analyzer.send(new GetAnalyzedResourceCommand({ analyzerArn, resourceArn }))).resource
  expect(await look(bucket)).toMatchObject({ isPublic: true, actions: ['s3:GetObject'], status: 'ACTIVE' })
  expect(await look(role)).toMatchObject({ isPublic: false, resourceType: 'AWS::IAM::Role' })
  await analyzer.send(new StartResourceScanCommand({ analyzerArn, resourceArn: bucket }))
  await expect(look('arn:aws:s3:::gone')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  const other = new ListAnalyzedResourcesCommand({ analyzerArn: arnOf('unused') })
  await expect(analyzer.send(other)).rejects.toMatchObject({ name: 'ValidationException' })
})

test('a shorter period finds more; what this account does not know is refused, not passed over', async () => {
  const { analyzer } = account()
  const count = async () => (await analyzer.send(new ListFindingsV2Command({ analyzerArn: arnOf('unused') }))).findings?.length
  expect(await count()).toBe(0)
  const update = (unusedAccess: object) =>
    analyzer.send(new UpdateAnalyzerCommand({ analyzerName: 'unused', configuration: { unusedAccess } }))
  await update({ unusedAccessAge: 30 })
  expect(await count()).toBe(1)
  await update({})
  const configured = await analyzer.send(new GetAnalyzerCommand({ analyzerName: 'unused' }))
  expect(configured.analyzer?.configuration).toEqual({ unusedAccess: { unusedAccessAge: 30 } })
  const rule = { analysisRule: { exclusions: [{ resourceTags: [{ team: 'ops' }] }] } }
  await expect(update(rule)).rejects.toMatchObject({ name: 'ValidationException' })
})

test('tags of an analyzer are set and taken away', async () => {
  const { analyzer } = account()
  const resourceArn = arnOf('unused')
  const tags = async () => (await analyzer.send(new ListTagsForResourceCommand({ resourceArn }))).tags
  expect(await tags()).toEqual({})
  await analyzer.send(new TagResourceCommand({ resourceArn, tags: { team: 'ops', env: 'prod' } }))
  await analyzer.send(new UntagResourceCommand({ resourceArn, tagKeys: ['env'] }))
  expect(await tags()).toEqual({ team: 'ops' })
})
