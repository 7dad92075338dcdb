/**
 * A changed policy of a role while its place and its wording are still open: names or wildcards, list or `NotAction`. Sizes are
 * known before any text is written, so a place can be found, or given up, on figures alone.
 */
import type { ActionSet } from '../policy/action-set.ts'
import type { ActionClause } from '../policy/document.ts'
import { editPolicyText } from '../policy/edit-text.ts'
import { serviceOf } from '../policy/names.ts'
import { type PatternGroup, writtenLength } from '../policy/pattern-groups.ts'
import { draftPatterns, draftRewrite, type RewriteDraft, type StatementDraft, type Wording } from '../policy/rewrite.ts'
import { policySize } from '../policy/size.ts'
import type { Universe } from '../policy/universe.ts'
import type { StatePolicy } from './role-state-policies.ts'

export type PolicyDraft = {
  readonly policy: StatePolicy
  readonly rewrite: RewriteDraft
  /** Nothing of the policy stays. */
  readonly isEmpty: boolean
  /** Characters around the new lists, with every name written out, and with every wildcard that there is. */
  readonly frameSize: number
  readonly literalSize: number
  readonly leastSize: number
}

/** The policies that lose something. Policies that do not parse are left alone: nothing is known about them. */
export function draftPolicies(universe: Universe, policies: readonly StatePolicy[], removed: ActionSet, wording: Wording): PolicyDraft[] {
  return policies.flatMap((policy) => {
    if (!policy.parsed.ok || isServiceMaintained(policy)) return []
    const rewrite = draftRewrite(universe, policy.parsed.document, removed, wording)
    return rewrite.statements.length === 0 ? [] : [measure(policy, rewrite)]
  })
}

/** AWS maintains these for the service that uses the role. */
export const isServiceMaintained = ({ arn, kind }: StatePolicy): boolean =>
  kind === 'aws-managed' && arn !== null && arn.includes(':policy/service-role/')

function measure(policy: StatePolicy, rewrite: RewriteDraft): PolicyDraft {
  const frame = editPolicyText(
    policy.text,
    editsOf(rewrite, () => []),
  )
  if (frame === null) return { policy, rewrite, isEmpty: true, frameSize: 0, literalSize: 0, leastSize: 0 }
  const frameSize = policySize(frame)
  let literalSize = frameSize
  for (const { dropped, verbatim, names } of rewrite.statements)
    if (!dropped) for (const list of [verbatim, names]) for (const pattern of list) literalSize += writtenLength(pattern)
  const saving = groupsOf(rewrite).reduce((sum, group) => sum + group.saving, 0)
  return { policy, rewrite, isEmpty: false, frameSize, literalSize, leastSize: literalSize - saving }
}

const groupsOf = ({ statements }: RewriteDraft): readonly PatternGroup[] =>
  statements.flatMap(({ dropped, groups }) => (dropped ? [] : groups))

const editsOf = (
  rewrite: RewriteDraft,
  patternsOf: (draft: StatementDraft) => readonly string[],
): ReadonlyMap<number, ActionClause | null> =>
  new Map(rewrite.statements.map((draft) => [draft.index, draft.dropped ? null : { kind: draft.kind, patterns: patternsOf(draft) }]))

/** The wildcards with which drafts fit together into `room` characters: none, or the fewest, the most saving ones first. */
export function chooseWildcards(drafts: readonly PolicyDraft[], room: number): ReadonlySet<PatternGroup> {
  const groups = drafts.flatMap(({ rewrite }) => groupsOf(rewrite)).sort((a, b) => b.saving - a.saving)
  const chosen = new Set<PatternGroup>()
  let excess = drafts.reduce((sum, { literalSize }) => sum + literalSize, 0) - room
  for (const group of groups) {
    if (excess <= 0) break
    chosen.add(group)
    excess -= group.saving
  }
  return chosen
}

/** Characters of a draft with these wildcards, or a few more: last commas, and the brackets of a single name. */
export const sizeWith = ({ rewrite, literalSize }: PolicyDraft, wildcards: ReadonlySet<PatternGroup>): number =>
  groupsOf(rewrite).reduce((size, group) => (wildcards.has(group) ? size - group.saving : size), literalSize)

/** The text of a draft; null when nothing of the policy stays. */
export const writeDraft = ({ policy, rewrite }: PolicyDraft, wildcards: ReadonlySet<PatternGroup>): string | null =>
  editPolicyText(
    policy.text,
    editsOf(rewrite, (draft) => draftPatterns(draft, wildcards)),
  )

/** Services whose later actions go: those of wildcards that became lists, and those that a wildcard in a `NotAction` excludes. */
export function draftDropsFuture({ rewrite }: PolicyDraft, wildcards: ReadonlySet<PatternGroup>): readonly string[] {
  return rewrite.statements.flatMap(({ kind, dropped, dropsFuture, groups }) => {
    const excluded = kind === 'NotAction' && !dropped ? groups.filter((group) => wildcards.has(group)) : []
    return [...dropsFuture, ...excluded.map(({ wildcard }) => serviceOf(wildcard))]
  })
}
