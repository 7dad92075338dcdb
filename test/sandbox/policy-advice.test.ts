import {
  CancelPolicyGenerationCommand,
  GenerateFindingRecommendationCommand,
  GetFindingRecommendationCommand,
  GetGeneratedPolicyCommand,
  ListAnalyzersCommand,
  ListFindingsV2Command,
  ListPolicyGenerationsCommand,
  StartPolicyGenerationCommand,
  ValidatePolicyCommand,
} from '@aws-sdk/client-accessanalyzer'
import { expect, test } from 'vitest'
import { allowText, awsPolicy, EPOCH, oneRole, sandboxClients } from './sandbox-clients.ts'

const roleArn = 'arn:aws:iam::123456789012:role/app'

test('a recommendation is a job: what to make of each policy that grants something unused', async () => {
  const { analyzer } = oneRole(
    {
      inline: { work: allowText('s3:GetObject', 's3:PutBucketPolicy', 'rds:DescribeDBInstances', 'sns:Publish') },
      attached: ['AmazonSQSFullAccess'],
      usage: [{ actions: ['s3:GetObject', 'rds:DescribeDBInstances'], daysAgo: 1 }],
    },
    { analyzers: [{ name: 'unused', type: 'ACCOUNT_UNUSED_ACCESS' }] },
  )
  const { analyzers } = await analyzer.send(new ListAnalyzersCommand({}))
  const analyzerArn = analyzers?.[0]?.arn ?? ''
  const id = (await analyzer.send(new ListFindingsV2Command({ analyzerArn }))).findings?.[0]?.id ?? ''
  const look = () => analyzer.send(new GetFindingRecommendationCommand({ analyzerArn, id }))
  await expect(look()).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await analyzer.send(new GenerateFindingRecommendationCommand({ analyzerArn, id }))
  expect(await look()).toMatchObject({ status: 'IN_PROGRESS', resourceArn: roleArn })
  const { status, recommendedSteps } = await look()
  const steps = recommendedSteps?.map((step) => step.unusedPermissionsRecommendedStep)
  expect(status).toBe('SUCCEEDED')
  expect(steps?.map((step) => [step?.recommendedAction, step?.existingPolicyId])).toEqual([
    ['CREATE_POLICY', 'work'],
    ['DETACH_POLICY', awsPolicy('AmazonSQSFullAccess')],
  ])
  expect(JSON.parse(steps?.[0]?.recommendedPolicy ?? '{}').Statement[0].Action).toEqual(['s3:GetObject', 'rds:DescribeDBInstances'])
})

test('the recommendation for an administrator names the services that are used', async () => {
  const { analyzer } = oneRole(
    { attached: ['AdministratorAccess'], usage: [{ actions: ['s3:GetBucketPolicy', 'sqs:SendMessage'], daysAgo: 1 }] },
    { analyzers: [{ name: 'unused', type: 'ACCOUNT_UNUSED_ACCESS' }] },
  )
  const analyzerArn = (await analyzer.send(new ListAnalyzersCommand({}))).analyzers?.[0]?.arn ?? ''
  const id = (await analyzer.send(new ListFindingsV2Command({ analyzerArn }))).findings?.[0]?.id ?? ''
  await analyzer.send(new GenerateFindingRecommendationCommand({ analyzerArn, id }))
  await analyzer.send(new GetFindingRecommendationCommand({ analyzerArn, id }))
  const { recommendedSteps } = await analyzer.send(new GetFindingRecommendationCommand({ analyzerArn, id }))
  const [step] = recommendedSteps?.map((one) => one.unusedPermissionsRecommendedStep) ?? []
  expect(step).toMatchObject({ recommendedAction: 'CREATE_POLICY', existingPolicyId: awsPolicy('AdministratorAccess') })
  expect(JSON.parse(step?.recommendedPolicy ?? '{}').Statement).toEqual([{ Effect: 'Allow', Action: ['s3:*', 'sqs:*'], Resource: '*' }])
})

test('a policy is generated from what the trail saw, one job at a time', async () => {
  const { analyzer } = oneRole({
    usage: [
      { actions: ['rds:DescribeDBInstances', 'ec2:DescribeVpcs', 's3:GetObject', 'iam:PassRole'], daysAgo: 3 },
      { actions: ['ec2:RunInstances'], daysAgo: 50 },
    ],
  })
  const startTime = new Date(EPOCH.getTime() - 10 * 86_400_000)
  const start = new StartPolicyGenerationCommand({
    policyGenerationDetails: { principalArn: roleArn },
    cloudTrailDetails: {
      trails: [{ cloudTrailArn: 'arn:aws:cloudtrail:us-east-1:123456789012:trail/t', allRegions: true }],
      accessRole: roleArn,
      startTime,
    },
  })
  const { jobId } = await analyzer.send(start)
  await expect(analyzer.send(start)).rejects.toMatchObject({ name: 'ServiceQuotaExceededException' })
  const look = () => analyzer.send(new GetGeneratedPolicyCommand({ jobId }))
  expect((await look()).jobDetails?.status).toBe('IN_PROGRESS')
  const { jobDetails, generatedPolicyResult } = await look()
  expect(jobDetails?.status).toBe('SUCCEEDED')
  const { Statement } = JSON.parse(generatedPolicyResult?.generatedPolicies?.[0]?.policy ?? '{}')
  expect(Statement.map(({ Action }: { Action: string[] }) => Action)).toEqual([['ec2:DescribeVpcs'], ['rds:DescribeDBInstances']])
  const second = await analyzer.send(start)
  await analyzer.send(new CancelPolicyGenerationCommand({ jobId: second.jobId }))
  const { policyGenerations } = await analyzer.send(new ListPolicyGenerationsCommand({ principalArn: roleArn }))
  expect(policyGenerations?.map(({ status }) => status)).toEqual(['CANCELED', 'SUCCEEDED'])
})

test.each([
  ['no JSON', '{', ['JSON_SYNTAX_ERROR']],
  ['an action that nobody has', allowText('s3:GetObjekt'), ['INVALID_ACTION']],
  ['passing any role', allowText('iam:PassRole'), ['PASS_ROLE_WITH_STAR_IN_RESOURCE']],
  ['an action twice', allowText('s3:GetObject', 's3:getobject'), ['REDUNDANT_ACTION']],
  ['an action within another', allowText('s3:GetObject', 's3:Get*'), ['REDUNDANT_ACTION']],
  ['a service that is none', allowText('nosuch:*'), ['INVALID_SERVICE_IN_ACTION']],
  ['a Sid with a space', allowText('s3:Get*').replace('"Effect"', '"Sid":"a b","Effect"'), ['UNSUPPORTED_SID']],
  ['no version', '{"Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}', ['MISSING_VERSION']],
  ['nothing wrong', allowText('s3:Get*'), []],
])('a validation finds %s', async (_what, policyDocument, expected) => {
  const { analyzer } = sandboxClients({ fixture: {} })
  const { findings } = await analyzer.send(new ValidatePolicyCommand({ policyDocument, policyType: 'IDENTITY_POLICY' }))
  expect(findings?.map(({ issueCode }) => issueCode)).toEqual(expected)
})

test('a finding of a validation has its place', async () => {
  const { analyzer } = sandboxClients({ fixture: {} })
  const policyDocument =
    '{"Version":"2012-10-17",\n"Statement":[{"Effect":"Allow","Action":["s3:GetObject",\n"s3:Nothing"],"Resource":"*"}]}'
  const { findings } = await analyzer.send(new ValidatePolicyCommand({ policyDocument, policyType: 'IDENTITY_POLICY' }))
  expect(findings?.[0]?.locations).toEqual([
    {
      path: [{ value: 'Statement' }, { index: 0 }, { value: 'Action' }, { index: 1 }],
      span: { start: { line: 3, column: 0, offset: 82 }, end: { line: 3, column: 12, offset: 94 } },
    },
  ])
})
