import { policySize } from './size.ts'

type RawStatement = Readonly<Record<string, unknown>>

/**
 * Spreads a policy over several documents, each within the limit. Statements of Allow form a union, so spreading them (and the
 * action list of one) over policies of the same role is exact; Deny statements stay whole, since a role's policies deny together.
 *
 * @returns compact texts, or null when one statement cannot be made small enough
 */
export function splitPolicy(text: string, limit: number): readonly string[] | null {
  const { Version, Statement } = JSON.parse(text)
  const write = (statements: readonly RawStatement[]): string =>
    JSON.stringify({ ...(Version === undefined ? {} : { Version }), Statement: statements })
  const fits = (statements: readonly RawStatement[]): boolean => policySize(write(statements)) <= limit

  const documents: RawStatement[][] = []
  const waiting: RawStatement[] = Array.isArray(Statement) ? [...Statement] : [Statement]
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const current = documents.at(-1)
    if (current !== undefined && fits([...current, next])) current.push(next)
    else if (fits([next])) documents.push([next])
    else {
      const halves = halve(next)
      if (halves === null) return null
      waiting.unshift(...halves)
    }
  }
  return documents.map(write)
}

function halve(statement: RawStatement): readonly [RawStatement, RawStatement] | null {
  const actions = statement['Action']
  if (statement['Effect'] !== 'Allow' || !Array.isArray(actions) || actions.length < 2) return null
  const middle = actions.length >>> 1
  return [
    { ...statement, Action: actions.slice(0, middle) },
    { ...statement, Action: actions.slice(middle) },
  ]
}
