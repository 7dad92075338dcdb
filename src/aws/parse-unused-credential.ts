import type { UnusedCredential } from '../evidence/account-observations.ts'
import type { FindingPage } from './usage-schema.ts'

export const unusedCredentialTypes = ['UnusedIAMUserAccessKey', 'UnusedIAMUserPassword'] as const

/** All pages of one `GetFindingV2`; null where the finding is not about a user's password or access key, or is over. */
export function parseUnusedCredential(
  pages: readonly FindingPage[],
  isComplete: boolean,
  analyzer: { readonly unusedAccessAge: number | null },
): UnusedCredential | null {
  const [first] = pages
  const details = pages.flatMap((page) => page.findingDetails ?? [])
  const key = details.find((one) => one.unusedIamUserAccessKeyDetails)?.unusedIamUserAccessKeyDetails ?? null
  const password = details.find((one) => one.unusedIamUserPasswordDetails)?.unusedIamUserPasswordDetails ?? null
  const type = first?.findingType || (key !== null ? 'UnusedIAMUserAccessKey' : password !== null ? 'UnusedIAMUserPassword' : null)
  if (first === undefined || !unusedCredentialTypes.some((known) => known === type)) return null
  if (first.status && first.status !== 'ACTIVE') return null
  const userArn = first.resource ?? ''
  return {
    id: first.id ?? '',
    userArn,
    userName: userArn.split('/').at(-1) ?? userArn,
    kind: type === 'UnusedIAMUserPassword' ? 'password' : 'access-key',
    accessKeyId: key?.accessKeyId ?? null,
    lastUsed: key?.lastAccessed ?? password?.lastAccessed ?? null,
    unusedAccessAge: analyzer.unusedAccessAge,
    analyzedAt: first.analyzedAt,
    updatedAt: first.updatedAt,
    complete: isComplete && (key !== null || password !== null) && !pages.at(-1)?.nextToken && !pages.some((page) => page.error),
  }
}
