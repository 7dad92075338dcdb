import type { TokenStream } from './tokens.ts'

/** What a WHERE clause asks of an event. Comparisons of `eventtime` are in milliseconds. */
export type Condition =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'test'; readonly column: string; readonly sign: string; readonly values: readonly string[] }

export function readCondition(tokens: TokenStream): Condition {
  return readParts(tokens, 'or', 'any', () => readParts(tokens, 'and', 'all', () => readOne(tokens)))
}

function readParts(tokens: TokenStream, word: string, kind: 'all' | 'any', read: () => Condition): Condition {
  const first = read()
  const parts = [first]
  while (tokens.take(word)) parts.push(read())
  return parts.length === 1 ? first : { kind, parts }
}

function readOne(tokens: TokenStream): Condition {
  if (tokens.take('not')) return { kind: 'not', part: readOne(tokens) }
  if (tokens.take('(')) {
    const inner = readCondition(tokens)
    tokens.expect(')')
    return inner
  }
  return readTest(tokens)
}

function readTest(tokens: TokenStream): Condition {
  const column = columnName(tokens)
  const negated = tokens.take('not')
  const found = readSign(tokens)
  const test: Condition = { kind: 'test', column, ...found }
  return negated ? { kind: 'not', part: test } : test
}

function columnName(tokens: TokenStream): string {
  const name = tokens.next().text.toLowerCase()
  if (name !== 'element_at') return name
  tokens.expect('(')
  const map = tokens.next().text
  tokens.expect(',')
  const key = tokens.next().text
  tokens.expect(')')
  return `${map}.${key}`.toLowerCase()
}

function readSign(tokens: TokenStream): { readonly sign: string; readonly values: readonly string[] } {
  if (tokens.take('is')) {
    const sign = tokens.take('not') ? 'is not null' : 'is null'
    tokens.expect('null')
    return { sign, values: [] }
  }
  if (tokens.take('like')) return { sign: 'like', values: [literal(tokens)] }
  if (tokens.take('between')) {
    const low = literal(tokens)
    tokens.expect('and')
    return { sign: 'between', values: [low, literal(tokens)] }
  }
  if (tokens.take('in')) {
    tokens.expect('(')
    const values = [literal(tokens)]
    while (tokens.take(',')) values.push(literal(tokens))
    tokens.expect(')')
    return { sign: 'in', values }
  }
  const { kind, text } = tokens.next()
  if (kind !== 'sign' || !/^(<>|!=|<=|>=|[=<>])$/.test(text)) throw new SyntaxError(`mismatched input '${text}'`)
  return { sign: text === '!=' ? '<>' : text, values: [literal(tokens)] }
}

/** A text, a number, `true`, or `timestamp '…'`. */
function literal(tokens: TokenStream): string {
  tokens.take('timestamp')
  return tokens.next().text
}
