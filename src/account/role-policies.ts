import type { ParsedPolicy, PolicyDocument } from '../policy/document.ts'
import type { Arn, Iso } from '../policy/names.ts'
import { parsePolicy } from '../policy/parse.ts'
import type { Account, ManagedPolicy, PolicyVersionText, Role } from './account.ts'

export type PolicyKind = 'inline' | 'managed' | 'aws-managed'

/** One identity policy of a role, wherever it stands. */
export type RolePolicy = {
  readonly name: string
  readonly kind: PolicyKind
  readonly arn: Arn | null
  readonly text: string
  readonly parsed: ParsedPolicy
  /** The managed policy behind it; null for inline policies. */
  readonly managed: ManagedPolicy | null
}

/** AWS owns the policies whose ARN has `aws` in the place of the account. */
export const isAwsManaged = (arn: Arn): boolean => arn.split(':')[4] === 'aws'

export const defaultVersion = (policy: Pick<ManagedPolicy, 'versions' | 'defaultVersionId'>): PolicyVersionText | null =>
  policy.versions.find((version) => version.isDefault) ??
  policy.versions.find((version) => version.versionId === policy.defaultVersionId) ??
  (policy.versions.length === 1 ? (policy.versions[0] ?? null) : null)

/** Parses each text once; roles share the documents of managed policies. One reader serves one scan. */
export type PolicyReader = (text: string) => ParsedPolicy

export function createPolicyReader(): PolicyReader {
  const known = new Map<string, ParsedPolicy>()
  return (text) => {
    const parsed = known.get(text) ?? parsePolicy(text)
    known.set(text, parsed)
    return parsed
  }
}

/** All identity policies of a role, inline ones first. Attached policies whose document the source lacks are in `missing`. */
export function rolePolicies(
  account: Account,
  role: Role,
  read: PolicyReader,
): { policies: readonly RolePolicy[]; missing: readonly Arn[] } {
  const inline = role.inline.map(
    ({ name, text }): RolePolicy => ({ name, kind: 'inline', arn: null, text, parsed: read(text), managed: null }),
  )
  const missing: Arn[] = []
  const attached = role.attached.flatMap(({ name, arn }): RolePolicy[] => {
    const managed = account.policies.get(arn) ?? null
    const version = managed === null ? null : defaultVersion(managed)
    if (version === null) {
      missing.push(arn)
      return []
    }
    return [{ name, kind: isAwsManaged(arn) ? 'aws-managed' : 'managed', arn, text: version.text, parsed: read(version.text), managed }]
  })
  return { policies: [...inline, ...attached], missing }
}

export const readableDocuments = (policies: readonly Pick<RolePolicy, 'parsed'>[]): PolicyDocument[] =>
  policies.flatMap(({ parsed }) => (parsed.ok ? [parsed.document] : []))

/** Managed policies that this program made for a role live under this path. */
export const OWN_POLICY_PATH = '/zt-tui/'

export const isOwnPolicy = (arn: Arn): boolean => arn.includes(`:policy${OWN_POLICY_PATH}`)

export const newestOf = (dates: readonly (Iso | null)[]): Iso | null =>
  dates.reduce<Iso | null>((newest, date) => (date !== null && (newest === null || date > newest) ? date : newest), null)
