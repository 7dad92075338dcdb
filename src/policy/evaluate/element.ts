import type { ActionClause, PolicyVersion, ResourceClause } from '../document.ts'
import { actionKey } from '../names.ts'
import type { AccessRequest, RequestContext } from './access-request.ts'
import { knowsVariables, missingVariables, type PolicyValue, readPolicyValue, resolveValue } from './policy-value.ts'
import { hasWildcards, patternMatches } from './text-pattern.ts'
import type { ElementVerdict, Unresolved } from './verdict.ts'

/** The patterns of an action or resource element, read once. Plain names, which are most, are looked up. */
export type CompiledElement = {
  readonly element: ElementVerdict['element']
  readonly complement: boolean
  /** Plain text as it compares → as written. */
  readonly plain: ReadonlyMap<string, string>
  readonly patterns: readonly PolicyValue[]
}

const NOTHING: readonly Unresolved[] = []

/** Actions ignore case and know no variables. */
export const compileAction = ({ kind, patterns }: ActionClause): CompiledElement =>
  compile(
    kind,
    kind === 'NotAction',
    patterns.map((pattern) => readPolicyValue(pattern, { variables: false, foldCase: true })),
  )

/** Resources keep case; a `*` spans any text, colons and slashes included. */
export const compileResource = ({ kind, patterns }: ResourceClause, version: PolicyVersion): CompiledElement =>
  compile(
    kind,
    kind === 'NotResource',
    patterns.map((pattern) => readPolicyValue(pattern, { variables: knowsVariables(version) })),
  )

export const matchAction = (element: CompiledElement, { action, context }: AccessRequest): ElementVerdict =>
  matchElement(element, actionKey(action), context)

export const matchResource = (element: CompiledElement, { resource, context }: AccessRequest): ElementVerdict =>
  matchElement(element, resource, context)

function compile(element: ElementVerdict['element'], complement: boolean, values: readonly PolicyValue[]): CompiledElement {
  const plain = new Map<string, string>()
  const patterns: PolicyValue[] = []
  for (const value of values) {
    if (value.fixed === null || hasWildcards(value.fixed.pattern)) patterns.push(value)
    else plain.set(value.fixed.text, value.written)
  }
  return { element, complement, plain, patterns }
}

/**
 * A pattern whose variable has no value names no resource; in a `NotResource` it therefore excludes none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value
 */
function matchElement({ element, complement, plain, patterns }: CompiledElement, text: string, context: RequestContext): ElementVerdict {
  const named = plain.get(text)
  if (named !== undefined) return { element, matched: !complement, pattern: named, unresolved: NOTHING }
  let unresolved = NOTHING
  for (const value of patterns) {
    const resolved = resolveValue(value, context)
    if (resolved === null) {
      unresolved = [...unresolved, { written: value.written, missingKeys: missingVariables(value, context) }]
    } else if (patternMatches(resolved.pattern, text)) {
      return { element, matched: !complement, pattern: value.written, unresolved: NOTHING }
    }
  }
  return { element, matched: complement, pattern: null, unresolved }
}
