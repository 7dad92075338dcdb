/**
 * The overlay: one inline Deny of exactly what a plan is going to remove, put before the rewrite. What breaks shows at once, and
 * one call takes it away again. It is never the end: the last stage of the rewrite removes it.
 *
 * It is found again by its name and its exact document. Proofs and analyses look at a role without it (the baseline of
 * semantics.md), so that what it denies is still judged.
 */
import type { InlinePolicy } from '../account/account.ts'
import type { RoleState } from '../account/role-state.ts'
import { sameDocument } from '../policy/same-document.ts'
import { sameName } from './apply-operation.ts'
import type { Operation } from './operation.ts'

export const OVERLAY_NAME = 'zt-tui-overlay'

/** The document that denies these actions everywhere. */
export const overlayText = (patterns: readonly string[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: 'ZtTuiOverlay', Effect: 'Deny', Action: patterns, Resource: '*' }],
  })

/** What the overlay denies; null for every other policy, one of the same name that somebody else wrote included. */
export function overlayPatterns(policy: InlinePolicy): readonly string[] | null {
  // The name first: of most policies the text was never written.
  if (!sameName(policy.name, OVERLAY_NAME)) return null
  const { text } = policy
  const patterns = actionsIn(text)
  return sameDocument(text, overlayText(patterns)) ? patterns : null
}

function actionsIn(text: string): readonly string[] {
  try {
    const action: unknown = JSON.parse(text)?.Statement?.[0]?.Action
    return Array.isArray(action) ? action.filter((pattern) => typeof pattern === 'string') : []
  } catch {
    return []
  }
}

export const isOverlay = (policy: InlinePolicy): boolean => overlayPatterns(policy) !== null

/** The overlay that stands on a role. */
export const overlayOn = ({ inline }: Pick<RoleState, 'inline'>): InlinePolicy | null => inline.find(isOverlay) ?? null

/** Policies of a role but for the overlay: what its grants are judged by. */
export const baseline = <T extends InlinePolicy & { readonly kind: string }>(policies: readonly T[]): readonly T[] =>
  policies.filter((policy) => policy.kind !== 'inline' || !isOverlay(policy))

/** The role as it is but for the overlay. */
export const withoutOverlay = (state: RoleState): RoleState => ({ ...state, inline: state.inline.filter((policy) => !isOverlay(policy)) })

export const putOverlay = (patterns: readonly string[]): Operation => ({
  kind: 'PutRolePolicy',
  policyName: OVERLAY_NAME,
  before: null,
  after: overlayText(patterns),
})

export const removeOverlay = ({ name, text }: InlinePolicy): Operation => ({ kind: 'DeleteRolePolicy', policyName: name, before: text })

/** Whether a change does nothing but put an overlay. */
export function isOverlayStage(operations: readonly Operation[]): boolean {
  const [only] = operations
  return operations.length === 1 && only?.kind === 'PutRolePolicy' && isOverlay({ name: only.policyName, text: only.after })
}
