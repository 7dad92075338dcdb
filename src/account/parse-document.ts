import { type KnownPatterns, type PolicyContent, readPolicyValue } from '../policy/read-value.ts'

/** A policy document's text, byte for byte, and what is wrong with it. A text with a problem is kept all the same. */
export type DocumentText = { readonly text: string; readonly problem: string | null }

/** A source that gives an object gives no text: what it says is read at once, its text is written when somebody asks for it. */
export type SourceDocument = DocumentText & { readonly content: PolicyContent | null }

/** IAM takes at most 131,072 characters; what is far above is no policy. */
const longestText = 262_144
const deepestNesting = 64

/** AWS percent-encodes documents, the AWS CLI prints them as objects, other tools as plain JSON text. */
export function parseDocument(source: unknown, known?: KnownPatterns): SourceDocument {
  if (source === undefined || source === null) return unreadable('the document is missing')
  if (typeof source === 'string') return { ...fromText(source), content: null }
  if (typeof source !== 'object' || Array.isArray(source)) return unreadable('the document must be an object or a text')
  const content = readPolicyValue(source, known)
  if (content !== null && weightOf(content) <= surelyShort) return new WrittenLater(source, content)
  if (isDeeper(source, deepestNesting)) return unreadable(`the document is nested deeper than ${deepestNesting} levels`)
  return { ...bounded({ text: JSON.stringify(source), problem: null }), content: null }
}

const unreadable = (problem: string): SourceDocument => ({ text: '', problem, content: null })

class WrittenLater implements SourceDocument {
  readonly problem = null
  readonly content: PolicyContent
  readonly #source: object
  #text: string | null = null

  constructor(source: object, content: PolicyContent) {
    this.#source = source
    this.content = content
  }

  get text(): string {
    this.#text ??= JSON.stringify(this.#source)
    return this.#text
  }
}

/** Escapes and marks make a text some times as long as what it says. */
const surelyShort = longestText / 16

/** Characters of what a policy says, and some for each thing said. */
function weightOf({ statements }: PolicyContent): number {
  let weight = 0
  for (const { sid, actions, resources, condition } of statements) {
    weight += 100 + (sid?.length ?? 0) + lengthOf(actions.patterns) + lengthOf(resources.patterns)
    if (condition !== null) weight += JSON.stringify(condition).length
  }
  return weight
}

function lengthOf(texts: readonly string[]): number {
  let length = 0
  for (const text of texts) length += text.length + 3
  return length
}

/**
 * The text that a percent-encoded one (RFC 3986) stands for. Not for a text that is JSON already, since `%` may stand in a
 * policy, and never with `+` for a space. What cannot be decoded stays as it is.
 */
export function decodeDocument(source: string): string {
  return decode(source).text
}

function fromText(source: string): DocumentText {
  const { text, problem } = bounded(decode(source))
  return { text, problem: problem ?? problemOfJson(text) }
}

function decode(source: string): DocumentText {
  if (source.trimStart().startsWith('{') || !source.includes('%')) return { text: source, problem: null }
  try {
    return { text: decodeURIComponent(source), problem: null }
  } catch {
    return { text: source, problem: 'the document has a malformed percent escape' }
  }
}

function bounded(document: DocumentText): DocumentText {
  if (document.text.length <= longestText) return document
  return { text: '', problem: `the document is longer than ${longestText} characters` }
}

function problemOfJson(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'the document is not a JSON object'
    return isDeeper(value, deepestNesting) ? `the document is nested deeper than ${deepestNesting} levels` : null
  } catch {
    return 'the document is not valid JSON'
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((child) => isDeeper(child, levels - 1))
}
