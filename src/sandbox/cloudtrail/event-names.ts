import { serviceOf } from '../../policy/names.ts'

/** How CloudTrail names what IAM calls an action, where the two differ (AWS service reference, snapshot of 2026-02-13). */

const sources: Readonly<Record<string, string>> = {
  cloudwatch: 'monitoring',
  mq: 'amazonmq',
  ses: 'email',
  'rds-data': 'rdsdata',
  tag: 'tagging',
  mobiletargeting: 'pinpoint',
  appstream: 'appstream2',
  wisdom: 'qconnect',
  transcribe: 'transcribestreaming',
}

const names: Readonly<Record<string, string>> = {
  's3:ListBucket': 'ListObjects',
  's3:ListAllMyBuckets': 'ListBuckets',
  's3:ListBucketVersions': 'ListObjectVersions',
  's3:GetLifecycleConfiguration': 'GetBucketLifecycle',
  's3:GetEncryptionConfiguration': 'GetBucketEncryption',
  'lambda:InvokeFunction': 'Invoke',
  'lambda:CreateFunction': 'CreateFunction20150331',
  'lambda:DeleteFunction': 'DeleteFunction20150331',
  'lambda:GetFunction': 'GetFunction20150331v2',
  'lambda:ListFunctions': 'ListFunctions20150331',
  'lambda:UpdateFunctionCode': 'UpdateFunctionCode20150331v2',
  'lambda:UpdateFunctionConfiguration': 'UpdateFunctionConfiguration20150331v2',
  'lambda:TagResource': 'TagResource20170331v2',
}

/** Services of which all of AWS has one: their events are in us-east-1. */
const GLOBAL = new Set(['iam', 'organizations', 'cloudfront', 'route53', 'support', 'account'])

/** Calls on the data of a resource: they are in no event history, only where a trail or a store asks for them. */
const dataEvents =
  /^(s3:(Get|Put|Delete|Head|Restore)Object|s3:(ListBucket|ListBucketVersions|AbortMultipartUpload|ListMultipartUploadParts)$|dynamodb:(Get|Put|Update|Delete)Item|dynamodb:(Batch(Get|Write)Item|Query|Scan|PartiQL)|sqs:(Send|Receive|Delete|Change)Message|sns:Publish|lambda:Invoke|kinesis:(PutRecords?|GetRecords|SubscribeToShard)|logs:(PutLogEvents|FilterLogEvents|GetLogEvents)|cloudwatch:(PutMetricData|GetMetricData|GetMetricStatistics|ListMetrics)|xray:|es:ESHttp|events:PutEvents|rds-db:|ssmmessages:|ec2messages:|execute-api:|firehose:PutRecord)/

/** No API has their name: they are tested within other calls. */
const permissionsOnly = /^(iam:PassRole|sts:(TagSession|SetSourceIdentity))$/

export type TrailName = { readonly source: string; readonly name: string; readonly kind: 'management' | 'data' | 'never' }

export function trailName(action: string): TrailName {
  const service = serviceOf(action)
  const kind = permissionsOnly.test(action) ? 'never' : dataEvents.test(action) ? 'data' : 'management'
  return { source: `${sources[service] ?? service}.amazonaws.com`, name: names[action] ?? action.slice(service.length + 1), kind }
}

export function trailRegion(action: string, region: string): string {
  return GLOBAL.has(serviceOf(action)) ? 'us-east-1' : region
}

/** The code with which a service answers "access denied". */
export function deniedCode(action: string): string {
  const service = serviceOf(action)
  if (service === 'ec2') return 'Client.UnauthorizedOperation'
  return XML_SERVICES.has(service) ? 'AccessDenied' : 'AccessDeniedException'
}

const XML_SERVICES = new Set(
  's3 iam sts rds sns elasticloadbalancing autoscaling cloudformation cloudwatch elasticache redshift route53 cloudfront ses elasticbeanstalk'.split(
    ' ',
  ),
)

/** EC2 says it in its own way, and ends with a message that only it can read. */
export function deniedMessage(action: string, message: string): string {
  if (serviceOf(action) !== 'ec2') return message
  return `You are not authorized to perform this operation. ${message}. Encoded authorization failure message: ${ENCODED}`
}

const ENCODED = 'kQ7vT0gq1nS4ycdR8uX2hZbVfM5wJ3aLePiO6tUrYkDsGmNxCjBzHlWq9oFIEA'
