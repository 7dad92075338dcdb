/**
 * The answer to a request as a tree: layers of policies, their statements, and for each element and each condition why it
 * matched or not. The decision is at the top; nothing below it was left out because something else had decided already.
 */
import type { ActionClause, Effect, ResourceClause } from '../document.ts'
import type { Arn } from '../names.ts'

export type Decision = 'allowed' | 'explicitDeny' | 'implicitDeny'

/** The kinds of policies that must all allow, in the order in which AWS names the one that did not. */
export type LayerName = 'identity' | 'boundary' | 'session' | 'organization'

/** Where a policy comes from: the label that results carry. */
export type PolicySource = {
  /** Whatever tells two policies of a request apart. */
  readonly id: string
  readonly name: string
  readonly kind: 'inline' | 'customerManaged' | 'awsManaged' | 'input'
  /** Only managed policies have one; denial messages end with it. */
  readonly arn?: Arn
}

/** A pattern or value that matches nothing in this request, since a variable in it has no value. */
export type Unresolved = { readonly written: string; readonly missingKeys: readonly string[] }

export type ElementVerdict = {
  readonly element: (ActionClause | ResourceClause)['kind']
  readonly matched: boolean
  /** The pattern that names the action or resource: the reason for a match, or against one in a `Not…` element. */
  readonly pattern: string | null
  /** Of the patterns tried in vain. */
  readonly unresolved: readonly Unresolved[]
}

/** What settled a condition: values compared, the key's absence, the test for presence, or a name that is no operator. */
export type ConditionReason = 'compared' | 'keyAbsent' | 'presence' | 'unknownOperator'

export type ConditionVerdict = {
  /** As written in the policy. */
  readonly operator: string
  readonly key: string
  readonly matched: boolean
  readonly reason: ConditionReason
  /** The policy's values with what they say in this request; null where a variable has no value. */
  readonly expected: readonly { readonly written: string; readonly resolved: string | null }[]
  /** Null where the request lacks the key; else each value, whether it passes, and the value of the policy that it equals. */
  readonly actual: readonly ActualValue[] | null
  /** The key and the variables that the request lacks. */
  readonly missingKeys: readonly string[]
}

export type ActualValue = { readonly value: string; readonly passes: boolean; readonly equals: string | null }

export type StatementVerdict = {
  readonly source: PolicySource
  readonly index: number
  readonly sid: string | null
  readonly effect: Effect
  /** Whether the statement takes effect: action, resource and every condition match. */
  readonly matched: boolean
  readonly action: ElementVerdict
  readonly resource: ElementVerdict
  readonly conditions: readonly ConditionVerdict[]
}

export type LayerVerdict = {
  readonly layer: LayerName
  /** What this layer alone says. */
  readonly decision: Decision
  readonly statements: readonly StatementVerdict[]
}

export type Verdict = {
  readonly decision: Decision
  /** The layer that denied; null when allowed. */
  readonly decidedBy: LayerName | null
  /** Identity first; the boundary and session layers only where the request is under them. */
  readonly layers: readonly LayerVerdict[]
  /** The statements that decide: every matching Deny, or else, when allowed, every matching Allow; none in an implicit deny. */
  readonly deciding: readonly StatementVerdict[]
  /** Keys that the request lacks and that statements ask about whose action and resource match or might. */
  readonly missingContextValues: readonly string[]
}
