/**
 * Containment of permissions, atom by atom. An atom is what one Allow statement grants for one action pattern on one
 * resource pattern under its condition. It is covered when one Allow statement of the other side grants at least that:
 * its action and resource patterns contained as globs, its condition the same or with further tests.
 *
 *   { s3:GetObject, arn:aws:s3:::a/*, StringEquals … }   is covered by   { s3:Get*, arn:aws:s3:::*, no condition }
 *
 * The catalog plays no part: a pattern written today must grant nothing new in a later catalog.
 */
import { actionGlobs, type ClauseGlobs, clauseCovers, resourceGlobs } from './clause-globs.ts'
import type { ActionClause, ConditionBlock, Effect, PolicyDocument, PolicyVersion, ResourceClause, Statement } from './document.ts'

/** A statement with the version of its document, which decides what `${…}` means, and its patterns read. */
export type PlacedStatement = {
  readonly version: PolicyVersion
  readonly statement: Statement
  readonly actions: ClauseGlobs
  readonly resources: ClauseGlobs
  readonly tests: readonly string[]
  /** The same for statements that mean the same word for word after folding of case and order. */
  readonly key: string
}

/** What one Allow statement grants for one action pattern on one resource pattern; a `Not…` element is one atom whole. */
export type Atom = {
  readonly actionClause: ActionClause
  readonly resourceClause: ResourceClause
  readonly condition: ConditionBlock | null
  readonly actions: ClauseGlobs
  readonly resources: ClauseGlobs
  readonly tests: readonly string[]
}

export const allowStatements = (documents: Iterable<PolicyDocument>): PlacedStatement[] => placed(documents, 'Allow')
export const denyStatements = (documents: Iterable<PolicyDocument>): PlacedStatement[] => placed(documents, 'Deny')

function placed(documents: Iterable<PolicyDocument>, effect: Effect): PlacedStatement[] {
  return [...documents].flatMap(({ version, statements }) =>
    statements.filter((statement) => statement.effect === effect).map((statement) => place(version, statement)),
  )
}

function place(version: PolicyVersion, statement: Statement): PlacedStatement {
  const tests = conditionTests(statement.condition, version)
  return {
    version,
    statement,
    actions: actionGlobs(statement.actions),
    resources: resourceGlobs(statement.resources, version),
    tests,
    key: statementKey(version, statement, tests),
  }
}

/** Splitting a `Not…` element would grant nearly everything again, so it stays one atom. */
export function atomsOf({ version, statement, tests }: PlacedStatement): Atom[] {
  const resources = resourceParts(statement.resources).map((clause) => ({ clause, globs: resourceGlobs(clause, version) }))
  return actionParts(statement.actions).flatMap((actionClause) => {
    const actions = actionGlobs(actionClause)
    return resources.map(({ clause, globs }) => ({
      actionClause,
      resourceClause: clause,
      condition: statement.condition,
      actions,
      resources: globs,
      tests,
    }))
  })
}

const actionParts = (clause: ActionClause): ActionClause[] =>
  clause.kind === 'NotAction' ? [clause] : clause.patterns.map((pattern) => ({ ...clause, patterns: [pattern] }))

export const resourceParts = (clause: ResourceClause): ResourceClause[] =>
  clause.kind === 'NotResource' ? [clause] : clause.patterns.map((pattern) => ({ ...clause, patterns: [pattern] }))

export const covers = (outer: PlacedStatement, atom: Atom): boolean =>
  conditionCovers(outer.tests, atom.tests) && clauseCovers(outer.actions, atom.actions) && clauseCovers(outer.resources, atom.resources)

/** Each test of the outer condition stands in the inner one with the same values; further inner tests only narrow. */
export const conditionCovers = (outer: readonly string[], inner: readonly string[]): boolean => outer.every((test) => inner.includes(test))

function statementKey(version: PolicyVersion, { effect, actions, resources }: Statement, tests: readonly string[]): string {
  const patterns = actions.patterns.map((pattern) => pattern.toLowerCase()).sort()
  const readAs = resources.patterns.some(mentionsVariable) ? version : ''
  return JSON.stringify([effect, actions.kind, patterns, resources.kind, [...resources.patterns].sort(), readAs, tests])
}

const mentionsVariable = (text: string): boolean => text.includes('${')

/** One string a test (operator, key, values), folded and ordered; the version joins where a variable makes it matter. */
function conditionTests(condition: ConditionBlock | null, version: PolicyVersion): string[] {
  return Object.entries(condition ?? {})
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) =>
        JSON.stringify([operator.toLowerCase(), key.toLowerCase(), [...values].sort(), values.some(mentionsVariable) ? version : '']),
      ),
    )
    .sort()
}
