import {
  GetContextKeysForCustomPolicyCommand,
  SimulateCustomPolicyCommand,
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyCommandInput,
} from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { allowText, awsPolicy, oneRole, ownPolicy } from './sandbox-clients.ts'

const PolicySourceArn = 'arn:aws:iam::123456789012:role/app'
const BUCKET = 'arn:aws:s3:::logs/a'
const denyText = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*' } })

/** `app` may read by its inline policy, list by a customer policy under a path, and everything of SQS by AWS's. */
const account = (role: object = {}) =>
  oneRole(
    { inline: { work: allowText('s3:GetObject') }, attached: ['lists', 'AmazonSQSFullAccess'], ...role },
    {
      policies: [
        { name: 'lists', path: '/team/', versions: [allowText('s3:ListBucket')] },
        { name: 'limit', versions: [allowText('s3:Get*')] },
      ],
    },
  )

type Input = Omit<SimulatePrincipalPolicyCommandInput, 'PolicySourceArn' | 'ActionNames'> & {
  PolicySourceArn?: string
  ActionNames?: string[]
}

async function decisions({ iam }: ReturnType<typeof account>, input: Input) {
  const ActionNames = ['s3:GetObject', 's3:ListBucket', 'sqs:SendMessage', 's3:DeleteObject']
  const asked: SimulatePrincipalPolicyCommandInput = { PolicySourceArn, ActionNames, ...input }
  const { EvaluationResults = [] } = await iam.send(new SimulatePrincipalPolicyCommand(asked))
  return EvaluationResults.map(({ EvalDecision }) => EvalDecision)
}

const [yes, no] = ['allowed', 'implicitDeny']

test.each<[string, Input, readonly string[]]>([
  ['as it is', {}, [yes, yes, yes, no]],
  ['with a further policy', { PolicyInputList: [allowText('s3:DeleteObject')] }, [yes, yes, yes, yes]],
  ['with a Deny', { PolicyInputList: [denyText] }, [yes, yes, yes, 'explicitDeny']],
  ['without a managed policy', { PolicyExclusionList: [{ PolicyArn: ownPolicy('lists') }] }, [yes, no, yes, no]],
  ['without policies of a pattern', { PolicyExclusionList: [{ PolicyArn: awsPolicy('AmazonSQS*') }] }, [yes, yes, no, no]],
  ['without inline policies', { PolicyExclusionList: [{ PolicyType: 'inline' }] }, [no, yes, yes, no]],
  ["without AWS's policies", { PolicyExclusionList: [{ PolicyType: 'aws-managed' }] }, [yes, yes, no, no]],
  [
    'without one inline policy',
    { PolicyExclusionList: [{ InlinePolicyIdentifier: { PolicyName: 'WORK', AttachmentType: 'role', AttachmentName: 'app' } }] },
    [no, yes, yes, no],
  ],
  [
    'as it will be: old out, new in',
    { PolicyExclusionList: [{ PolicyType: 'inline' }], PolicyInputList: [allowText('s3:*')] },
    [yes, yes, yes, yes],
  ],
  ['under a boundary', { PermissionsBoundaryPolicyInputList: [allowText('s3:Get*')] }, [yes, no, no, no]],
])('a role %s', async (_what, input, expected) => {
  expect(await decisions(account(), input)).toEqual(expected)
})

test('the own boundary counts until it is excluded by its type', async () => {
  const bounded = account({ boundary: 'limit' })
  expect(await decisions(bounded, {})).toEqual([yes, no, no, no])
  expect(await decisions(bounded, { PolicyExclusionList: [{ PolicyArn: ownPolicy('limit') }] })).toEqual([yes, no, no, no])
  expect(await decisions(bounded, { PolicyExclusionList: [{ PolicyType: 'permission-boundary' }] })).toEqual([yes, yes, yes, no])
})

test('the own boundary is named as the policy that it is', async () => {
  const { iam } = account({ boundary: 'limit' })
  const { EvaluationResults } = await iam.send(new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames: ['s3:GetObject'] }))
  expect(EvaluationResults?.[0]).toMatchObject({
    MatchedStatements: [{ SourcePolicyId: 'role_app_work' }, { SourcePolicyId: 'limit', SourcePolicyType: 'IAM Policy' }],
    PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: true },
  })
})

test.each<[string, readonly (readonly string[])[], string, boolean]>([
  ['every level allows', [[allowText('*')], [allowText('s3:*')]], yes, true],
  ['one level is silent', [[allowText('*')], [allowText('ec2:*')]], no, false],
  ['one level denies', [[allowText('*'), denyText]], 'explicitDeny', false],
])('service control policies are heard: %s', async (_what, levels, decision, allowed) => {
  const { iam } = account()
  const input = {
    PolicyInputList: [allowText('s3:*')],
    ActionNames: ['s3:DeleteObject'],
    OrderedOrganizationPolicyInputList: levels.map((level) => ({ ServiceControlPolicyInputList: [...level] })),
  }
  const { EvaluationResults } = await iam.send(new SimulateCustomPolicyCommand(input))
  expect(EvaluationResults).toMatchObject([{ EvalDecision: decision, OrganizationsDecisionDetail: { AllowedByOrganizations: allowed } }])
})

test('resources are answered one by one, and the statement that decides is placed in its text', async () => {
  const { iam } = account()
  const other = 'arn:aws:s3:::logs/b'
  const text = `{"Version":"2012-10-17",\n "Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"${BUCKET}"}]}`
  const { EvaluationResults } = await iam.send(
    new SimulateCustomPolicyCommand({ PolicyInputList: [text], ActionNames: ['s3:PutObject'], ResourceArns: [BUCKET, other] }),
  )
  const [result] = EvaluationResults ?? []
  expect(result?.EvalDecision).toBe(no)
  expect(result?.ResourceSpecificResults?.map((one) => [one.EvalResourceName, one.EvalResourceDecision])).toEqual([
    [BUCKET, yes],
    [other, no],
  ])
  expect(result?.ResourceSpecificResults?.[0]?.MatchedStatements).toMatchObject([
    { SourcePolicyId: 'PolicyInputList.1', StartPosition: { Line: 2, Column: 15 }, EndPosition: { Line: 2 } },
  ])
})

test('conditions ask for context, and what is missing is named', async () => {
  const { iam } = account()
  const Condition = { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }
  const text = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'ec2:*', Resource: '*', Condition } })
  const ask = async (ContextKeyValues?: string[]) => {
    const ContextEntries = ContextKeyValues && [
      { ContextKeyName: 'aws:requestedregion', ContextKeyType: 'string' as const, ContextKeyValues },
    ]
    const input = { PolicyInputList: [text], ActionNames: ['ec2:DescribeVpcs'], ContextEntries }
    return (await iam.send(new SimulateCustomPolicyCommand(input))).EvaluationResults?.[0]
  }
  expect(await ask()).toMatchObject({ EvalDecision: no, MissingContextValues: ['aws:RequestedRegion'] })
  expect(await ask(['eu-west-1'])).toMatchObject({ EvalDecision: yes, MissingContextValues: [] })
  const keys = await iam.send(new GetContextKeysForCustomPolicyCommand({ PolicyInputList: [text] }))
  expect(keys.ContextKeyNames).toEqual(['aws:RequestedRegion'])
})

test('what a resource policy allows a caller joins its own rights', async () => {
  const policy = (AWS: string) =>
    JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS }, Action: 's3:DeleteObject', Resource: '*' } })
  expect(await decisions(account(), { ResourcePolicy: policy(PolicySourceArn) })).toEqual([yes, yes, yes, yes])
  expect(await decisions(account(), { ResourcePolicy: policy('arn:aws:iam::123456789012:role/other') })).toEqual([yes, yes, yes, no])
})

test('results come in pages', async () => {
  const { iam } = account()
  const ActionNames = Array.from({ length: 250 }, (_, n) => `s3:Action${n}`)
  const seen: string[] = []
  let Marker: string | undefined
  do {
    const page = await iam.send(new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames, Marker }))
    seen.push(...(page.EvaluationResults ?? []).map(({ EvalActionName }) => EvalActionName ?? ''))
    Marker = page.Marker
  } while (Marker !== undefined)
  expect(seen).toEqual(ActionNames)
})

test('a marker stays short, whatever policies were asked about', async () => {
  const { iam } = account()
  const text = allowText(...Array.from({ length: 300 }, (_, n) => `s3:Action${n}`))
  const input = { PolicyInputList: [text], ActionNames: ['s3:GetObject', 's3:PutObject'], MaxItems: 1 }
  const { Marker = '' } = await iam.send(new SimulateCustomPolicyCommand(input))
  expect(Marker.length).toBeLessThan(320)
  const next = await iam.send(new SimulateCustomPolicyCommand({ ...input, Marker }))
  expect(next.EvaluationResults).toMatchObject([{ EvalActionName: 's3:PutObject' }])
})

test.each([
  ['a role that is not there', { PolicySourceArn: `${PolicySourceArn}-x` }, 'NoSuchEntityException'],
  ['a document that is none', { PolicyInputList: ['{'] }, 'InvalidInputException'],
  ['an action without a service', { ActionNames: ['GetObject'] }, 'InvalidInputException'],
  ['a malformed exclusion', { PolicyExclusionList: [{ PolicyArn: 'arn:aws:iam::aws:policy/a*b*' }] }, 'InvalidInputException'],
])('%s is refused', async (_what, input, name) => {
  await expect(decisions(account(), input)).rejects.toMatchObject({ name })
})
