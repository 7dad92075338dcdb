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
  const statements = listOf(document.Statement)
  return { readable: statements.length > 0, principals: statements.flatMap(readStatement) }
}

function readStatement(statement: unknown): TrustedPrincipal[] {
  if (!isRecord(statement) || statement.Effect !== 'Allow') return []
  const tests = readTests(statement.Condition)
  const common = { hasExternalId: tests.some(asksForExternalId), conditional: tests.length > 0 }
  const principal = statement.Principal
  if (principal === '*') return [{ ...common, kind: 'anyone', who: '*', subject: null }]
  if (!isRecord(principal)) return [{ ...common, kind: 'anyone', who: 'NotPrincipal', subject: null }]
  return Object.entries(principal).flatMap(([type, values]) =>
    listOf(values).map((value): TrustedPrincipal => {
      const who = String(value)
      if (type === 'Service') return { ...common, kind: 'service', who, subject: null }
      if (type === 'Federated') {
        const web = !who.includes(':saml-provider/')
        return { ...common, kind: web ? 'web-identity' : 'saml', who, subject: web ? subjectOf(tests) : null }
      }
      return who === '*'
        ? { ...common, kind: 'anyone', who, subject: null }
        : { ...common, kind: 'account', who: accountOf(who), subject: null }
    }),
  )
}

/** One test of a condition; operator and key in lower case. */
type Test = { readonly operator: string; readonly key: string; readonly values: readonly string[] }

function readTests(condition: unknown): readonly Test[] {
  if (!isRecord(condition)) return []
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(isRecord(keys) ? keys : {}).map(
      ([key, values]): Test => ({ operator: operator.toLowerCase(), key: key.toLowerCase(), values: listOf(values).map(String) }),
    ),
  )
}

/** Operators that demand a value. The others pass when the key is absent, or when it has any other value. */
const DEMANDING = /^(foranyvalue:)?(string(equals|like|equalsignorecase)|arn(equals|like))$/

const demands = ({ operator }: Test): boolean => DEMANDING.test(operator)

const asksForExternalId = (test: Test): boolean => test.key === 'sts:externalid' && demands(test) && !test.values.includes('*')

/** The narrowest test counts: all must pass. */
function subjectOf(tests: readonly Test[]): 'exact' | 'wildcard' | 'missing' {
  const onSubject = tests.filter((test) => test.key.endsWith(':sub') && demands(test))
  if (onSubject.length === 0) return 'missing'
  return onSubject.every(({ values }) => values.some(isWide)) ? 'wildcard' : 'exact'
}

const isWide = (subject: string): boolean => subject === '*' || /^repo:[^/]*\*/.test(subject)

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
