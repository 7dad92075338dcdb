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
import type { ConditionBlock, PolicyDocument, PolicyVersion, ResourceClause, Statement } from './document.ts'
import { rememberRecent } from './recent.ts'

/** A statement with the version of its document, which decides what `${…}` means, and its patterns read. */
export type PlacedStatement = {
  readonly version: PolicyVersion
  readonly statement: Statement
  readonly actions: ClauseGlobs
  readonly resources: ClauseGlobs
  readonly tests: readonly string[]
  /** The same for statements of the same resources and condition, after folding of case and order. */
  readonly scope: string
  /** The same for statements that mean the same word for word, folded likewise. */
  readonly key: string
}

/** The statements of one document by effect. */
export type PlacedDocument = {
  readonly allows: readonly PlacedStatement[]
  readonly denies: readonly PlacedStatement[]
  /** Of all its statements. */
  readonly keys: ReadonlySet<string>
  /** The Allow statements by scope. */
  readonly byScope: ReadonlyMap<string, readonly PlacedStatement[]>
}

/** What one Allow statement grants for one action pattern on one resource pattern; a `Not…` element is one atom whole. */
export type Atom = PlacedStatement

/** Gives a document's statements, read once: equal documents have the same object, and a proof knows by it that nothing changed. */
export type Placer = (document: PolicyDocument) => PlacedDocument

/** Proofs meet the same documents in many states of a role, and those of AWS in many roles. One placer serves them all. */
export const createPlacer = (): Placer => rememberRecent(RECENT_DOCUMENTS, placeDocument)

const RECENT_DOCUMENTS = 1_024

function placeDocument({ version, statements }: PolicyDocument): PlacedDocument {
  const placed = statements.map((statement) => place(version, statement))
  const allows = placed.filter(({ statement }) => statement.effect === 'Allow')
  return {
    allows,
    denies: placed.filter(({ statement }) => statement.effect === 'Deny'),
    keys: new Set(placed.map(({ key }) => key)),
    byScope: Map.groupBy(allows, ({ scope }) => scope),
  }
}

function place(version: PolicyVersion, statement: Statement): PlacedStatement {
  const tests = conditionTests(statement.condition, version)
  const scope = scopeKey(version, statement.resources, tests)
  return readingGlobs({ version, tests, scope, key: statementKey(statement, scope) }, statement)
}

type Place = Pick<PlacedStatement, 'version' | 'tests' | 'scope' | 'key'>

/** Patterns are read when they are asked for: most statements stand unchanged on both sides and are known by their keys. */
function readingGlobs({ version, tests, scope, key }: Place, statement: Statement): PlacedStatement {
  let actions: ClauseGlobs | null = null
  let resources: ClauseGlobs | null = null
  return {
    version,
    statement,
    tests,
    scope,
    key,
    get actions() {
      actions ??= actionGlobs(statement.actions)
      return actions
    },
    get resources() {
      resources ??= resourceGlobs(statement.resources, version)
      return resources
    },
  }
}

/** Splitting a `Not…` element would grant nearly everything again, so it stays one atom. */
export const atomsOf = (placed: PlacedStatement): Atom[] => withEachAction(placed).flatMap(withResources)

/** Some atom of a statement that none of the others covers; undefined when all are covered. */
export function uncovered(placed: PlacedStatement, others: readonly PlacedStatement[]): Atom | undefined {
  // One statement that grants all of it covers each of its atoms.
  if (others.some((other) => covers(other, placed))) return undefined
  const isOpen = (atom: Atom): boolean => !others.some((other) => covers(other, atom))
  for (const part of withEachAction(placed)) {
    // One statement covers all resources at once as a rule; only where none does are they looked at one by one.
    const open = isOpen(part) ? withResources(part).find(isOpen) : undefined
    if (open !== undefined) return open
  }
  return undefined
}

const withEachAction = (placed: PlacedStatement): PlacedStatement[] => {
  const { kind, patterns } = placed.statement.actions
  return kind === 'NotAction' ? [placed] : patterns.map((pattern) => withActions(placed, [pattern]))
}

/** The statement for some of its action patterns. */
export function withActions(placed: PlacedStatement, patterns: readonly string[]): PlacedStatement {
  return readingGlobs(placed, { ...placed.statement, actions: { ...placed.statement.actions, patterns } })
}

/** The statement for each of its resource patterns. */
export function withResources(placed: PlacedStatement): PlacedStatement[] {
  const { version, statement, tests, key } = placed
  const { resources } = statement
  if (resources.kind === 'NotResource' || resources.patterns.length === 1) return [placed]
  return resources.patterns.map((pattern) => {
    const part = { ...resources, patterns: [pattern] }
    const scope = scopeKey(version, part, tests)
    return readingGlobs({ version, tests, scope, key }, { ...statement, resources: part })
  })
}

/** Whether one statement grants at least what the atom grants. */
export const covers = (outer: PlacedStatement, atom: Atom): boolean =>
  (outer.scope === atom.scope || (conditionCovers(outer.tests, atom.tests) && clauseCovers(outer.resources, atom.resources))) &&
  clauseCovers(outer.actions, atom.actions)

/** Each test of the outer condition stands in the inner one with the same values; further inner tests only narrow. */
export const conditionCovers = (outer: readonly string[], inner: readonly string[]): boolean => outer.every((test) => inner.includes(test))

function scopeKey(version: PolicyVersion, { kind, patterns }: ResourceClause, tests: readonly string[]): string {
  const readAs = patterns.some(mentionsVariable) ? version : ''
  return JSON.stringify([kind, [...patterns].sort(), readAs, tests])
}

const statementKey = ({ effect, actions }: Statement, scope: string): string =>
  JSON.stringify([effect, actions.kind, actions.patterns.map((pattern) => pattern.toLowerCase()).sort(), scope])

const mentionsVariable = (text: string): boolean => text.includes('${')

/**
 * One string a test (operator, key, values), folded and ordered; the version joins where a variable makes it matter. What AWS
 * makes of an operator or a key that two spellings give twice is not documented, so these are one test, which only the same
 * tests cover.
 */
function conditionTests(condition: ConditionBlock | null, version: PolicyVersion): string[] {
  const byOperator = Map.groupBy(Object.entries(condition ?? {}), ([operator]) => operator.toLowerCase())
  return [...byOperator]
    .flatMap(([operator, blocks]) => {
      const tests = blocks.flatMap(([, keys]) => Object.entries(keys))
      const isOneTest = blocks.length > 1 || tests.length === 0
      const groups = isOneTest ? [tests] : [...Map.groupBy(tests, ([key]) => key.toLowerCase()).values()]
      return groups.map((group) =>
        JSON.stringify([operator, blocks.length, group.map(([key, values]) => testOf(key, values, version)).sort()]),
      )
    })
    .sort()
}

const testOf = (key: string, values: readonly string[], version: PolicyVersion): string =>
  JSON.stringify([key.toLowerCase(), [...values].sort(), values.some(mentionsVariable) ? version : ''])
