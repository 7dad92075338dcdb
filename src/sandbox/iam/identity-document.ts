/**
 * Which identity policies IAM refuses, and with which sentence. The sentences are what AWS prints; the order is the one
 * in which it looks, so that a document with two faults names the same one.
 */
import { parsePolicy } from '../../policy/parse.ts'
import { listOf, malformedPolicy, readJsonObject, readStatements, SYNTAX_ERRORS } from './malformed-policy.ts'
import { resourceProblem } from './resource-format.ts'

type Raw = Readonly<Record<string, unknown>>

/** One rule: the sentence for a statement that breaks it, or null. */
type StatementRule = (statement: Raw) => string | null

const OPERATOR =
  /^(ForAnyValue:|ForAllValues:)?(String(Not)?(Equals|EqualsIgnoreCase|Like)|Numeric(Not)?Equals|Numeric(Less|Greater)Than(Equals)?|Date(Not)?Equals|Date(Less|Greater)Than(Equals)?|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like)|Null)(IfExists)?$/i

const rules: readonly StatementRule[] = [
  (statement) => ('Principal' in statement || 'NotPrincipal' in statement ? 'Policy document should not specify a principal.' : null),
  (statement) => (conditionOperators(statement).every((operator) => OPERATOR.test(operator)) ? null : SYNTAX_ERRORS),
  (statement) => (hasEither(statement, 'Action', 'NotAction') ? null : 'Policy statement must contain actions.'),
  (statement) => first(actionsOf(statement), actionProblem),
  (statement) => (hasEither(statement, 'Resource', 'NotResource') ? null : 'Policy statement must contain resources.'),
  (statement) => first(resourcesOf(statement), resourceProblem),
  ({ Sid }) => (Sid === undefined || /^[0-9A-Za-z]*$/.test(String(Sid)) ? null : BAD_SID),
]

const BAD_SID = 'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*'

/** @param kind managed policies must be written in today's language; inline ones may be older */
export function checkIdentityDocument(text: string, kind: 'inline' | 'managed'): void {
  const document = readJsonObject(text)
  const statements = readStatements(document)
  if (kind === 'managed' && document.Version !== '2012-10-17')
    throw malformedPolicy('Policy document must be version 2012-10-17 or greater.')
  for (const rule of rules) {
    const sentence = first(statements, rule)
    if (sentence !== null) throw malformedPolicy(sentence)
  }
  const sids = statements.flatMap(({ Sid }) => (typeof Sid === 'string' && Sid !== '' ? [Sid] : []))
  if (new Set(sids).size < sids.length) throw malformedPolicy('Statement IDs (SID) in a single policy must be unique.')
  if (!parsePolicy(text).ok) throw malformedPolicy(SYNTAX_ERRORS)
}

function actionProblem(action: unknown): string | null {
  const [vendor = '', ...rest] = String(action).split(':')
  if (rest.length === 0) return vendor === '*' ? null : 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'
  if (rest.length > 1) return 'Actions/Condition can contain only one colon.'
  if (/[*?]/.test(vendor)) return `Action vendors (${vendor}) must not contain wildcards.`
  return /^[A-Za-z0-9.-]+$/.test(vendor) ? null : `Vendor ${vendor} is not valid`
}

function conditionOperators({ Condition }: Raw): readonly string[] {
  return typeof Condition === 'object' && Condition !== null ? Object.keys(Condition) : []
}

function actionsOf({ Action, NotAction }: Raw): readonly unknown[] {
  return [...listOf(Action), ...listOf(NotAction)]
}

function resourcesOf({ Resource, NotResource }: Raw): readonly unknown[] {
  return [...listOf(Resource), ...listOf(NotResource)]
}

function hasEither(statement: Raw, one: string, other: string): boolean {
  return listOf(statement[one]).length > 0 || listOf(statement[other]).length > 0
}

function first<T>(items: readonly T[], problem: (item: T) => string | null): string | null {
  for (const item of items) {
    const found = problem(item)
    if (found !== null) return found
  }
  return null
}
