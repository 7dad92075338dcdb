/**
 * Containment of permissions, atom by atom. An atom is what one Allow statement grants for one action pattern on one
 * resource pattern under its condition. It is covered when one Allow statement of the other side grants at least that:
 * its action and resource patterns contained as globs, its condition the same or with further tests.
 *
 *   { s3:GetObject, arn:aws:s3:::a/*, StringEquals … }   is covered by   { s3:Get*, arn:aws:s3:::*, no condition }
 *
 * The catalog plays no part: a pattern written today must grant nothing new in a later catalog.
 */
import type { ActionClause, ConditionBlock, PolicyDocument, PolicyVersion, ResourceClause, Statement } from './document.ts'
import { type Glob, globContains, globsMeet, parseGlob } from './glob.ts'

/** A statement with the version of its document, which decides what `${…}` means. */
export type PlacedStatement = { readonly version: PolicyVersion; readonly statement: Statement }

/** What one Allow statement grants for one action pattern on one resource pattern; the kinds tell complements apart. */
export type Atom = {
  readonly version: PolicyVersion
  readonly actions: ActionClause
  readonly resources: ResourceClause
  readonly condition: ConditionBlock | null
}

export function allowStatements(documents: Iterable<PolicyDocument>): PlacedStatement[] {
  return placed(documents).filter(({ statement }) => statement.effect === 'Allow')
}

export function denyStatements(documents: Iterable<PolicyDocument>): PlacedStatement[] {
  return placed(documents).filter(({ statement }) => statement.effect === 'Deny')
}

function placed(documents: Iterable<PolicyDocument>): PlacedStatement[] {
  return [...documents].flatMap(({ version, statements }) => statements.map((statement) => ({ version, statement })))
}

/** A `Not…` element is one atom whole: splitting it would grant nearly everything again. */
export function atomsOf({ version, statement }: PlacedStatement): Atom[] {
  const { condition } = statement
  return parts(statement.actions).flatMap((actions) => parts(statement.resources).map((resources) => ({ version, actions, resources, condition })))
}

function parts<C extends ActionClause | ResourceClause>(clause: C): C[] {
  if (clause.kind === 'NotAction' || clause.kind === 'NotResource') return [clause]
  return clause.patterns.map((pattern) => ({ ...clause, patterns: [pattern] }))
}

export function covers(outer: PlacedStatement, atom: Atom): boolean {
  return (
    conditionCovers(outer, atom) &&
    clauseCovers(outer.statement.actions, atom.actions, ACTION_GLOBS, ACTION_GLOBS) &&
    clauseCovers(outer.statement.resources, atom.resources, resourceGlobs(outer.version), resourceGlobs(atom.version))
  )
}

export function resourcesCover(outer: PlacedStatement, atom: Pick<Atom, 'version' | 'resources'>): boolean {
  return clauseCovers(outer.statement.resources, atom.resources, resourceGlobs(outer.version), resourceGlobs(atom.version))
}

/** Each test of the outer condition stands in the inner one with the same values; further inner tests only narrow. */
export function conditionCovers(outer: PlacedStatement, inner: Pick<Atom, 'version' | 'condition'>): boolean {
  const asked = conditionTests(outer.statement.condition, outer.version)
  if (asked.length === 0) return true
  const given = new Set(conditionTests(inner.condition, inner.version))
  return asked.every((test) => given.has(test))
}

/** Statements that mean the same word for word after folding of case and order. */
export function statementKey({ version, statement }: PlacedStatement): string {
  const { effect, actions, resources, condition } = statement
  const patterns = [...actions.patterns.map((pattern) => pattern.toLowerCase())].sort()
  const readAs = resources.patterns.some(mentionsVariable) ? version : ''
  return JSON.stringify([effect, actions.kind, patterns, resources.kind, [...resources.patterns].sort(), readAs, conditionTests(condition, version)])
}

type GlobReader = (pattern: string) => Glob

const ACTION_GLOBS: GlobReader = (pattern) => parseGlob(pattern, { foldCase: true })
const RESOURCE_GLOBS: Record<PolicyVersion, GlobReader> = {
  '2008-10-17': (pattern) => parseGlob(pattern),
  '2012-10-17': (pattern) => parseGlob(pattern, { variables: true }),
}
const resourceGlobs = (version: PolicyVersion): GlobReader => RESOURCE_GLOBS[version]

const isComplement = ({ kind }: ActionClause | ResourceClause): boolean => kind === 'NotAction' || kind === 'NotResource'

function clauseCovers(
  outer: ActionClause | ResourceClause,
  inner: ActionClause | ResourceClause,
  readOuter: GlobReader,
  readInner: GlobReader,
): boolean {
  if (sameClause(outer, inner) && readOuter === readInner) return true
  if (!isComplement(outer) && outer.patterns.includes('*')) return true
  const outside = outer.patterns.map(readOuter)
  const inside = inner.patterns.map(readInner)
  if (isComplement(outer)) {
    return isComplement(inner)
      ? outside.every((excluded) => inside.some((pattern) => globContains(pattern, excluded)))
      : inside.every((pattern) => outside.every((excluded) => !globsMeet(pattern, excluded)))
  }
  if (isComplement(inner)) return false
  return inside.every((pattern) => outside.some((container) => globContains(container, pattern)))
}

const sameClause = (a: ActionClause | ResourceClause, b: ActionClause | ResourceClause): boolean =>
  a.kind === b.kind && a.patterns.length === b.patterns.length && a.patterns.every((pattern, at) => pattern === b.patterns[at])

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
