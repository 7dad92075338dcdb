import type { StoredTag } from '../state/column.ts'
import type { StoredRole } from '../state/role-table.ts'

/** Who signed a request. `arn` and `userId` are what `GetCallerIdentity` answers. */
export type Caller = {
  readonly arn: string
  readonly userId: string
  readonly accessKeyId: string
  /** ARN of the user or of the role behind the session: `aws:PrincipalArn`. */
  readonly principalArn: string
  /** `AIDA…` or `AROA…`: the owner of the policies. */
  readonly principalId: string
  readonly tags: readonly StoredTag[]
} & (UserCaller | SessionCaller)

export type UserCaller = {
  readonly kind: 'user'
  readonly name: string
  readonly boundary: string | null
  /** False for the administrator of an account that does not know that user. */
  readonly isStored: boolean
}

export type SessionCaller = {
  readonly kind: 'session'
  readonly role: StoredRole
  readonly sessionName: string
  /** Texts of the session policies. */
  readonly sessionPolicies: readonly string[]
  readonly startedAt: string
}

/** The ARN of a role's session, which leaves the role's path out. */
export function sessionArn({ partition, accountId }: { partition: string; accountId: string }, role: string, session: string): string {
  return `arn:${partition}:sts::${accountId}:assumed-role/${role}/${session}`
}
