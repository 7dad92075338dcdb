/**
 * A pattern or a condition value as a policy writes it, and what it says in one request.
 *
 * In documents of version 2012-10-17, where variables are allowed, `${aws:username}` stands for the one value of that key, and
 * `${aws:username, 'nobody'}` for `nobody` where the key has none. `${*}`, `${?}` and `${$}` are the plain characters. A key
 * that is absent, empty or multivalued gives no value, and then the whole text matches nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value
 *
 *   `home/${aws:username}/*` with aws:username = a*b   →   the text home/a*b/ and then anything
 */
import type { PolicyVersion } from '../document.ts'
import type { RequestContext } from './access-request.ts'
import { plainPattern, type TextPattern, wildcardPattern } from './text-pattern.ts'

type Variable = { readonly kind: 'variable'; readonly key: string; readonly fallback: string | null }
/** `*` and `?` are wildcards in written text, not in plain text. */
type Piece = { readonly kind: 'written' | 'plain'; readonly text: string }

/** What a value says once its variables are known: its characters, and the pattern for operators that know wildcards. */
export type ResolvedValue = { readonly text: string; readonly pattern: TextPattern }

export type PolicyValue = {
  readonly written: string
  readonly pieces: readonly (Piece | Variable)[]
  /** The same in every request; null where there is a variable. */
  readonly fixed: ResolvedValue | null
}

export type ValueOptions = { readonly variables: boolean; readonly foldCase?: boolean }

export const knowsVariables = (version: PolicyVersion): boolean => version === '2012-10-17'

export function readPolicyValue(written: string, { variables, foldCase = false }: ValueOptions): PolicyValue {
  const text = foldCase ? written.toLowerCase() : written
  const pieces = variables ? readPieces(text) : [writtenPiece(text)]
  const plain = pieces.filter((piece) => piece.kind !== 'variable')
  return { written, pieces, fixed: plain.length === pieces.length ? joined(plain) : null }
}

/** Null where a variable has no value in this request. */
export function resolveValue({ pieces, fixed }: PolicyValue, context: RequestContext): ResolvedValue | null {
  if (fixed !== null) return fixed
  const resolved: Piece[] = []
  for (const piece of pieces) {
    const text = piece.kind === 'variable' ? variableValue(piece, context) : piece.text
    if (text === null) return null
    resolved.push(piece.kind === 'variable' ? { kind: 'plain', text } : piece)
  }
  return joined(resolved)
}

/** The keys that a value needs and the request does not have; a variable with a default needs none. */
export const missingVariables = ({ pieces }: PolicyValue, context: RequestContext): string[] =>
  pieces.flatMap((piece) => (needsKey(piece) && context.valuesOf(piece.key) === null ? [piece.key] : []))

/** Every key that a value speaks of. */
export const variableKeys = ({ pieces }: PolicyValue): string[] =>
  pieces.flatMap((piece) => (piece.kind === 'variable' && piece.key !== '' ? [piece.key] : []))

const needsKey = (piece: Piece | Variable): piece is Variable => piece.kind === 'variable' && piece.key !== '' && piece.fallback === null

function variableValue({ key, fallback }: Variable, context: RequestContext): string | null {
  const [value, ...others] = context.valuesOf(key) ?? []
  return value === undefined || value === '' || others.length > 0 ? fallback : value
}

const VARIABLE = /\$\{([^}]*)\}/g
const WITH_DEFAULT = /^([^,]*),\s*'([^']*)'\s*$/
const PLAIN_CHARACTERS = new Set(['*', '?', '$'])

function readPieces(text: string): (Piece | Variable)[] {
  const pieces: (Piece | Variable)[] = []
  let end = 0
  for (const { 0: whole, 1: inner = '', index } of text.matchAll(VARIABLE)) {
    if (index > end) pieces.push(writtenPiece(text.slice(end, index)))
    pieces.push(PLAIN_CHARACTERS.has(inner) ? { kind: 'plain', text: inner } : readVariable(inner))
    end = index + whole.length
  }
  if (end < text.length || pieces.length === 0) pieces.push(writtenPiece(text.slice(end)))
  return pieces
}

function readVariable(inner: string): Variable {
  const [, key, fallback] = WITH_DEFAULT.exec(inner) ?? []
  return { kind: 'variable', key: (key ?? inner).trim(), fallback: fallback ?? null }
}

const writtenPiece = (text: string): Piece => ({ kind: 'written', text })

function joined(pieces: readonly Piece[]): ResolvedValue {
  const [first, ...others] = pieces
  if (first !== undefined && others.length === 0) return { text: first.text, pattern: patternOf(first) }
  return { text: pieces.map(({ text }) => text).join(''), pattern: pieces.flatMap(patternOf) }
}

const patternOf = ({ kind, text }: Piece): TextPattern => (kind === 'written' ? wildcardPattern(text) : plainPattern(text))
