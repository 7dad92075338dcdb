/**
 * The part of CloudTrail Lake's SQL that counts and lists events:
 *
 *   SELECT * | column | COUNT(*) | MAX(eventTime) | MIN(eventTime) [AS name], …  FROM store
 *   [WHERE tests with AND, OR, NOT, =, <>, <, IN, LIKE, BETWEEN, IS NULL]  [GROUP BY …]  [ORDER BY … [DESC]]  [LIMIT n]
 */
import { type Condition, readCondition } from './parse-condition.ts'
import { type Token, TokenStream, tokensOf } from './tokens.ts'

/** An expression of the select list: a column, or an aggregate over the group. */
export type Expression =
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'everything' }
  | { readonly kind: 'count' }
  | { readonly kind: 'newest' }
  | { readonly kind: 'oldest' }

export type Selected = { readonly name: string; readonly expression: Expression }

export type Query = {
  readonly selected: readonly Selected[]
  readonly store: string
  readonly condition: Condition | null
  readonly isGrouped: boolean
  readonly order: { readonly key: string; readonly descending: boolean } | null
  readonly limit: number | null
}

/** Throws `SyntaxError` with the word that was not understood. */
export function parseQuery(text: string): Query {
  const tokens = new TokenStream(tokensOf(text))
  tokens.expect('select')
  const selected = [readSelected(tokens)]
  while (tokens.take(',')) selected.push(readSelected(tokens))
  tokens.expect('from')
  const store = tokens.next().text.replace(/^["']|["']$/g, '')
  const condition = tokens.take('where') ? readCondition(tokens) : null
  const isGrouped = tokens.take('group')
  if (isGrouped) {
    tokens.expect('by')
    do readExpression(tokens)
    while (tokens.take(','))
  }
  const order = tokens.take('order') ? readOrder(tokens) : null
  const limit = tokens.take('limit') ? Number(tokens.next().text) : null
  tokens.expectEnd()
  return { selected, store, condition, isGrouped, order, limit }
}

function readSelected(tokens: TokenStream): Selected {
  const [expression, written] = readExpression(tokens)
  const name = tokens.take('as') ? plain(tokens.next()) : written
  return { name, expression }
}

const AGGREGATES: Readonly<Record<string, 'newest' | 'oldest'>> = { max: 'newest', min: 'oldest' }

function readExpression(tokens: TokenStream): readonly [Expression, written: string] {
  const word = plain(tokens.next())
  const name = word.toLowerCase()
  if (!tokens.take('(')) return [name === '*' ? { kind: 'everything' } : { kind: 'column', name }, word]
  const inner: string[] = []
  while (!tokens.take(')')) inner.push(plain(tokens.next()))
  if (name === 'count' && inner.length === 1 && /^(\*|1)$/.test(inner[0] ?? '')) return [{ kind: 'count' }, '_col0']
  const aggregate = AGGREGATES[name]
  if (aggregate !== undefined && inner[0]?.toLowerCase() === 'eventtime') return [{ kind: aggregate }, '_col0']
  if (name === 'element_at') return [{ kind: 'column', name: `${inner[0]}.${inner[2]}`.toLowerCase() }, '_col0']
  throw new SyntaxError(`Function ${word}(${inner.join(' ')}) is not supported here`)
}

function readOrder(tokens: TokenStream): Query['order'] {
  tokens.expect('by')
  const [expression, written] = readExpression(tokens)
  const key = expression.kind === 'column' ? written.toLowerCase() : expression.kind
  const descending = tokens.take('desc')
  if (!descending) tokens.take('asc')
  return { key, descending }
}

function plain({ text }: Token): string {
  return text.replace(/^["'`]|["'`]$/g, '')
}
