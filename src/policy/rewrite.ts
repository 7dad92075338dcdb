/**
 * Takes actions out of the Allow statements of a document. Only statements that lose something change, and only their
 * action list: patterns that match no removed action stay as they are, a pattern that does is replaced by what it keeps.
 *
 *   Allow s3:*, sqs:SendMessage − { s3:DeleteBucket, … }   →   Allow s3:GetObject, s3:PutObject, sqs:SendMessage
 *
 * Deny statements are never touched. Nothing is granted that was not: names come from the pattern they replace, and
 * wildcards are contained in it. A rewrite has two forms. `list` names what stays and so drops what AWS will add later;
 * `except` (for `*` and `NotAction` only) names what goes in one `NotAction` and keeps the rest, known or not.
 */
import type { ActionSet } from './action-set.ts'
import { difference, hasIndex, indexesOf, intersection, intersects, isEmptySet } from './action-set.ts'
import type { ActionClause, PolicyDocument, Statement } from './document.ts'
import { globContains, globsMeet, parseGlob } from './glob.ts'
import { statementActions } from './grants.ts'
import type { ActionName } from './names.ts'
import { serviceOf } from './names.ts'
import { type PatternGroup, patternGroups } from './pattern-groups.ts'
import { hasWildcard, type Universe } from './universe.ts'

export type RewriteForm = 'list' | 'except'

/** One changed statement before its wildcards are chosen. `clause: null` means that nothing of it stays. */
export type StatementDraft = {
  readonly index: number
  readonly kind: ActionClause['kind']
  /** Patterns of the original that stay word for word, in order. */
  readonly verbatim: readonly string[]
  readonly names: readonly ActionName[]
  readonly groups: readonly PatternGroup[]
  readonly dropped: boolean
  /** Services whose wildcard becomes a list. */
  readonly dropsFuture: readonly string[]
}

export type RewriteDraft = { readonly document: PolicyDocument; readonly statements: readonly StatementDraft[] }

/** What a document would become without `removed`; no statement in the draft when it loses nothing. */
export function draftRewrite(universe: Universe, document: PolicyDocument, removed: ActionSet, form: RewriteForm): RewriteDraft {
  const statements = document.statements
    .filter((statement) => statement.effect === 'Allow')
    .map((statement) => ({ statement, granted: statementActions(universe, statement) }))
    .filter(({ granted }) => intersects(granted, removed))
    .map(({ statement, granted }) => draftStatement(universe, statement, granted, removed, form))
  return { document, statements }
}

function draftStatement(universe: Universe, statement: Statement, granted: ActionSet, removed: ActionSet, form: RewriteForm): StatementDraft {
  const kept = difference(granted, removed)
  if (isEmptySet(kept)) {
    return { index: statement.index, kind: 'Action', verbatim: [], names: [], groups: [], dropped: true, dropsFuture: [] }
  }
  const wide = statement.actions.kind === 'NotAction' || statement.actions.patterns.includes('*')
  return form === 'except' && wide ? draftExcept(universe, statement, granted, removed) : draftList(universe, statement, kept, removed)
}

/** Names what stays. */
function draftList(universe: Universe, { index, actions }: Statement, kept: ActionSet, removed: ActionSet): StatementDraft {
  const untouched = (pattern: string): boolean => actions.kind === 'Action' && !universe.matches(pattern).some((at) => hasIndex(removed, at))
  const verbatim = actions.patterns.filter(untouched)
  const replaced = actions.patterns.filter((pattern) => !untouched(pattern))
  const covered = new Set(verbatim.flatMap((pattern) => universe.matches(pattern)))
  const names = indexesOf(kept)
    .filter((at) => !covered.has(at))
    .map((at) => universe.names[at] ?? '')
  const avoided = indexesOf(removed).map((at) => universe.names[at] ?? '')
  return {
    index,
    kind: 'Action',
    verbatim,
    names,
    groups: patternGroups(names, avoided, allowedBy({ kind: actions.kind, patterns: actions.kind === 'Action' ? replaced : actions.patterns })),
    dropped: false,
    dropsFuture: futureOf(universe, actions, replaced, kept),
  }
}

/** Names what goes, beside what a `NotAction` excluded before. */
function draftExcept(universe: Universe, { index, actions }: Statement, granted: ActionSet, removed: ActionSet): StatementDraft {
  const gone = intersection(granted, removed)
  const names = indexesOf(gone).map((at) => universe.names[at] ?? '')
  const avoided = indexesOf(difference(granted, removed)).map((at) => universe.names[at] ?? '')
  return {
    index,
    kind: 'NotAction',
    verbatim: actions.kind === 'NotAction' ? actions.patterns : [],
    names,
    groups: patternGroups(names, avoided, () => true),
    dropped: false,
    dropsFuture: [],
  }
}

/** Whether a new pattern lies inside what the statement granted. */
function allowedBy(actions: ActionClause): (pattern: string) => boolean {
  const globs = actions.patterns.map((pattern) => parseGlob(pattern, { foldCase: true }))
  return (pattern) => {
    const glob = parseGlob(pattern, { foldCase: true })
    return actions.kind === 'Action' ? globs.some((outer) => globContains(outer, glob)) : !globs.some((outer) => globsMeet(outer, glob))
  }
}

function futureOf(universe: Universe, actions: ActionClause, replaced: readonly string[], kept: ActionSet): readonly string[] {
  const wildcards = actions.kind === 'NotAction' ? ['*'] : replaced.filter(hasWildcard)
  const services = wildcards.flatMap((pattern) =>
    pattern === '*' ? indexesOf(kept).map((at) => serviceOf(universe.names[at] ?? '')) : [serviceOf(pattern)],
  )
  return [...new Set(services)].sort()
}

/** The patterns of a draft, with some of its groups written as wildcards. */
export function draftPatterns(draft: StatementDraft, wildcards: ReadonlySet<PatternGroup>): readonly string[] {
  const chosen = draft.groups.filter((group) => wildcards.has(group))
  const written = new Set(chosen.flatMap((group) => group.names))
  const patterns = [...draft.names.filter((name) => !written.has(name)), ...chosen.map((group) => group.wildcard)].sort()
  return [...draft.verbatim, ...patterns]
}
