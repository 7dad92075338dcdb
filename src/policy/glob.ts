/**
 * Globs as IAM writes them: `*` is any text, `?` any one character (a UTF-16 unit). Three questions are answered: does a
 * pattern match a text, is every text of one pattern matched by another, and can two patterns match the same text.
 *
 * A policy variable `${…}` stands for a text that is not known here. It is one symbol: only the same variable, or a `*`,
 * covers it. `${*}`, `${?}` and `${$}` are the plain characters. In a document of 2008 `${` is plain text.
 *
 * Containment: walk the inner pattern and keep the set of places where the outer one can stand. An inner `?` steps by a
 * character that occurs nowhere else; an inner `*` may be left or stepped through any number of times, and the answer
 * must be yes on every such walk.
 *
 *   inner `s3:Get*`, outer `s3:G?t*`: s, 3, :, G step alone; e steps over `?`; t; `*` over `*` → contained
 *   inner `a*`, outer `a?*`: leaving the inner `*` at once stops before the outer `?` → not contained
 *
 * Most patterns are plain names or a beginning and one `*`: their plain beginnings are compared as strings, and only what
 * follows is walked.
 */
export type Token = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'variable'; readonly text: string } | Wild
type Wild = { readonly kind: 'one' } | { readonly kind: 'many' }

export type Glob = {
  /** Equal keys, equal globs. */
  readonly key: string
  /** The plain text before the first wildcard or variable. */
  readonly head: string
  /** What follows the head; empty for a plain name. */
  readonly tail: readonly Token[]
}

const ONE: Wild = { kind: 'one' }
const MANY: Wild = { kind: 'many' }
const VARIABLE = /\$\{([^}]*)\}/y
const PLAIN_VARIABLES = new Set(['*', '?', '$'])

export type GlobOptions = {
  /** Actions compare without case. */
  readonly foldCase?: boolean
  /** Whether `${…}` is a variable: documents of version 2012-10-17. */
  readonly variables?: boolean
}

export function parseGlob(pattern: string, { foldCase = false, variables = false }: GlobOptions = {}): Glob {
  const text = foldCase ? pattern.toLowerCase() : pattern
  const plain = text.search(variables ? /[*?]|\$\{/ : /[*?]/)
  const head = plain < 0 ? text : text.slice(0, plain)
  return { key: keyOf(text, variables), head, tail: readTokens(text, head.length, variables) }
}

/** The same text means another thing in a document of the other version, but only where it has a `${`. */
function keyOf(text: string, variables: boolean): string {
  if (!text.includes('${')) return text
  return `${variables ? '2012' : '2008'} ${text}`
}

function readTokens(text: string, start: number, variables: boolean): readonly Token[] {
  const tokens: Token[] = []
  for (let at = start; at < text.length; ) {
    const variable = variables && text.startsWith('${', at) ? variableAt(text, at) : null
    if (variable !== null) {
      const [written, name = ''] = variable
      tokens.push(PLAIN_VARIABLES.has(name) ? { kind: 'text', text: name } : { kind: 'variable', text: written })
      at += written.length
      continue
    }
    const character = text.charAt(at++)
    if (character === '?') tokens.push(ONE)
    else if (character !== '*') tokens.push({ kind: 'text', text: character })
    else if (tokens.at(-1) !== MANY) tokens.push(MANY)
  }
  return tokens
}

function variableAt(text: string, at: number): RegExpExecArray | null {
  VARIABLE.lastIndex = at
  return VARIABLE.exec(text)
}

/** Whether a glob is plain text, so that it matches one text only. */
export const isLiteral = ({ tail }: Glob): boolean => tail.length === 0

/** Whether a glob is the bare `*`, which AWS takes for everything however it reads other patterns. */
export const isEverything = ({ key }: Glob): boolean => key === '*'

/** Whether every text that `inner` matches is matched by `outer`. */
export const globContains = (outer: Glob, inner: Glob): boolean => outer.key === inner.key || contains(outer, inner)

export const globMatches = (glob: Glob, text: string): boolean => contains(glob, { head: text, tail: [] })

function contains(outer: Pick<Glob, 'head' | 'tail'>, inner: Pick<Glob, 'head' | 'tail'>): boolean {
  if (!inner.head.startsWith(outer.head)) return false
  if (outer.tail.length === 1 && outer.tail[0]?.kind === 'many') return true
  const rest = inner.head.slice(outer.head.length)
  if (outer.tail.length === 0) return inner.tail.length === 0 && rest === ''
  return containsByWalk(outer.tail, [...plainTokens(rest), ...inner.tail])
}

/** Beyond this many steps a walk gives up and says no: patterns of policies need some dozens. */
const LONGEST_WALK = 20_000

function containsByWalk(outer: readonly Token[], inner: readonly Token[]): boolean {
  const walks: [number, readonly number[]][] = [[0, closure(outer, [0])]]
  const seen = new Set<string>()
  for (let walk = walks.pop(); walk !== undefined; walk = walks.pop()) {
    const [at, places] = walk
    const key = `${at}/${places.join()}`
    if (seen.has(key)) continue
    seen.add(key)
    if (places.length === 0 || seen.size > LONGEST_WALK) return false
    const token = inner[at]
    if (token === undefined) {
      if (!places.includes(outer.length)) return false
    } else if (token.kind === 'many') {
      walks.push([at + 1, places], [at, step(outer, places, ONE)])
    } else walks.push([at + 1, step(outer, places, token)])
  }
  return true
}

/** Whether some text is matched by both. A variable may hold any text, so it counts as `*`. */
export function globsMeet(a: Glob, b: Glob): boolean {
  const shared = Math.min(a.head.length, b.head.length)
  if (!a.head.startsWith(b.head.slice(0, shared))) return false
  return tailsMeet([...plainTokens(a.head.slice(shared)), ...a.tail], [...plainTokens(b.head.slice(shared)), ...b.tail])
}

function tailsMeet(a: readonly Token[], b: readonly Token[]): boolean {
  const pairs: [number, number][] = [[0, 0]]
  const seen = new Set<number>()
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [i, j] = pair
    const key = i * (b.length + 1) + j
    if (seen.has(key)) continue
    seen.add(key)
    const x = a[i]
    const y = b[j]
    if (x === undefined && y === undefined) return true
    const xStays = x !== undefined && maybeEmpty(x)
    const yStays = y !== undefined && maybeEmpty(y)
    if (xStays) pairs.push([i + 1, j])
    if (yStays) pairs.push([i, j + 1])
    if (x === undefined || y === undefined || (xStays && yStays)) continue
    if (x.kind === 'text' && y.kind === 'text' && x.text !== y.text) continue
    pairs.push([xStays ? i : i + 1, yStays ? j : j + 1])
  }
  return false
}

const maybeEmpty = ({ kind }: Token): boolean => kind === 'many' || kind === 'variable'

const plainTokens = (text: string): Token[] => Array.from({ length: text.length }, (_, at) => ({ kind: 'text', text: text.charAt(at) }))

/** Every place reachable without consuming a symbol: a `*` may match nothing. */
function closure(tokens: readonly Token[], places: readonly number[]): readonly number[] {
  const reached = new Set<number>()
  for (const place of places) {
    reached.add(place)
    for (let at = place; tokens[at]?.kind === 'many'; at++) reached.add(at + 1)
  }
  return [...reached].sort((x, y) => x - y)
}

/** Where the outer pattern can stand after one symbol of the inner one; `one` is a character found nowhere else. */
function step(tokens: readonly Token[], places: readonly number[], symbol: Token): readonly number[] {
  const next: number[] = []
  for (const place of places) {
    const token = tokens[place]
    if (token === undefined) continue
    if (token.kind === 'many') next.push(place)
    else if (token.kind === 'one' ? symbol.kind !== 'variable' : isSame(token, symbol)) next.push(place + 1)
  }
  return closure(tokens, next)
}

const isSame = (a: Token, b: Token): boolean => a.kind === b.kind && 'text' in a && 'text' in b && a.text === b.text
