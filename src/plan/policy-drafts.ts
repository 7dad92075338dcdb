/**
 * A changed policy of a role while its place and its wording are still open: names or wildcards, list or `NotAction`.
 */
import type { ActionSet } from '../policy/action-set.ts'
import type { ActionClause } from '../policy/document.ts'
import { editPolicyText } from '../policy/edit-text.ts'
import type { PatternGroup } from '../policy/pattern-groups.ts'
import { draftPatterns, draftRewrite, type RewriteDraft, type RewriteForm } from '../policy/rewrite.ts'
import { policySize } from '../policy/size.ts'
import type { Universe } from '../policy/universe.ts'
import type { StatePolicy } from './role-state-policies.ts'

export type PolicyDraft = { readonly policy: StatePolicy; readonly rewrite: RewriteDraft }

/** A text of a draft; null when nothing of the policy stays. */
export type WrittenDraft = { readonly text: string | null; readonly size: number; readonly wildcards: number }

/** The policies that lose something. Policies that do not parse are left alone: nothing is known about them. */
export function draftPolicies(universe: Universe, policies: readonly StatePolicy[], removed: ActionSet, form: RewriteForm): PolicyDraft[] {
  return policies.flatMap((policy) => {
    if (!policy.parsed.ok || isServiceMaintained(policy)) return []
    const rewrite = draftRewrite(universe, policy.parsed.document, removed, form)
    return rewrite.statements.length === 0 ? [] : [{ policy, rewrite }]
  })
}

/** AWS maintains these for the service that uses the role. */
export const isServiceMaintained = ({ arn, kind }: StatePolicy): boolean => kind === 'aws-managed' && arn !== null && arn.includes(':policy/service-role/')

/** Writes names where they fit into `limit`, else as few wildcards as it takes; all of them when even those are too long. */
export function writeDraft(draft: PolicyDraft, limit: number): WrittenDraft {
  const groups = draft.rewrite.statements.flatMap((statement) => statement.groups).sort((a, b) => b.saving - a.saving)
  const literal = write(draft, new Set())
  if (literal.size <= limit) return literal
  let excess = literal.size - limit
  const chosen = new Set<PatternGroup>()
  for (const group of groups) {
    if (excess <= 0) break
    chosen.add(group)
    excess -= group.saving
  }
  return write(draft, chosen)
}

function write({ policy, rewrite }: PolicyDraft, wildcards: ReadonlySet<PatternGroup>): WrittenDraft {
  const edits = new Map<number, ActionClause | null>(
    rewrite.statements.map((draft) => [draft.index, draft.dropped ? null : { kind: draft.kind, patterns: draftPatterns(draft, wildcards) }]),
  )
  const text = editPolicyText(policy.text, edits)
  return { text, size: text === null ? 0 : policySize(text), wildcards: wildcards.size }
}

export const draftDropsFuture = (drafts: readonly PolicyDraft[]): readonly string[] =>
  [...new Set(drafts.flatMap(({ rewrite }) => rewrite.statements.flatMap(({ dropsFuture }) => dropsFuture)))].sort()
