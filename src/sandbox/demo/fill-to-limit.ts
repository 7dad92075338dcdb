import { policySize } from '../../policy/size.ts'
import { quotas } from '../iam/quotas.ts'
import { allow, policy } from './documents.ts'

/** Three inline policies that together have exactly as many characters as IAM lets a role have. */
export function fillToLimit(): Readonly<Record<string, object>> {
  const objects = (count: number, padding = '') =>
    policy(
      allow(['s3:GetObject', 's3:GetObjectTagging', 's3:GetBucketTagging'], [...prefixes(count), `arn:aws:s3:::catalogue/${padding}*`], {
        sid: 'Catalogue',
      }),
    )
  const tables = policy(allow(['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:DescribeTable'], tableArns(60), { sid: 'Tables' }))
  const legacy = policy(allow(['s3:GetObject', 's3:GetBucketVersioning'], prefixes(40), { sid: 'Legacy' }))
  const left = quotas.RolePolicySizeQuota - size(tables) - size(legacy)
  let count = 0
  while (size(objects(count + 1)) <= left) count++
  const padding = 'x'.repeat(left - size(objects(count)))
  return { catalogue: objects(count, padding), legacy, tables }
}

function size(document: object): number {
  return policySize(JSON.stringify(document))
}

function prefixes(count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => `arn:aws:s3:::catalogue/shop-${String(n).padStart(3, '0')}/*`)
}

function tableArns(count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => `arn:aws:dynamodb:us-east-1:123456789012:table/shop-${String(n).padStart(3, '0')}`)
}
