/** Which list of an element pair a statement uses, and its patterns in order. */
export type ActionClause = { readonly kind: 'Action' | 'NotAction'; readonly patterns: readonly string[] }
export type ResourceClause = { readonly kind: 'Resource' | 'NotResource'; readonly patterns: readonly string[] }

/** `operator → key → values`, spelled as in the text; single values are lists of one, numbers and booleans are strings. */
export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>

export type Effect = 'Allow' | 'Deny'

/** One statement of an identity policy. `index` is its place in the document's list. */
export type Statement = {
  readonly index: number
  readonly sid: string | null
  readonly effect: Effect
  readonly actions: ActionClause
  readonly resources: ResourceClause
  readonly condition: ConditionBlock | null
}

/** A document without `Version` is read as `2008-10-17`: there `${…}` is plain text. */
export type PolicyVersion = '2008-10-17' | '2012-10-17'

/** An identity policy, parsed, together with the text it came from. The text is what a rollback puts back. */
export type PolicyDocument = {
  readonly text: string
  readonly version: PolicyVersion
  readonly statements: readonly Statement[]
}

/** Where in a policy's text a reader stopped, and why. Lines and columns count from 1. */
export type PolicyProblem = { readonly message: string; readonly line: number; readonly column: number }

export type ParsedPolicy =
  | { readonly ok: true; readonly document: PolicyDocument }
  | { readonly ok: false; readonly problem: PolicyProblem }
