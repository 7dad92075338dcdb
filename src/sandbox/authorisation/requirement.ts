import type { CallContext } from '../call-context.ts'

/** Keys of the request context: one value, or the values of a multivalued key. */
export type ContextKeys = Readonly<Record<string, string | readonly string[]>>

/** What a call needs: which action, on what, and what policies may test about this request. */
export type Requirement = {
  readonly action: string
  /** An ARN, or `*` where the action has no resource. */
  readonly resource: string
  /** The resource as the service prints it in a denial. */
  readonly shown: string
  readonly keys: ContextKeys
}

export type CallParams = Readonly<Record<string, unknown>>

/** How a service finds out what an operation needs; null: nothing, or it decides by itself. */
export type RequirementReader = (operation: string, params: CallParams, context: CallContext) => Requirement | null

export function textParam(params: CallParams, name: string): string | null {
  const value = params[name]
  return typeof value === 'string' && value !== '' ? value : null
}
