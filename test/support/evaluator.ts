/**
 * A second, slow reading of the policy language, made of plain regular expressions: what the tests hold the core against. It
 * shares no code with the core, not even the parser.
 */
export type RawStatement = {
  readonly Sid?: string | undefined
  readonly Effect: 'Allow' | 'Deny'
  readonly Action?: string | readonly string[] | undefined
  readonly NotAction?: string | readonly string[] | undefined
  readonly Resource?: string | readonly string[] | undefined
  readonly NotResource?: string | readonly string[] | undefined
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>> | undefined
}

export type RawPolicy = { readonly Version?: string; readonly Statement: RawStatement | readonly RawStatement[] }

export type Request = {
  readonly action: string
  readonly resource: string
  /** Condition keys, lower case, with their values; absent keys are absent from the request. */
  readonly context: Readonly<Record<string, readonly string[]>>
}

/** Where AWS does not say how it reads a policy, every reading that it may have. */
export type Reading = {
  /** Whether a `*` in a resource swallows colons, or stays between the first five. */
  readonly colons: 'whole' | 'parts'
  /** Of an operator or key that stands twice in different case, whether both count or only the last. */
  readonly doubles: 'both' | 'last'
}

const plain: Reading = { colons: 'whole', doubles: 'both' }

export const readings: readonly Reading[] = [
  plain,
  { colons: 'parts', doubles: 'both' },
  { colons: 'whole', doubles: 'last' },
  { colons: 'parts', doubles: 'last' },
]

const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T]

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')

/** A pattern as a regular expression; null when it holds a variable without a value, which matches nothing. */
function expressionOf(pattern: string, version: string | undefined, context: Request['context'], hasWildcards = true): string | null {
  let expression = ''
  for (let rest = pattern; rest !== ''; ) {
    const variable = version === '2012-10-17' ? /^\$\{([^}]*)\}/.exec(rest) : null
    if (variable !== null) {
      const name = variable[1] ?? ''
      const value = ['*', '?', '$'].includes(name) ? name : context[name.toLowerCase()]?.[0]
      if (value === undefined) return null
      expression += quoted(value)
      rest = rest.slice(variable[0].length)
      continue
    }
    const character = rest.charAt(0)
    expression += !hasWildcards ? quoted(character) : character === '*' ? '[^]*' : character === '?' ? '[^]' : quoted(character)
    rest = rest.slice(1)
  }
  return expression
}

function matches(pattern: string, text: string, expression: string | null, flags = ''): boolean {
  return pattern === '*' || (expression !== null && new RegExp(`^${expression}$`, flags).test(text))
}

const partsOf = (text: string, colons: RegExp): string[] => {
  const found = [...text.matchAll(colons)].filter(([match]) => match === ':').slice(0, 5)
  const ends = [...found.map(({ index }) => index), text.length]
  return ends.map((end, at) => text.slice(at === 0 ? 0 : (ends[at - 1] ?? 0) + 1, end))
}

function resourceMatches(pattern: string, { resource, context }: Request, version: string | undefined, reading: Reading): boolean {
  if (reading.colons === 'whole' || pattern === '*') return matches(pattern, resource, expressionOf(pattern, version, context))
  const patternParts = partsOf(pattern, version === '2012-10-17' ? /\$\{[^}]*\}|:/g : /:/g)
  const parts = partsOf(resource, /:/g)
  if (patternParts.length !== parts.length) return false
  return patternParts.every((part, at) => matches(part, parts[at] ?? '', expressionOf(part, version, context)))
}

const actionMatches = (pattern: string, action: string): boolean =>
  /[*?]/.test(pattern)
    ? matches(pattern, action, expressionOf(pattern, undefined, {}), 'i')
    : pattern.toLowerCase() === action.toLowerCase()

/** Compares a value with an expected one, whose variables are filled in already; null: one of them has no value. */
type Test = (actual: string, expression: string) => boolean
const TESTS: Readonly<Record<string, Test>> = {
  stringequals: (actual, expression) => new RegExp(`^${expression}$`).test(actual),
  stringlike: (actual, expression) => new RegExp(`^${expression}$`).test(actual),
  bool: (actual, expression) => new RegExp(`^${expression}$`, 'i').test(actual),
}

type ConditionTest = { readonly operator: string; readonly key: string; readonly values: readonly string[] }

function conditionHolds({ operator, key, values }: ConditionTest, { context }: Request, version: string | undefined): boolean {
  const actual = context[key.toLowerCase()]
  const [, sets, base = '', ifExists] = /^(forallvalues:|foranyvalue:)?(.*?)(ifexists)?$/.exec(operator.toLowerCase()) ?? []
  if (base === 'null') return values.some((value) => (value.toLowerCase() === 'true') === (actual === undefined))
  const negated = base.startsWith('stringnot')
  const kind = base.replace('stringnot', 'string')
  const test = TESTS[kind]
  if (test === undefined) throw new Error(`the evaluator does not know ${operator}`)
  const expected = values.flatMap((value) => expressionOf(value, version, context, kind === 'stringlike') ?? [])
  const holds = (value: string): boolean => expected.some((expression) => test(value, expression)) !== negated
  if (sets === 'forallvalues:') return (actual ?? []).every(holds)
  if (actual === undefined) return ifExists !== undefined || (negated && sets === undefined)
  return sets === 'foranyvalue:' ? actual.some(holds) : actual.every(holds)
}

function testsOf(condition: RawStatement['Condition'], { doubles }: Reading): readonly ConditionTest[] {
  const last = <V>(entries: [string, V][]): [string, V][] =>
    doubles === 'both' ? entries : [...new Map(entries.map((entry) => [entry[0].toLowerCase(), entry])).values()]
  return last(Object.entries(condition ?? {})).flatMap(([operator, keys]) =>
    last(Object.entries(keys)).map(([key, values]) => ({ operator, key, values: listOf(values) })),
  )
}

function statementApplies(statement: RawStatement, request: Request, version: string | undefined, reading: Reading): boolean {
  const resourceApplies = (pattern: string): boolean => resourceMatches(pattern, request, version, reading)
  const action =
    statement.Action !== undefined
      ? listOf(statement.Action).some((pattern) => actionMatches(pattern, request.action))
      : !listOf(statement.NotAction).some((pattern) => actionMatches(pattern, request.action))
  const resource =
    statement.Resource !== undefined
      ? listOf(statement.Resource).some(resourceApplies)
      : !listOf(statement.NotResource).some(resourceApplies)
  return action && resource && testsOf(statement.Condition, reading).every((test) => conditionHolds(test, request, version))
}

/** Whether identity policies together allow a request: some Allow applies and no Deny does. */
export function allows(policies: readonly RawPolicy[], request: Request, reading: Reading = plain): boolean {
  const applying = policies.flatMap(({ Version, Statement }) =>
    listOf(Statement).filter((statement) => statementApplies(statement, request, Version, reading)),
  )
  return applying.some(({ Effect }) => Effect === 'Allow') && !applying.some(({ Effect }) => Effect === 'Deny')
}
