import type { ActionClause, PolicyVersion, ResourceClause } from './document.ts'
import { type Glob, globContains, globsMeet, isLiteral, parseGlob } from './glob.ts'

/** The patterns of one element, read once: most are plain names, which a set answers for. */
export type ClauseGlobs = {
  readonly complement: boolean
  readonly everything: boolean
  readonly globs: readonly Glob[]
  /** Patterns as they compare, one string each. */
  readonly keys: ReadonlySet<string>
  readonly wild: readonly Glob[]
}

export const actionGlobs = ({ kind, patterns }: ActionClause): ClauseGlobs =>
  compile(
    kind === 'NotAction',
    patterns.map((pattern) => parseGlob(pattern, { foldCase: true })),
  )

/** `${…}` is a variable in documents of 2012 and plain text in those of 2008. */
export const resourceGlobs = ({ kind, patterns }: ResourceClause, version: PolicyVersion): ClauseGlobs =>
  compile(
    kind === 'NotResource',
    patterns.map((pattern) => parseGlob(pattern, { variables: version === '2012-10-17' })),
  )

function compile(complement: boolean, globs: readonly Glob[]): ClauseGlobs {
  return {
    complement,
    everything: !complement && globs.some((glob) => glob.length === 1 && glob[0]?.kind === 'many'),
    globs,
    keys: new Set(globs.map(globKey)),
    wild: globs.filter((glob) => !isLiteral(glob)),
  }
}

/** The separator cannot occur in a policy, so different globs have different keys. */
const globKey = (glob: Glob): string => glob.map((token) => (token.kind === 'text' ? token.text : token.kind === 'one' ? '\0?' : '\0*')).join('')

/** Whether all that `inner` speaks of, `outer` speaks of too. */
export function clauseCovers(outer: ClauseGlobs, inner: ClauseGlobs): boolean {
  if (outer.everything) return true
  if (outer.complement) {
    return inner.complement
      ? outer.globs.every((excluded) => within(inner, excluded))
      : inner.globs.every((glob) => !outer.globs.some((excluded) => globsMeet(glob, excluded)))
  }
  return !inner.complement && inner.globs.every((glob) => within(outer, glob))
}

/** Whether one of the clause's patterns contains the glob. A plain name contains only itself. */
const within = (clause: ClauseGlobs, glob: Glob): boolean => clause.keys.has(globKey(glob)) || clause.wild.some((outer) => globContains(outer, glob))
