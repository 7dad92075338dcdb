/** Signs that infrastructure code owns a role: what the tools set themselves, and the customs by which people mark it. */
import type { Role, Tag } from '../account/account.ts'

/** The first sign, for people; null when there is none. */
export function iacSign({ roleName, path, tags }: Pick<Role, 'roleName' | 'path' | 'tags'>): string | null {
  const tag = tags.find(isIacTag)
  if (tag !== undefined) return `tag ${tag.key}=${tag.value}`
  if (/^\/(terraform|cloudformation|cdk|pulumi)\//i.test(path)) return `path ${path}`
  return NAMES.find(({ pattern }) => pattern.test(roleName))?.sign ?? null
}

const isIacTag = ({ key, value }: Tag): boolean =>
  /^aws:(cloudformation|cdk):/i.test(key) ||
  (/^(managed|created|provisioned)[-_]?by$/i.test(key) && /terraform|cloudformation|pulumi|cdk/i.test(value))

/** Names that only a tool makes up. */
const NAMES: readonly { readonly pattern: RegExp; readonly sign: string }[] = [
  // CloudFormation: STACK-LOGICALID-RANDOM, the last part of twelve or thirteen upper-case letters and digits, with both.
  { pattern: /^.+-.+-(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{12,13}$/, sign: 'a name that CloudFormation makes' },
  // Terraform: PREFIX and a time stamp to the tenth of a millisecond, with a counter of eight hexadecimal digits.
  { pattern: /(^|\D)20\d{16}[0-9a-f]{8}$/, sign: 'a name that Terraform makes' },
]
