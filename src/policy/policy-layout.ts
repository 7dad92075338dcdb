/**
 * Where the statements of a policy and their action elements stand in its text. A tree of everything would tell it too, but
 * one pass that skips over what is not asked for takes a tenth of the time. It reads only texts that `parsePolicy` accepted, so it checks nothing.
 */
import type { ActionClause } from './document.ts'

export type Span = { readonly from: number; readonly to: number }

export type StatementLayout = Span & {
  readonly kind: ActionClause['kind']
  /** The key of the action element, with its quotes, and its value. */
  readonly actionKey: Span
  readonly actions: Span
}

/** The statements in order; null where there is no `Statement`. */
export function policyLayout(text: string): readonly StatementLayout[] | null {
  let statements: readonly StatementLayout[] | null = null
  eachMember(text, afterSpace(text, 0), (name, _key, value) => {
    if (name !== 'Statement') return endOfValue(text, value)
    const found: StatementLayout[] = []
    statements = found
    const read = (from: number): number => readStatement(text, from, found)
    return text.charCodeAt(value) === LIST ? eachElement(text, value, read) : read(value)
  })
  return statements
}

/** @returns where the statement ends */
function readStatement(text: string, from: number, into: StatementLayout[]): number {
  let kind: ActionClause['kind'] = 'Action'
  let actionKey: Span = { from, to: from }
  let actions: Span = actionKey
  const to = eachMember(text, from, (name, key, value) => {
    const end = endOfValue(text, value)
    if (name === 'Action' || name === 'NotAction') {
      kind = name
      actionKey = key
      actions = { from: value, to: end }
    }
    return end
  })
  into.push({ from, to, kind, actionKey, actions })
  return to
}

/** @param read is given where a value begins, and answers where it ends */
function eachMember(text: string, object: number, read: (name: unknown, key: Span, value: number) => number): number {
  return eachElement(text, object, (from) => {
    const to = endOfString(text, from)
    const value = afterSpace(text, afterSpace(text, to) + 1)
    return read(nameAt(text, from, to), { from, to }, value)
  })
}

function nameAt(text: string, from: number, to: number): unknown {
  const name = text.slice(from + 1, to - 1)
  return name.includes('\\') ? JSON.parse(text.slice(from, to)) : name
}

/** Goes through a list, or through the members of an object, and answers where it ends. */
function eachElement(text: string, list: number, read: (from: number) => number): number {
  let at = afterSpace(text, list + 1)
  while (!isClosing(text.charCodeAt(at))) {
    at = afterSpace(text, read(at))
    if (text.charCodeAt(at) === COMMA) at = afterSpace(text, at + 1)
  }
  return at + 1
}

/** Where a value ends: lists and objects by counting brackets, what has none at the next sign of punctuation. */
function endOfValue(text: string, from: number): number {
  let depth = 0
  let at = from
  do {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfString(text, at)
    else if (code === LIST || code === OBJECT) {
      depth++
      at++
    } else if (isClosing(code)) {
      depth--
      at++
    } else at = depth === 0 ? endOfScalar(text, at) : at + 1
  } while (depth > 0)
  return at
}

function endOfScalar(text: string, from: number): number {
  SCALAR.lastIndex = from
  return from + (SCALAR.exec(text)?.[0].length ?? 0)
}

/** Behind the closing quote. */
function endOfString(text: string, from: number): number {
  let at = text.indexOf('"', from + 1)
  while (isEscaped(text, at)) at = text.indexOf('"', at + 1)
  return at + 1
}

/** An odd number of backslashes stands before it. */
function isEscaped(text: string, at: number): boolean {
  let before = at
  while (text.charCodeAt(before - 1) === BACKSLASH) before--
  return (at - before) % 2 === 1
}

function afterSpace(text: string, from: number): number {
  let at = from
  while (text.charCodeAt(at) <= SPACE) at++
  return at
}

const isClosing = (code: number): boolean => code === END_OF_LIST || code === END_OF_OBJECT

const SCALAR = /[^\s,\]}]+/y
const SPACE = 0x20
const QUOTE = 0x22
const COMMA = 0x2c
const LIST = 0x5b
const BACKSLASH = 0x5c
const END_OF_LIST = 0x5d
const OBJECT = 0x7b
const END_OF_OBJECT = 0x7d
