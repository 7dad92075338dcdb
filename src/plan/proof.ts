/**
 * Proves a stage before anybody may apply it. Three claims, each with a counterexample when it fails:
 *
 *   no new access  every atom allowed after is covered by one Allow statement before; every Deny before is there after
 *   used kept      whatever the stage does not remove is still allowed, on the same resources under the same conditions
 *   prefixes       at every step, there and back, the role has at least the target and at most what it had, and fits
 *
 * A policy that does not parse is taken for what it is: it must stay word for word, and none may come.
 */
import type { PolicyReader } from '../account/role-policies.ts'
import type { RoleState } from '../account/role-state.ts'
import type { ActionSet } from '../policy/action-set.ts'
import { createPlacer } from '../policy/cover.ts'
import type { PolicyDocument } from '../policy/document.ts'
import type { Universe } from '../policy/universe.ts'
import type { Operation } from './operation.ts'
import type { StageProof } from './plan.ts'
import { changedDeny, changedUnreadable, lostAccess, newAccess, type Side, sideOfPolicies } from './proof-claims.ts'
import { failingStep } from './proof-steps.ts'
import { statePolicies } from './role-state-policies.ts'
import type { ShapeLimits } from './shape.ts'

export type ProofInput = {
  readonly universe: Universe
  readonly read: PolicyReader
  readonly limits: ShapeLimits
  readonly before: RoleState
  readonly after: RoleState
  readonly operations: readonly Operation[]
  /** What the stage announces to remove. */
  readonly removed: ActionSet
}

export function proveStage({ universe, read, limits, before, after, operations, removed }: ProofInput): StageProof {
  const place = createPlacer()
  const sideOf = (state: RoleState): Side => sideOfPolicies(statePolicies(state, read), place)
  const [old, target] = [sideOf(before), sideOf(after)]
  const gained = changedUnreadable(old, target) ?? newAccess(target, old) ?? changedDeny(old, target)
  const lost = lostAccess({ universe, removed }, old, target)
  const misstep = failingStep({ sideOf, limits, before, after, operations })
  return {
    noNewAccess: gained === null,
    usedKept: lost === null,
    prefixes: misstep === null,
    counterexample: gained ?? lost ?? misstep,
  }
}

export const isProved = (proof: StageProof): boolean => proof.noNewAccess && proof.usedKept && proof.prefixes

/** An atom of `after` that no statement of `before` covers; null when there is none. */
export function newAccessIn(after: readonly PolicyDocument[], before: readonly PolicyDocument[]): string | null {
  const place = createPlacer()
  const sideOf = (documents: readonly PolicyDocument[]): Side => ({ documents: documents.map(place), unreadable: new Set() })
  return newAccess(sideOf(after), sideOf(before))
}
