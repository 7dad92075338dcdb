import { type ConditionOperator, conditionOperators } from './operators.ts'

/** How many of the request's values must pass: all (`ForAllValues:`), any (`ForAnyValue:`), or as the operator has it. */
export type SetQualifier = 'all' | 'any' | null

/** An operator as a policy names it, taken apart: `ForAnyValue:StringLikeIfExists`. */
export type OperatorReading = {
  readonly operator: ConditionOperator
  readonly qualifier: SetQualifier
  readonly ifExists: boolean
}

const PREFIXES: readonly { readonly text: string; readonly qualifier: SetQualifier }[] = [
  { text: 'forallvalues:', qualifier: 'all' },
  { text: 'foranyvalue:', qualifier: 'any' },
]
const IF_EXISTS = 'ifexists'

const byName: ReadonlyMap<string, ConditionOperator> = new Map(
  conditionOperators.map((operator) => [operator.name.toLowerCase(), operator]),
)

/** Null for what is no operator; `Null` takes neither a prefix nor `IfExists`. */
export function readOperator(written: string): OperatorReading | null {
  const folded = written.toLowerCase()
  const prefix = PREFIXES.find(({ text }) => folded.startsWith(text))
  const rest = prefix === undefined ? folded : folded.slice(prefix.text.length)
  const ifExists = rest.endsWith(IF_EXISTS)
  const operator = byName.get(ifExists ? rest.slice(0, -IF_EXISTS.length) : rest)
  if (operator === undefined) return null
  if (operator.kind === 'presence' && (ifExists || prefix !== undefined)) return null
  return { operator, qualifier: prefix?.qualifier ?? null, ifExists }
}
