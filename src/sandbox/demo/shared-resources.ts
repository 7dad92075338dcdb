import type { FixtureResource } from '../fixture.ts'
import { allow, type Condition, policy } from './documents.ts'

const OWN = 'arn:aws:iam::123456789012:'

/** An Allow of a resource's own policy. */
function grant(principal: unknown, actions: string | readonly string[], resource: string | readonly string[], condition?: Condition) {
  return policy({ ...allow(actions, resource, condition === undefined ? {} : { condition }), Principal: principal })
}

/** Resources that are shared by policies of their own; some with more of the world than anybody remembers. */
export const sharedResources: readonly FixtureResource[] = [
  {
    arn: 'arn:aws:s3:::company-logs-backup',
    type: 'AWS::S3::Bucket',
    policy: grant('*', ['s3:GetObject', 's3:ListBucket'], ['arn:aws:s3:::company-logs-backup', 'arn:aws:s3:::company-logs-backup/*']),
  },
  {
    arn: 'arn:aws:sqs:us-east-1:123456789012:legacy-notification-queue',
    type: 'AWS::SQS::Queue',
    policy: grant({ AWS: 'arn:aws:iam::464622532012:root' }, 'sqs:*', 'arn:aws:sqs:us-east-1:123456789012:legacy-notification-queue'),
  },
  {
    arn: 'arn:aws:lambda:us-east-1:123456789012:function:data-export-function',
    type: 'AWS::Lambda::Function',
    policy: grant('*', 'lambda:InvokeFunction', 'arn:aws:lambda:us-east-1:123456789012:function:data-export-function'),
  },
  {
    arn: 'arn:aws:s3:::audit-logs-bucket',
    type: 'AWS::S3::Bucket',
    policy: grant({ Service: 'cloudtrail.amazonaws.com' }, 's3:PutObject', 'arn:aws:s3:::audit-logs-bucket/cloudtrail/*'),
  },
  {
    arn: 'arn:aws:s3:::web-app-images',
    type: 'AWS::S3::Bucket',
    policy: grant({ AWS: `${OWN}role/web-app-role` }, 's3:GetObject', 'arn:aws:s3:::web-app-images/*'),
  },
  {
    arn: 'arn:aws:sqs:us-east-1:123456789012:work-orders',
    type: 'AWS::SQS::Queue',
    policy: grant('*', 'sqs:SendMessage', 'arn:aws:sqs:us-east-1:123456789012:work-orders', {
      StringEquals: { 'aws:SourceAccount': '123456789012' },
    }),
  },
]
