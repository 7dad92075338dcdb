/**
 * Reads the text of an identity policy. Everything that AWS accepts is accepted; what AWS would refuse (or what
 * `JSON.parse` would silently misread, such as a key given twice) is a problem that names its line and column.
 */
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import type { ConditionBlock, ParsedPolicy, PolicyDocument, PolicyProblem, PolicyVersion, Statement } from './document.ts'
import { ACTION_PATTERN, readPlainPolicy } from './read-value.ts'

/** Thrown inside this file only; `parsePolicy` turns it into a value. */
class Misread extends Error {
  readonly offset: number
  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

const DOCUMENT_KEYS = new Set(['Version', 'Id', 'Statement'])
const STATEMENT_KEYS = new Set(['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'])
const VERSIONS: readonly PolicyVersion[] = ['2008-10-17', '2012-10-17']

export function parsePolicy(text: string): ParsedPolicy {
  const plain = readPlainPolicy(text)
  return plain === null ? parseByTree(text) : { ok: true, document: plain }
}

/** The same answer by the slower way, which alone can say what is wrong and where. */
export function parseByTree(text: string): ParsedPolicy {
  try {
    return { ok: true, document: readDocument(text) }
  } catch (error) {
    if (error instanceof Misread) return { ok: false, problem: placeOf(text, error) }
    throw error
  }
}

/** The tree of a text that `parsePolicy` accepted, with offsets: what a rewrite edits. */
export function policyTree(text: string): Node {
  const deep = placeOfDepth(text, DEEPEST)
  if (deep !== null) throw new Misread(`nested deeper than ${DEEPEST} levels`, deep)
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false })
  const first = errors[0]
  if (first !== undefined) throw new Misread(`not JSON: ${printParseErrorCode(first.error)}`, first.offset)
  if (root === undefined) throw new Misread('not JSON: empty text', 0)
  return root
}

/** The members of an object node by key. A key given twice is refused: readers disagree on which one counts. */
export function membersOf(node: Node, what: string): ReadonlyMap<string, Node> {
  if (node.type !== 'object') throw new Misread(`${what} must be an object`, node.offset)
  const members = new Map<string, Node>()
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? []
    if (key === undefined || value === undefined) throw new Misread(`${what} has a member without a value`, property.offset)
    const name = String(key.value)
    if (members.has(name)) throw new Misread(`${what} has the key "${name}" twice`, key.offset)
    members.set(name, value)
  }
  return members
}

/** The statements' nodes: `Statement` may be one object or a list. */
export function statementNodes(statement: Node): readonly Node[] {
  return statement.type === 'array' ? (statement.children ?? []) : [statement]
}

/** A policy needs seven levels; the tree is read by recursion, which a hostile text must not exhaust. */
const DEEPEST = 32

function placeOfDepth(text: string, limit: number): number | null {
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '"') inString = !inString
    else if (inString) at += character === '\\' ? 1 : 0
    else if (character === '{' || character === '[') {
      if (++depth > limit) return at
    } else if (character === '}' || character === ']') depth--
  }
  return null
}

function readDocument(text: string): PolicyDocument {
  const root = policyTree(text)
  const members = membersOf(root, 'the policy')
  refuseUnknown(members, DOCUMENT_KEYS, 'the policy')
  const statement = members.get('Statement')
  if (statement === undefined) throw new Misread('the policy has no Statement', root.offset)
  return {
    text,
    version: readVersion(members.get('Version')),
    statements: statementNodes(statement).map((node, index) => readStatement(text, node, index)),
  }
}

function readVersion(node: Node | undefined): PolicyVersion {
  if (node === undefined) return '2008-10-17'
  const version = VERSIONS.find((known) => known === node.value)
  if (version === undefined) throw new Misread('Version must be "2012-10-17" or "2008-10-17"', node.offset)
  return version
}

function readStatement(text: string, node: Node, index: number): Statement {
  const what = `statement ${index + 1}`
  const members = membersOf(node, what)
  if (members.has('Principal') || members.has('NotPrincipal')) {
    throw new Misread(`${what} has a Principal, which an identity policy cannot carry`, node.offset)
  }
  refuseUnknown(members, STATEMENT_KEYS, what)
  const effectNode = members.get('Effect')
  const effect = effectNode?.value
  if (effect !== 'Allow' && effect !== 'Deny') throw new Misread(`${what} needs Effect "Allow" or "Deny"`, (effectNode ?? node).offset)
  const [actionKind, actionNode] = oneOf(node, members, ['Action', 'NotAction'], what)
  const [resourceKind, resourceNode] = oneOf(node, members, ['Resource', 'NotResource'], what)
  const sid = members.get('Sid')
  const condition = members.get('Condition')
  return {
    index,
    sid: sid === undefined ? null : readString(sid, `${what}, Sid`),
    effect,
    actions: { kind: actionKind, patterns: readActions(actionNode, `${what}, ${actionKind}`) },
    resources: { kind: resourceKind, patterns: readStrings(resourceNode, `${what}, ${resourceKind}`) },
    condition: condition === undefined ? null : readCondition(text, condition, what),
  }
}

function oneOf<K extends string>(node: Node, members: ReadonlyMap<string, Node>, keys: readonly [K, K], what: string): [K, Node] {
  const present = keys.filter((key) => members.has(key))
  const [key] = present
  const value = key === undefined ? undefined : members.get(key)
  if (key === undefined || value === undefined || present.length !== 1) {
    throw new Misread(`${what} needs exactly one of ${keys[0]} and ${keys[1]}`, node.offset)
  }
  return [key, value]
}

function readActions(node: Node, what: string): readonly string[] {
  const patterns = readStrings(node, what)
  const wrong = patterns.findIndex((pattern) => !ACTION_PATTERN.test(pattern))
  if (wrong < 0) return patterns
  const place = node.type === 'array' ? (node.children?.[wrong] ?? node) : node
  throw new Misread(`${what}: "${patterns[wrong]}" is not "service:Action" or "*"`, place.offset)
}

function readStrings(node: Node, what: string): readonly string[] {
  if (node.type !== 'array') return [readString(node, what)]
  return (node.children ?? []).map((child) => readString(child, what))
}

function readString(node: Node, what: string): string {
  if (node.type !== 'string') throw new Misread(`${what} must be a string or a list of strings`, node.offset)
  return String(node.value)
}

function readCondition(text: string, node: Node, what: string): ConditionBlock | null {
  const block: Record<string, Record<string, readonly string[]>> = Object.create(null)
  for (const [operator, keys] of membersOf(node, `${what}, Condition`)) {
    const tests: Record<string, readonly string[]> = Object.create(null)
    for (const [key, value] of membersOf(keys, `${what}, Condition.${operator}`))
      tests[key] = readValues(text, value, `${what}, Condition.${operator}.${key}`)
    block[operator] = tests
  }
  return Object.keys(block).length === 0 ? null : block
}

/** Condition values may be strings, numbers or booleans; they compare as strings, numbers as they are written. */
function readValues(text: string, node: Node, what: string): readonly string[] {
  const values = node.type === 'array' ? (node.children ?? []) : [node]
  return values.map((value) => {
    if (value.type !== 'string' && value.type !== 'number' && value.type !== 'boolean') {
      throw new Misread(`${what} must hold strings, numbers or booleans`, value.offset)
    }
    return value.type === 'number' ? text.slice(value.offset, value.offset + value.length) : String(value.value)
  })
}

function refuseUnknown(members: ReadonlyMap<string, Node>, known: ReadonlySet<string>, what: string): void {
  for (const [key, value] of members) if (!known.has(key)) throw new Misread(`${what} has the unknown element "${key}"`, value.offset)
}

function placeOf(text: string, { message, offset }: Misread): PolicyProblem {
  const before = text.slice(0, offset).split('\n')
  return { message, line: before.length, column: (before.at(-1) ?? '').length + 1 }
}
