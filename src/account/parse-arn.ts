import type { Arn } from '../policy/names.ts'

/** An IAM ARN taken apart: `arn:PARTITION:iam::ACCOUNT:KIND/PATH/NAME`. */
export type ArnParts = {
  readonly partition: string
  /** Twelve digits; null for what belongs to no account, such as AWS managed policies. */
  readonly accountId: string | null
  /** `role`, `user`, `group`, `policy` … */
  readonly kind: string
  /** With slashes at both ends. */
  readonly path: string
  readonly name: string
}

/** Null where the text is no ARN with a resource. */
export function parseArn(arn: Arn): ArnParts | null {
  const [head, partition, , , account, ...rest] = arn.split(':')
  const [kind, ...segments] = rest.join(':').split('/')
  const name = segments.pop()
  if (head !== 'arn' || !partition || !kind || !name) return null
  const path = segments.length === 0 ? '/' : `/${segments.join('/')}/`
  return { partition, accountId: account !== undefined && /^\d{12}$/.test(account) ? account : null, kind, path, name }
}
