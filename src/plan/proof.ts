/**
 * Proves a stage before anybody may apply it. Three claims, each with a counterexample when it fails:
 *
 *   no new access  every atom allowed after is covered by one Allow statement before; every Deny before is there after
 *   used kept      whatever the stage does not remove is still allowed, on the same resources under the same conditions
 *   prefixes       at every step, there and back, the role has at least the target and at most what it had, and fits
 *
 * Our own overlay is no part of either side: it takes nothing for good, and a new one may deny only what is announced.
 * A policy that does not parse is taken for what it is: it must stay word for word, and none may come.
 */
import type { PolicyReader } from '../account/role-policies.ts'
import type { RoleState } from '../account/role-state.ts'
import type { ActionSet } from '../policy/action-set.ts'
import { createPlacer, type Placer } from '../policy/cover.ts'
import type { PolicyDocument } from '../policy/document.ts'
import { rememberRecent } from '../policy/recent.ts'
import type { Universe } from '../policy/universe.ts'
import type { Operation } from './operation.ts'
import { overlayOn, overlayPatterns, withoutOverlay } from './overlay.ts'
import type { StageProof } from './plan.ts'
import {
  type Announced,
  changedDeny,
  changedUnreadable,
  lostAccess,
  lostToPatterns,
  newAccess,
  type Side,
  sideOfPolicies,
} from './proof-claims.ts'
import { failingStep } from './proof-steps.ts'
import { statePolicies } from './role-state-policies.ts'
import type { ShapeLimits } from './shape.ts'

export type ProofInput = {
  readonly universe: Universe
  readonly read: PolicyReader
  /** Absent: one of its own. */
  readonly place?: Placer
  readonly limits: ShapeLimits
  readonly before: RoleState
  readonly after: RoleState
  readonly operations: readonly Operation[]
  /** What the stage announces to remove. */
  readonly removed: ActionSet
}

export function proveStage({ universe, read, place = createPlacer(), limits, before, after, operations, removed }: ProofInput): StageProof {
  const sideOf = rememberRecent(RECENT_STATES, (state: RoleState) => sideOfPolicies(statePolicies(withoutOverlay(state), read), place))
  const [old, target] = [sideOf(before), sideOf(after)]
  const gained = changedUnreadable(old, target) ?? newAccess(target, old) ?? changedDeny(old, target)
  const lost = lostAccess({ universe, removed }, old, target) ?? lostToOverlay({ universe, removed }, { before, after, old })
  const misstep = failingStep({ sideOf, limits, before, after, operations })
  return {
    noNewAccess: gained === null,
    usedKept: lost === null,
    prefixes: misstep === null,
    counterexample: gained ?? lost ?? misstep,
  }
}

/** Each step of a stage asks for its state a few times. */
const RECENT_STATES = 32

/** What an overlay that was not there before would deny beyond what is announced. */
function lostToOverlay(announced: Announced, { before, after, old }: { before: RoleState; after: RoleState; old: Side }): string | null {
  const overlay = overlayOn(after)
  if (overlay === null || overlayOn(before)?.text === overlay.text) return null
  return lostToPatterns(announced, old, overlayPatterns(overlay) ?? [])
}

export const isProved = (proof: StageProof): boolean => proof.noNewAccess && proof.usedKept && proof.prefixes

/** An atom of `after` that no statement of `before` covers; null when there is none. */
export function newAccessIn(after: readonly PolicyDocument[], before: readonly PolicyDocument[]): string | null {
  const place = createPlacer()
  const sideOf = (documents: readonly PolicyDocument[]): Side => ({ documents: documents.map(place), unreadable: new Set() })
  return newAccess(sideOf(after), sideOf(before))
}
