import type { Arn } from '../policy/names.ts'

/** One way to become a role: a principal of its trust policy with the tests that it must pass. */
export type TrustedPrincipal = {
  readonly kind: 'anyone' | 'account' | 'service' | 'web-identity' | 'saml'
  /** Account id, service, or provider, as far as the text tells. */
  readonly who: string
  readonly hasExternalId: boolean
  /** For web identities: how the subject is limited. */
  readonly subject: 'exact' | 'wildcard' | 'missing' | null
  readonly conditional: boolean
}

/** Who can take a role. `readable` is false when the text is no trust policy that this program understands. */
export type Trust = { readonly readable: boolean; readonly principals: readonly TrustedPrincipal[] }

export function readTrust(text: string | null): Trust {
  const document = text === null ? null : readJson(text)
  if (!isRecord(document)) return { readable: false, principals: [] }
  const statements = listOf(document['Statement'])
  return { readable: statements.length > 0, principals: statements.flatMap(readStatement) }
}

function readStatement(statement: unknown): TrustedPrincipal[] {
  if (!isRecord(statement) || statement['Effect'] !== 'Allow') return []
  const keys = conditionKeys(statement['Condition'])
  const common = { hasExternalId: keys.has('sts:externalid'), conditional: keys.size > 0 }
  const principal = statement['Principal']
  if (principal === '*') return [{ ...common, kind: 'anyone', who: '*', subject: null }]
  if (!isRecord(principal)) return [{ ...common, kind: 'anyone', who: 'NotPrincipal', subject: null }]
  return Object.entries(principal).flatMap(([type, values]) =>
    listOf(values).map((value): TrustedPrincipal => {
      const who = String(value)
      if (type === 'Service') return { ...common, kind: 'service', who, subject: null }
      if (type === 'Federated') {
        const web = !who.includes(':saml-provider/')
        return { ...common, kind: web ? 'web-identity' : 'saml', who, subject: web ? subjectOf(keys) : null }
      }
      return who === '*'
        ? { ...common, kind: 'anyone', who, subject: null }
        : { ...common, kind: 'account', who: accountOf(who), subject: null }
    }),
  )
}

function subjectOf(keys: ReadonlyMap<string, readonly string[]>): 'exact' | 'wildcard' | 'missing' {
  const [, values] = [...keys].find(([key]) => key.endsWith(':sub')) ?? []
  if (values === undefined) return 'missing'
  return values.some((value) => value === '*' || /^repo:[^/]*\*/.test(value)) ? 'wildcard' : 'exact'
}

/** Condition key (lower case) → values, over all operators. */
function conditionKeys(condition: unknown): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, readonly string[]>()
  if (!isRecord(condition)) return keys
  for (const tests of Object.values(condition))
    if (isRecord(tests)) for (const [key, values] of Object.entries(tests)) keys.set(key.toLowerCase(), listOf(values).map(String))
  return keys
}

const accountOf = (principal: Arn): string => /^\d{12}$/.exec(principal)?.[0] ?? principal.split(':')[4] ?? principal

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value])

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
