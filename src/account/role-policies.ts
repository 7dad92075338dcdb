import type { ParsedPolicy, PolicyDocument } from '../policy/document.ts'
import type { Arn, Iso } from '../policy/names.ts'
import { parsePolicy } from '../policy/parse.ts'
import { rememberRecent } from '../policy/recent.ts'
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

/**
 * Gives what a document says. It is known of the carrier of a document that the account's source gave as an object; anything else is
 * parsed by its text, and the recent texts are remembered. One reader serves one scan.
 */
export type PolicyReader = (document: string | { readonly text: string }) => ParsedPolicy

export function createPolicyReader(known: Account['documents'] = new Map()): PolicyReader {
  const read = rememberRecent(RECENT_TEXTS, parsePolicy)
  return (document) => {
    if (typeof document === 'string') return read(document)
    const found = known.get(document)
    return found === undefined ? read(document.text) : { ok: true, document: found }
  }
}

/** Policies of AWS and shared ones are asked for all the time; inline ones by one role, a few times in a row. */
const RECENT_TEXTS = 1_024

/** Most texts are never asked for. */
class CarriedPolicy implements RolePolicy {
  readonly name: string
  readonly kind: PolicyKind
  readonly arn: Arn | null
  readonly parsed: ParsedPolicy
  readonly managed: ManagedPolicy | null
  readonly #carrier: { readonly text: string }

  constructor(carrier: { readonly text: string }, { name, kind, arn, parsed, managed }: Omit<RolePolicy, 'text'>) {
    this.#carrier = carrier
    this.name = name
    this.kind = kind
    this.arn = arn
    this.parsed = parsed
    this.managed = managed
  }

  get text(): string {
    return this.#carrier.text
  }
}

/** All identity policies of a role, inline ones first. Attached policies whose document the source lacks are in `missing`. */
export function rolePolicies(
  account: Account,
  role: Role,
  read: PolicyReader,
): { policies: readonly RolePolicy[]; missing: readonly Arn[] } {
  const inline = role.inline.map(
    (policy): RolePolicy =>
      new CarriedPolicy(policy, { name: policy.name, kind: 'inline', arn: null, parsed: read(policy), managed: null }),
  )
  const missing: Arn[] = []
  const attached = role.attached.flatMap(({ name, arn }): RolePolicy[] => {
    const managed = account.policies.get(arn) ?? null
    const version = managed === null ? null : defaultVersion(managed)
    if (version === null) {
      missing.push(arn)
      return []
    }
    return [new CarriedPolicy(version, { name, kind: isAwsManaged(arn) ? 'aws-managed' : 'managed', arn, parsed: read(version), managed })]
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
