/**
 * The patterns of one element of a statement, read once, and whether one element speaks of all that another speaks of.
 *
 * AWS does not say whether a `*` in a resource may swallow a `:`, so a resource pattern contains another only if it does both
 * ways: as one text, and part by part between the first five colons.
 *
 *   `arn:aws:dynamodb:*:table/a` does not contain `arn:aws:dynamodb:eu-west-1:123456789012:table/a`
 */
import type { ActionClause, PolicyVersion, ResourceClause } from './document.ts'
import { type Glob, globContains, globsMeet, isEverything, isLiteral, parseGlob } from './glob.ts'

export type ClausePattern = {
  readonly glob: Glob
  /** The parts that must be contained one by one besides the whole; null where the pattern has too few to tell. */
  parts(): readonly Glob[] | null
  /** The pattern as it reads to a service that ignores case: what a `Not…` element excludes may be more than it says. */
  widest(): Glob
}

export type ClauseGlobs = {
  readonly complement: boolean
  readonly everything: boolean
  readonly patterns: readonly ClausePattern[]
  /** Most patterns are plain names, which a set answers for. */
  readonly keys: ReadonlySet<string>
  readonly wild: readonly ClausePattern[]
}

export const actionGlobs = ({ kind, patterns }: ActionClause): ClauseGlobs => compile(kind === 'NotAction', patterns.map(actionPattern))

/** `${…}` is a variable in documents of 2012 and plain text in those of 2008. */
export const resourceGlobs = ({ kind, patterns }: ResourceClause, version: PolicyVersion): ClauseGlobs =>
  compile(
    kind === 'NotResource',
    patterns.map((pattern) => resourcePattern(pattern, version === '2012-10-17')),
  )

const NO_PARTS: readonly Glob[] = []

function actionPattern(pattern: string): ClausePattern {
  const glob = parseGlob(pattern, { foldCase: true })
  return { glob, parts: () => NO_PARTS, widest: () => glob }
}

function resourcePattern(pattern: string, variables: boolean): ClausePattern {
  return {
    glob: parseGlob(pattern, { variables }),
    parts: () => arnParts(pattern, variables)?.map((part) => parseGlob(part, { variables })) ?? null,
    widest: () => parseGlob(pattern, { variables, foldCase: true }),
  }
}

const ARN_COLONS = 5

/** The text between the first five colons that stand outside variables, and the rest. */
function arnParts(pattern: string, variables: boolean): readonly string[] | null {
  const colons = [...pattern.matchAll(variables ? /\$\{[^}]*\}|:/g : /:/g)].filter(([found]) => found === ':').slice(0, ARN_COLONS)
  if (colons.length < ARN_COLONS) return null
  const ends = [...colons.map(({ index }) => index), pattern.length]
  return ends.map((end, at) => pattern.slice(at === 0 ? 0 : (ends[at - 1] ?? 0) + 1, end))
}

function compile(complement: boolean, patterns: readonly ClausePattern[]): ClauseGlobs {
  return {
    complement,
    everything: !complement && patterns.some(({ glob }) => isEverything(glob)),
    patterns,
    keys: new Set(patterns.map(({ glob }) => glob.key)),
    wild: patterns.filter(({ glob }) => !isLiteral(glob)),
  }
}

/** Whether all that `inner` speaks of, `outer` speaks of too. */
export function clauseCovers(outer: ClauseGlobs, inner: ClauseGlobs): boolean {
  if (outer.everything) return true
  if (!outer.complement) return !inner.complement && inner.patterns.every((pattern) => within(outer, pattern))
  if (inner.complement) return outer.patterns.every((excluded) => within(inner, excluded))
  return inner.patterns.every((pattern) => !outer.patterns.some((excluded) => globsMeet(pattern.widest(), excluded.widest())))
}

/** Whether one of the clause's patterns contains the pattern. A plain name contains only itself. */
const within = (clause: ClauseGlobs, pattern: ClausePattern): boolean =>
  clause.keys.has(pattern.glob.key) || clause.wild.some((outer) => patternContains(outer, pattern))

function patternContains(outer: ClausePattern, inner: ClausePattern): boolean {
  if (!globContains(outer.glob, inner.glob)) return false
  if (isEverything(outer.glob)) return true
  const [outerParts, innerParts] = [outer.parts(), inner.parts()]
  return outerParts !== null && innerParts !== null && outerParts.every((part, at) => containsPart(part, innerParts[at]))
}

const containsPart = (outer: Glob, inner: Glob | undefined): boolean => inner !== undefined && globContains(outer, inner)
