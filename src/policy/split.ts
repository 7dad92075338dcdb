import { policySize } from './size.ts'

type RawStatement = Readonly<Record<string, unknown>>

/**
 * Spreads a policy over as few documents as its order allows, each within the limit. Statements of Allow form a union, so
 * spreading them (and the action list of one) over policies of the same role is exact; a Deny statement stays whole.
 *
 * @returns compact texts, or null when one statement cannot be made small enough
 */
export function splitPolicy(text: string, limit: number): readonly string[] | null {
  if (policySize(text) <= limit) return [text]
  const { Version, Statement } = JSON.parse(text)
  const write = (statements: readonly RawStatement[]): string =>
    JSON.stringify({ ...(Version === undefined ? {} : { Version }), Statement: statements })
  const fits = (statements: readonly RawStatement[]): boolean => policySize(write(statements)) <= limit

  const documents: RawStatement[][] = []
  let current: RawStatement[] = []
  const waiting: RawStatement[] = Array.isArray(Statement) ? [...Statement] : [Statement]
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const room = current
    const fitting = largestFitting(next, (part) => fits([...room, part]))
    if (fitting === null && current.length === 0) return null
    if (fitting !== null) current.push(fitting.head)
    if (fitting?.rest == null && fitting !== null) continue
    documents.push(current)
    current = []
    waiting.unshift(fitting?.rest ?? next)
  }
  return [...documents, ...(current.length > 0 ? [current] : [])].map(write)
}

/** As much of a statement as fits: all of it, or the first part of its action list. */
function largestFitting(
  statement: RawStatement,
  fits: (part: RawStatement) => boolean,
): { readonly head: RawStatement; readonly rest: RawStatement | null } | null {
  if (fits(statement)) return { head: statement, rest: null }
  const actions = statement['Action']
  if (statement['Effect'] !== 'Allow' || !Array.isArray(actions)) return null
  let low = 0
  let high = actions.length - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if (fits({ ...statement, Action: actions.slice(0, middle) })) low = middle
    else high = middle - 1
  }
  return low === 0 ? null : { head: { ...statement, Action: actions.slice(0, low) }, rest: { ...statement, Action: actions.slice(low) } }
}
