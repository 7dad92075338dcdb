/** How AWS prints the services that people meet most; the others show their prefix. */
const displayNames: Readonly<Record<string, string>> = {
  apigateway: 'Amazon API Gateway Management',
  athena: 'Amazon Athena',
  autoscaling: 'Amazon EC2 Auto Scaling',
  cloudformation: 'AWS CloudFormation',
  cloudfront: 'Amazon CloudFront',
  cloudtrail: 'AWS CloudTrail',
  cloudwatch: 'Amazon CloudWatch',
  dynamodb: 'Amazon DynamoDB',
  ec2: 'Amazon EC2',
  ecr: 'Amazon Elastic Container Registry',
  ecs: 'Amazon Elastic Container Service',
  eks: 'Amazon Elastic Kubernetes Service',
  elasticloadbalancing: 'AWS Elastic Load Balancing V2',
  events: 'Amazon EventBridge',
  glue: 'AWS Glue',
  iam: 'AWS Identity and Access Management',
  kinesis: 'Amazon Kinesis Data Streams',
  kms: 'AWS Key Management Service',
  lambda: 'AWS Lambda',
  logs: 'Amazon CloudWatch Logs',
  rds: 'Amazon RDS',
  route53: 'Amazon Route 53',
  s3: 'Amazon S3',
  secretsmanager: 'AWS Secrets Manager',
  sns: 'Amazon SNS',
  sqs: 'Amazon SQS',
  ssm: 'AWS Systems Manager',
  states: 'AWS Step Functions',
  sts: 'AWS Security Token Service',
}

export function serviceDisplayName(service: string): string {
  return displayNames[service] ?? service
}
