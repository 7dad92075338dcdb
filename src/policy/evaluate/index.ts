export { type AccessRequest, type RequestContext, requestContext } from './access-request.ts'
export { type CompiledPolicy, compilePolicy } from './compile-policy.ts'
export { contextKeysOf } from './context-keys.ts'
export { denialMessage } from './denial-message.ts'
export { evaluateRequest, isAllowed, type PolicyLayers } from './evaluate-request.ts'
export { type StatementSpan, statementSpans, type TextPosition } from './statement-span.ts'
export type {
  ActualValue,
  ConditionReason,
  ConditionVerdict,
  Decision,
  ElementVerdict,
  LayerName,
  LayerVerdict,
  PolicySource,
  StatementVerdict,
  Unresolved,
  Verdict,
} from './verdict.ts'
