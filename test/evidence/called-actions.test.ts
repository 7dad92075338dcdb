import { expect, it, test } from 'vitest'
import { createCalledActions } from '../../src/evidence/called-actions.ts'
import { loadCatalog } from '../../src/policy/catalog.ts'

const calledActions = createCalledActions(loadCatalog())
const called = (source: string, eventName: string, service: string | null = null) =>
  calledActions({ eventSource: `${source}.amazonaws.com`, eventName, service })

test.each([
  ['the action of its own name', 'ec2', 'TerminateInstances', ['ec2:TerminateInstances']],
  ['F6: an action of another name', 's3', 'ListObjectsV2', ['s3:ListBucket']],
  ['a date and a version at the end', 'lambda', 'UpdateFunctionCode20150331v2', ['lambda:UpdateFunctionCode']],
  ['a date in the older form', 'lambda', 'ListFunctions20150331', ['lambda:ListFunctions']],
  ['another prefix than the event source', 'monitoring', 'PutMetricAlarm', ['cloudwatch:PutMetricAlarm']],
  ['two actions of one call', 's3', 'CopyObject', ['s3:GetObject', 's3:PutObject']],
  ['an action of another service', 's3', 'WriteGetObjectResponse', ['s3-object-lambda:WriteGetObjectResponse']],
])('an event names %s', (_, source, eventName, actions) => {
  expect(called(source, eventName)).toEqual(actions)
})

test.each([
  ['one of several actions was used, and nobody knows which', 'dynamodb', 'ExecuteStatement'],
  ['no permission is needed', 'sts', 'GetCallerIdentity'],
  ['there is no action of its name', 'ec2', 'SomethingNew'],
  ['the service is unknown', 'nowhere', 'GetThing'],
])('an event proves nothing where %s', (_, source, eventName) => {
  expect(called(source, eventName)).toEqual([])
})

it('tells services apart that share an event source', () => {
  expect(called('autoscaling', 'DescribeScalingPolicies', 'application-autoscaling')).toEqual([
    'application-autoscaling:DescribeScalingPolicies',
  ])
  expect(called('autoscaling', 'DescribeAutoScalingGroups')).toEqual(['autoscaling:DescribeAutoScalingGroups'])
})
