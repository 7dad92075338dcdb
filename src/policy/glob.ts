/**
 * Globs as IAM writes them: `*` is any text, `?` any one character. Three questions are answered exactly: does a pattern
 * match a text, is every text of one pattern matched by another, and can two patterns match the same text.
 *
 * A policy variable `${…}` stands for a text that is not known here. It is one symbol: only the same variable, or a `*`,
 * covers it. `${*}`, `${?}` and `${$}` are the plain characters. In a document of 2008 `${` is plain text.
 *
 * Containment: walk the inner pattern and keep the set of places where the outer one can stand. An inner `?` steps by a
 * character that occurs nowhere else; an inner `*` may be left or stepped through any number of times, and the answer
 * must be yes on every such walk. Sets of places are few, so the walk ends.
 *
 *   inner `s3:Get*`, outer `s3:G?t*`: s, 3, :, G step alone; e steps over `?`; t; `*` over `*` → contained
 *   inner `a*`, outer `a?*`: leaving the inner `*` at once stops before the outer `?` → not contained
 */
export type Token = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'one' } | { readonly kind: 'many' }
export type Glob = readonly Token[]

const ONE: Token = { kind: 'one' }
const MANY: Token = { kind: 'many' }
const VARIABLE = /^\$\{([^}]*)\}/
const PLAIN_VARIABLES = new Set(['*', '?', '$'])

export type GlobOptions = {
  /** Actions compare without case. */
  readonly foldCase?: boolean
  /** Whether `${…}` is a variable: documents of version 2012-10-17. */
  readonly variables?: boolean
}

export function parseGlob(pattern: string, options: GlobOptions = {}): Glob {
  const text = options.foldCase === true ? pattern.toLowerCase() : pattern
  const tokens: Token[] = []
  for (let at = 0; at < text.length; ) {
    const variable = options.variables === true && text.startsWith('${', at) ? VARIABLE.exec(text.slice(at)) : null
    if (variable !== null) {
      const name = variable[1] ?? ''
      tokens.push({ kind: 'text', text: PLAIN_VARIABLES.has(name) ? name : variable[0] })
      at += variable[0].length
      continue
    }
    const character = text.charAt(at++)
    if (character === '*') {
      if (tokens.at(-1) !== MANY) tokens.push(MANY)
    } else tokens.push(character === '?' ? ONE : { kind: 'text', text: character })
  }
  return tokens
}

export const isVariable = (token: Token): boolean => token.kind === 'text' && token.text.length > 1

/** Whether a glob matches one text only (a variable counts as the text that it stands for). */
export const isLiteral = (glob: Glob): boolean => glob.every(({ kind }) => kind === 'text')

/** Whether every text that `inner` matches is matched by `outer`. */
export function globContains(outer: Glob, inner: Glob): boolean {
  return isBeginning(outer) ? beginsWith(inner, outer) : containsByWalk(outer, inner)
}

/** Plain text and then one `*`: the common case, which needs no walk. */
const isBeginning = (glob: Glob): boolean => glob.at(-1)?.kind === 'many' && glob.findIndex(({ kind }) => kind !== 'text') === glob.length - 1

function beginsWith(inner: Glob, beginning: Glob): boolean {
  for (let at = 0; at < beginning.length - 1; at++) {
    const expected = beginning[at]
    const token = inner[at]
    if (token?.kind !== 'text' || expected?.kind !== 'text' || token.text !== expected.text) return false
  }
  return true
}

function containsByWalk(outer: Glob, inner: Glob): boolean {
  const walks: [number, readonly number[]][] = [[0, closure(outer, [0])]]
  const seen = new Set<string>()
  for (let walk = walks.pop(); walk !== undefined; walk = walks.pop()) {
    const [at, places] = walk
    const key = `${at}/${places.join()}`
    if (seen.has(key)) continue
    seen.add(key)
    if (places.length === 0) return false
    const token = inner[at]
    if (token === undefined) {
      if (!places.includes(outer.length)) return false
    } else if (token.kind === 'many') {
      walks.push([at + 1, places], [at, step(outer, places, ONE)])
    } else walks.push([at + 1, step(outer, places, token)])
  }
  return true
}

export const globMatches = (glob: Glob, text: string): boolean =>
  globContains(
    glob,
    Array.from({ length: text.length }, (_, at) => ({ kind: 'text', text: text.charAt(at) })),
  )

/** Whether some text is matched by both. A variable may hold any text, so it counts as `*`. */
export function globsMeet(a: Glob, b: Glob): boolean {
  const left = a.map(asWild)
  const right = b.map(asWild)
  const pairs: [number, number][] = [[0, 0]]
  const seen = new Set<number>()
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [i, j] = pair
    const key = i * (right.length + 1) + j
    if (seen.has(key)) continue
    seen.add(key)
    const x = left[i]
    const y = right[j]
    if (x === undefined && y === undefined) return true
    if (x?.kind === 'many') pairs.push([i + 1, j])
    if (y?.kind === 'many') pairs.push([i, j + 1])
    if (x === undefined || y === undefined) continue
    if (x.kind === 'text' && y.kind === 'text' && x.text !== y.text) continue
    if (x.kind === 'many' && y.kind === 'many') continue
    pairs.push([x.kind === 'many' ? i : i + 1, y.kind === 'many' ? j : j + 1])
  }
  return false
}

const asWild = (token: Token): Token => (isVariable(token) ? MANY : token)

/** Every place reachable without consuming a symbol: a `*` may match nothing. */
function closure(glob: Glob, places: readonly number[]): readonly number[] {
  const reached = new Set<number>()
  for (const place of places) {
    reached.add(place)
    for (let at = place; glob[at]?.kind === 'many'; at++) reached.add(at + 1)
  }
  return [...reached].sort((x, y) => x - y)
}

/** Where the outer pattern can stand after one symbol of the inner one; `one` is a character found nowhere else. */
function step(glob: Glob, places: readonly number[], symbol: Token): readonly number[] {
  const next: number[] = []
  for (const place of places) {
    const token = glob[place]
    if (token?.kind === 'many') next.push(place)
    else if (token?.kind === 'one' && !isVariable(symbol)) next.push(place + 1)
    else if (token?.kind === 'text' && symbol.kind === 'text' && token.text === symbol.text) next.push(place + 1)
  }
  return closure(glob, next)
}
