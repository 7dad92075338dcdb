/**
 * Reads a policy out of a value that `JSON.parse` gave: many times faster than by the tree of `parse.ts`, which knows the place
 * of everything. It only says yes. Whatever looks unusual gives null, and the tree is asked, which finds out what is wrong.
 *
 * `JSON.parse` is silent about a key given twice and forgets how numbers are written. So the value counts only where writing it
 * gives the text again, but for white space: what was lost would be missing.
 */
import type { ActionClause, ConditionBlock, PolicyDocument, PolicyVersion, ResourceClause, Statement } from './document.ts'
import { compactText } from './size.ts'

export const ACTION_PATTERN = /^(\*|[A-Za-z0-9-]+:[A-Za-z0-9*?_-]+)$/

type Fields = Readonly<Record<string, unknown>>

/** The document of a text; null where only the tree can tell. */
export function readPlainPolicy(text: string): PolicyDocument | null {
  const value = readJson(text)
  const content = value === null ? null : readPolicyValue(value)
  // Only now: what was read as a policy is shallow, and writing a deep value would exhaust the stack.
  return content !== null && isWrittenAs(value, text) ? { text, ...content } : null
}

/** Action patterns that were found well formed, by themselves. */
export type KnownPatterns = Map<string, string>

export type PolicyContent = Omit<PolicyDocument, 'text'>

/**
 * What a policy's value says; null where only the tree of its text can tell. Patterns stay where they stand in the value. Those of
 * actions are the same few thousand in all policies, each time as a text of its own: the first of equal texts takes the place of
 * the others, so that a reader of many policies (`known`) holds and looks up one.
 */
export function readPolicyValue(value: unknown, known: KnownPatterns = new Map()): PolicyContent | null {
  if (!isFields(value)) return null
  for (const key in value) if (key !== 'Version' && key !== 'Id' && key !== 'Statement') return null
  const version = readVersion(value.Version)
  if (version === null) return null
  const statements: Statement[] = []
  for (const source of listOf(value.Statement)) {
    const statement = readStatement(source, statements.length, known)
    if (statement === null) return null
    statements.push(statement)
  }
  return { version, statements }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isWrittenAs(value: unknown, text: string): boolean {
  const written = JSON.stringify(value)
  return written === text || written === compactText(text)
}

const readVersion = (value: unknown): PolicyVersion | null =>
  value === '2012-10-17' || value === '2008-10-17' ? value : value === undefined ? '2008-10-17' : null

const STATEMENT_KEYS: ReadonlySet<string> = new Set(['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'])

function readStatement(value: unknown, index: number, known: KnownPatterns): Statement | null {
  if (!isFields(value)) return null
  for (const key in value) if (!STATEMENT_KEYS.has(key)) return null
  const { Sid, Effect: effect, Condition } = value
  const actions = readActions(value, known)
  const resources = readResources(value)
  const condition = Condition === undefined ? null : readCondition(Condition)
  if (actions === null || resources === null || condition === undefined) return null
  if ((effect !== 'Allow' && effect !== 'Deny') || (Sid !== undefined && typeof Sid !== 'string')) return null
  return { index, sid: Sid ?? null, effect, actions, resources, condition }
}

function readActions({ Action, NotAction }: Fields, known: KnownPatterns): ActionClause | null {
  const patterns = onlyOne(Action, NotAction)
  if (patterns === null) return null
  for (let place = 0; place < patterns.length; place++) {
    const pattern = patterns[place] ?? ''
    const first = known.get(pattern)
    if (first !== undefined) patterns[place] = first
    else if (ACTION_PATTERN.test(pattern)) known.set(pattern, pattern)
    else return null
  }
  return { kind: Action === undefined ? 'NotAction' : 'Action', patterns }
}

function readResources({ Resource, NotResource }: Fields): ResourceClause | null {
  const patterns = onlyOne(Resource, NotResource)
  return patterns === null ? null : { kind: Resource === undefined ? 'NotResource' : 'Resource', patterns }
}

/** The strings of one of two elements; null where both or none is there. */
const onlyOne = (one: unknown, other: unknown): string[] | null =>
  one === undefined ? readStrings(other) : other === undefined ? readStrings(one) : null

function readStrings(value: unknown): string[] | null {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null
}

/** Undefined where it cannot be read; null where it asks for nothing. */
function readCondition(value: unknown): ConditionBlock | null | undefined {
  if (!isFields(value)) return undefined
  const block: Record<string, Record<string, readonly string[]>> = Object.create(null)
  for (const operator of Object.keys(value)) {
    const keys = value[operator]
    if (!isFields(keys)) return undefined
    const tests: Record<string, readonly string[]> = Object.create(null)
    for (const key of Object.keys(keys)) {
      const values = readValues(keys[key])
      if (values === null) return undefined
      tests[key] = values
    }
    block[operator] = tests
  }
  return Object.keys(block).length === 0 ? null : block
}

function readValues(value: unknown): readonly string[] | null {
  const values: string[] = []
  for (const item of listOf(value)) {
    if (typeof item !== 'string' && typeof item !== 'number' && typeof item !== 'boolean') return null
    values.push(String(item))
  }
  return values
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
