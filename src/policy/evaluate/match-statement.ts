import type { AccessRequest } from './access-request.ts'
import type { CompiledStatement } from './compile-policy.ts'
import { testCondition } from './condition.ts'
import { matchAction, matchResource } from './element.ts'
import type { PolicySource, StatementVerdict } from './verdict.ts'

/** Whether a statement takes effect: the same tests as `explainStatement`, up to the first that fails. */
export const statementMatches = ({ action, resource, conditions }: CompiledStatement, request: AccessRequest): boolean =>
  matchAction(action, request).matched &&
  matchResource(resource, request).matched &&
  conditions.every((condition) => testCondition(condition, request.context).matched)

/** Every test of a statement, also those after the first that fails. */
export function explainStatement(compiled: CompiledStatement, request: AccessRequest, source: PolicySource): StatementVerdict {
  const { index, sid, effect } = compiled.statement
  const action = matchAction(compiled.action, request)
  const resource = matchResource(compiled.resource, request)
  const conditions = compiled.conditions.map((condition) => testCondition(condition, request.context))
  const matched = action.matched && resource.matched && conditions.every((condition) => condition.matched)
  return { source, index, sid, effect, matched, action, resource, conditions }
}

/** The keys that the request lacks, where knowing them could let the statement take effect or keep it from it. */
export function missingKeysOf({ action, resource, conditions }: StatementVerdict): string[] {
  const unresolved = resource.unresolved.flatMap(({ missingKeys }) => missingKeys)
  if (!action.matched || (!resource.matched && unresolved.length === 0)) return []
  return [...unresolved, ...conditions.flatMap(({ missingKeys }) => missingKeys)]
}
