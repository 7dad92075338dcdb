/**
 * Takes actions out of the Allow statements of a document. Only statements that lose something change, and only their
 * action list: patterns that match no removed action stay as they are, a pattern that does is replaced by what it keeps.
 *
 *   Allow s3:*, sqs:SendMessage − { s3:DeleteBucket, … }   →   Allow sqs:SendMessage, s3:GetObject, s3:PutObject
 *
 * Deny statements are never touched. Nothing is granted that was not: names come from the pattern they replace, and
 * wildcards are contained in it. A rewrite has two forms. `list` names what stays and so drops what AWS will add later;
 * `except` (for `*` and `NotAction` only) names what goes in one `NotAction` and keeps the rest, known or not. Where the future of a
 * service shall be kept, a list holds every wildcard that stands for several names: what AWS adds beside them is granted too.
 */
import type { ActionSet } from './action-set.ts'
import { difference, hasIndex, indexesOf, intersection, intersects, isEmptySet } from './action-set.ts'
import type { ActionClause, PolicyDocument, Statement } from './document.ts'
import { statementActions } from './grants.ts'
import type { ActionName } from './names.ts'
import { serviceOf } from './names.ts'
import type { PatternGroup, PatternGrouper } from './pattern-groups.ts'
import { hasWildcard, patternSet, type Universe } from './universe.ts'

export type RewriteForm = 'list' | 'except'

export type Wording = {
  readonly form: RewriteForm
  /** Whether later actions of a service shall be granted as far as wildcards reach. */
  keepsFuture(service: string): boolean
  /** Finds shorter ways to write lists. */
  readonly group: PatternGrouper
}

/** One changed statement before its wildcards are chosen. */
export type StatementDraft = {
  readonly index: number
  readonly kind: ActionClause['kind']
  /** Patterns that are written in any case: those of the original word for word, in order, then wildcards that keep the future. */
  readonly verbatim: readonly string[]
  readonly names: readonly ActionName[]
  readonly groups: readonly PatternGroup[]
  /** Nothing of it stays: the whole statement goes. */
  readonly dropped: boolean
  /** Services whose wildcard becomes a list, so that their later and uncatalogued actions go. */
  readonly dropsFuture: readonly string[]
}

export type RewriteDraft = { readonly document: PolicyDocument; readonly statements: readonly StatementDraft[] }

/** What a document would become without `removed`; no statement in the draft when it loses nothing. */
export function draftRewrite(universe: Universe, document: PolicyDocument, removed: ActionSet, wording: Wording): RewriteDraft {
  const statements = document.statements
    .filter((statement) => statement.effect === 'Allow' && losesSome(universe, statement, removed))
    .map((statement) => draftStatement(universe, statement, removed, wording))
  return { document, statements }
}

function losesSome(universe: Universe, statement: Statement, removed: ActionSet): boolean {
  const { kind, patterns } = statement.actions
  return kind === 'NotAction'
    ? intersects(statementActions(universe, statement), removed)
    : patterns.some((pattern) => matchesSome(universe, pattern, removed))
}

const matchesSome = (universe: Universe, pattern: string, actions: ActionSet): boolean =>
  universe.matches(pattern).some((at) => hasIndex(actions, at))

const draftStatement = (universe: Universe, statement: Statement, removed: ActionSet, wording: Wording): StatementDraft =>
  wording.form === 'except' && isWide(statement)
    ? draftExcept(universe, statement, removed, wording)
    : draftList(universe, statement, removed, wording)

/** Statements that can be written as "all but". */
export const isWide = ({ effect, actions }: Statement): boolean =>
  effect === 'Allow' && (actions.kind === 'NotAction' || actions.patterns.includes('*'))

/** Names what stays. A pattern that matches no removed action stays even when the universe knows nothing that it matches. */
function draftList(universe: Universe, statement: Statement, removed: ActionSet, { keepsFuture, group }: Wording): StatementDraft {
  const { index, actions } = statement
  const isTouched = (pattern: string): boolean => matchesSome(universe, pattern, removed)
  const verbatim = actions.kind === 'Action' ? actions.patterns.filter((pattern) => !isTouched(pattern)) : []
  const replaced: ActionClause = verbatim.length > 0 ? { ...actions, patterns: actions.patterns.filter(isTouched) } : actions
  const named = keptOf(universe, replaced, { removed, verbatim })
  const groups = group({ kept: named, avoided: removed, allows: replaced })
  const open = groups.filter(({ names, wildcard }) => names.length > 1 && keepsFuture(serviceOf(wildcard)))
  const written = new Set(open.flatMap(({ names }) => names))
  const whole = new Set(open.filter(({ wildcard }) => wildcard.endsWith(':*')).map(({ wildcard }) => serviceOf(wildcard)))
  return {
    index,
    kind: 'Action',
    verbatim: [...verbatim, ...open.map(({ wildcard }) => wildcard)],
    names: namesOf(universe, named).filter((name) => !written.has(name)),
    groups: groups.filter((found) => !open.includes(found)),
    dropped: verbatim.length === 0 && isEmptySet(named),
    dropsFuture: servicesCutShort(universe, replaced, named).filter((service) => !whole.has(service)),
  }
}

/** What replaced patterns leave and no pattern that stays grants: nothing where they are plain names. */
function keptOf(
  universe: Universe,
  replaced: ActionClause,
  { removed, verbatim }: { readonly removed: ActionSet; readonly verbatim: readonly string[] },
): ActionSet {
  if (replaced.kind === 'NotAction') return difference(universe.actionsOf(replaced), removed)
  const leaves = replaced.patterns.some((pattern) => universe.matches(pattern).some((at) => !hasIndex(removed, at)))
  if (!leaves) return universe.nothing
  return difference(difference(patternSet(universe, replaced.patterns), removed), patternSet(universe, verbatim))
}

const EVERYTHING: ActionClause = { kind: 'Action', patterns: ['*'] }

/** Names what goes, beside what a `NotAction` excluded before. */
function draftExcept(universe: Universe, statement: Statement, removed: ActionSet, { group }: Wording): StatementDraft {
  const { index, actions } = statement
  const granted = statementActions(universe, statement)
  const gone = intersection(granted, removed)
  const kept = difference(granted, removed)
  return {
    index,
    kind: 'NotAction',
    verbatim: actions.kind === 'NotAction' ? actions.patterns : [],
    names: namesOf(universe, gone),
    groups: group({ kept: gone, avoided: kept, allows: EVERYTHING }),
    dropped: isEmptySet(kept),
    dropsFuture: [],
  }
}

const namesOf = (universe: Universe, set: ActionSet): ActionName[] => indexesOf(set).map((index) => universe.names[index] ?? '')

/** The services of wildcards that go; of "all", those that keep something. */
function servicesCutShort(universe: Universe, { kind, patterns }: ActionClause, named: ActionSet): readonly string[] {
  const isAll = kind === 'NotAction' || patterns.includes('*')
  const staying = new Set(indexesOf(named).map((at) => universe.serviceAt[at] ?? ''))
  const cut = isAll ? [...staying] : patterns.filter(hasWildcard).map(serviceOf)
  return [...new Set(cut)].sort()
}

/** The patterns of a draft, with some of its groups written as wildcards. */
export function draftPatterns(draft: StatementDraft, wildcards: ReadonlySet<PatternGroup>): readonly string[] {
  const chosen = draft.groups.filter((group) => wildcards.has(group))
  const written = new Set(chosen.flatMap((group) => group.names))
  const patterns = [...draft.names.filter((name) => !written.has(name)), ...chosen.map((group) => group.wildcard)].sort()
  return [...draft.verbatim, ...patterns]
}
