type Account = { readonly partition: string; readonly accountId: string }

/** What a workload of this name would touch, by the action's service; the first pattern that fits the action counts. */
const resources: readonly (readonly [pattern: RegExp, rest: string])[] = [
  [/^s3:(List(All|Buckets)|Create.*Job)/, ''],
  [/^s3:.*(Object|Multipart)/, 's3:::NAME-data/current'],
  [/^s3:/, 's3:::NAME-data'],
  [/^dynamodb:List(Tables|Backups)/, ''],
  [/^dynamodb:/, 'dynamodb:REGION:ACCOUNT:table/NAME'],
  [/^sqs:ListQueues/, ''],
  [/^sqs:/, 'sqs:REGION:ACCOUNT:NAME'],
  [/^sns:(List|Publish$)/, 'sns:REGION:ACCOUNT:NAME'],
  [/^lambda:List/, ''],
  [/^lambda:/, 'lambda:REGION:ACCOUNT:function:NAME'],
  [/^kinesis:/, 'kinesis:REGION:ACCOUNT:stream/NAME'],
  [/^kms:/, 'kms:REGION:ACCOUNT:key/5f3c6e0a-8f0e-4b8e-9d35-0c1d7a3e2b10'],
  [/^secretsmanager:/, 'secretsmanager:REGION:ACCOUNT:secret:NAME-a1b2c3'],
  [/^ssm:(Get|Put|Delete)Parameter/, 'ssm:REGION:ACCOUNT:parameter/NAME'],
  [/^rds:.*Snapshot/, 'rds:REGION:ACCOUNT:snapshot:NAME'],
  [/^rds:(Create|Delete|Reboot|Modify|Start|Stop)/, 'rds:REGION:ACCOUNT:db:NAME'],
  [/^ec2:(Run|Start|Stop|Reboot|Terminate)Instances/, 'ec2:REGION:ACCOUNT:instance/i-0a1b2c3d4e5f60718'],
  [/^iam:(List|GetAccount|Generate)/, ''],
  [/^(iam:.*Role|sts:)/, 'iam::ACCOUNT:role/NAME'],
  [/^logs:(Create|Put)/, 'logs:REGION:ACCOUNT:log-group:/app/NAME:log-stream:current'],
  [/^states:Start/, 'states:REGION:ACCOUNT:stateMachine:NAME'],
  [/^athena:/, 'athena:REGION:ACCOUNT:workgroup/primary'],
]

/** An ARN for an action on whatever resource; `*` where the action has none, or where none is known. */
export function typicalResource(action: string, role: string, region: string, { partition, accountId }: Account): string {
  const rest = resources.find(([pattern]) => pattern.test(action))?.[1] ?? ''
  if (rest === '') return '*'
  const name = role.replace(/-role$/, '').replace(/[^\w-]/g, '-')
  return `arn:${partition}:${rest.replace('REGION', region).replace('ACCOUNT', accountId).replace('NAME', name)}`
}
