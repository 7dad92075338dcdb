/**
 * Makes the plan of one role: what goes, what stays and why, in which stages, by which AWS calls, and the proof of each stage.
 */
import { readableDocuments } from '../account/role-policies.ts'
import type { RoleState } from '../account/role-state.ts'
import type { RoleJudgement } from '../evidence/judge.ts'
import type { ActionSet } from '../policy/action-set.ts'
import { countOf, difference, indexesOf, intersection, union } from '../policy/action-set.ts'
import { createPlacer, type Placer } from '../policy/cover.ts'
import type { PolicyDocument } from '../policy/document.ts'
import { allowedActions } from '../policy/grants.ts'
import { type ActionName, serviceOf } from '../policy/names.ts'
import { rememberRecent } from '../policy/recent.ts'
import { patternSet, type Universe } from '../policy/universe.ts'
import { lostSiblings } from './lost-siblings.ts'
import { operationTarget } from './operation.ts'
import { isOverlayStage, overlayOn } from './overlay.ts'
import { type Overlaid, overlayFirst, removedIn, withoutOverlayAtEnd } from './overlay-stages.ts'
import type { PlannedPolicy, PlanStage, RolePlan } from './plan.ts'
import { isServiceMaintained } from './policy-drafts.ts'
import { proveStage } from './proof.ts'
import { cutRemoval, requiredReasons } from './removal.ts'
import { plannedPolicies, stateDocuments, statePolicies } from './role-state-policies.ts'
import type { Shaping } from './shape.ts'
import { type Cutting, cutStages, type StageCut } from './stages.ts'
import { stateHash } from './state-hash.ts'
import { stateSizes } from './state-sizes.ts'

export type ProposalInput = {
  readonly shaping: Shaping
  readonly state: RoleState
  readonly judgement: RoleJudgement
  /** Policies whose grants have no date of their own. */
  readonly undated: readonly string[]
  /** Actions of escalation paths: they go first. */
  readonly escalation: ActionSet
  /** Action patterns that the admin keeps, or removes although nothing proves them unused. Keeping wins. */
  readonly keep: readonly string[]
  readonly remove: readonly string[]
  /** Whether an overlay goes first, where it fits. */
  readonly overlay: boolean
  /** The risk score that the role would have with these documents. */
  readonly riskOf: (documents: readonly PolicyDocument[]) => number
  /** Absent: one of its own for each proof. */
  readonly place?: Placer
}

/** How a note begins that says why something unused stays in no stage. */
export const NOTHING_PROPOSED = 'nothing was proposed'

export function proposeRole(input: ProposalInput): RolePlan {
  const { shaping, state, judgement, undated, escalation } = input
  const { universe } = shaping
  const cutFrom =
    (removal: ActionSet) =>
    (from: RoleState): Cutting =>
      cutStages(shaping, from, judgement.granted, removal, escalation)
  const found = cutRemoval({ universe, granted: judgement.granted }, wantedRemoval(input), (removal) => cutFrom(removal)(state))
  const { removal } = found
  const overlaid = input.overlay ? overlayFirst(shaping, state, found.cutting, cutFrom(removal)) : null
  const cutting = overlaid?.cutting ?? found.cutting
  const reasons = requiredReasons(universe, judgement, found)
  const cuts = withoutOverlayAtEnd(cutting.stages)
  const staged = removedIn(shaping, cutting)
  const plannedOf = rememberRecent(RECENT_STATES, (at: RoleState) => plannedPolicies(at, shaping.read))
  const stages = cuts.map((cut, at) => planStage(input, { ...cut, n: at + 1, plannedOf }))
  return {
    roleName: state.roleName,
    arn: state.arn,
    roleId: state.roleId,
    stateHash: stateHash(state),
    stages,
    keptUnknown: namesOf(universe, difference(judgement.unknown, removal)),
    required: Object.keys(reasons),
    requiredReasons: reasons,
    dropsFuture: [...new Set(cuts.flatMap(({ dropsFuture }) => dropsFuture))].sort(),
    asked: namesOf(universe, intersection(judgement.unknown, removal)),
    undated: stages.length === 0 ? [] : undated,
    lostSiblings: lostSiblings(universe, difference(judgement.granted, staged), staged),
    ...(overlaid === null ? {} : { overlay: { fits: overlaid.why === null, why: overlaid.why } }),
    notes: [...leftAlone(input), ...leftOver(input, removal, cutting), ...overlayNotes(input, overlaid, cuts)],
  }
}

/** Unused, or asked for; not what is kept. */
function wantedRemoval(input: ProposalInput): ActionSet {
  const { shaping, judgement, keep, remove } = input
  const { universe } = shaping
  const asked = intersection(judgement.unknown, patternSet(universe, remove))
  const staying = union(patternSet(universe, keep), grantedByUntouched(input))
  return difference(union(judgement.unused, asked), staying)
}

/** A stage begins where the one before it ends. */
const RECENT_STATES = 8

type StageToPlan = StageCut & { readonly n: number; plannedOf(state: RoleState): PlannedPolicy[] }

function planStage({ shaping, riskOf, place = createPlacer() }: ProposalInput, stage: StageToPlan): PlanStage {
  const { universe, read, limits } = shaping
  const { n, plannedOf, before, after, operations, removed, title } = stage
  const removes = namesOf(universe, removed)
  return {
    n,
    ...(isOverlayStage(operations) ? { kind: 'overlay' as const } : {}),
    title,
    startHash: stateHash(before),
    removes,
    before: plannedOf(before),
    after: plannedOf(after),
    operations: operations.map((operation) => ({ ...operation, target: operationTarget(operation) })),
    proof: proveStage({ universe, read, place, limits, before, after, operations, removed }),
    sizes: stateSizes(after, limits),
    riskAfter: riskOf(stateDocuments(after, read)),
    decisions: new Set(removes.map(serviceOf)).size,
  }
}

/** What no stage removes although it is unused. */
function leftOver({ shaping }: ProposalInput, removal: ActionSet, cutting: Cutting): string[] {
  if (cutting.left === null) return []
  if (cutting.stages.length === 0) return [`${NOTHING_PROPOSED}: ${cutting.left}`]
  const staged = removedIn(shaping, cutting)
  return [`${countOf(difference(removal, staged))} unused actions stay: ${cutting.left}`]
}

/** Why there is no overlay, or what one means: a Deny reaches further than the policies of the role. */
function overlayNotes({ state }: ProposalInput, overlaid: Overlaid | null, cuts: readonly StageCut[]): string[] {
  if (overlaid !== null && overlaid.why !== null) return [`no overlay: ${overlaid.why}`]
  if (overlaid !== null) return ['the overlay also denies what resource policies grant the role directly; the rewrite does not']
  if (overlayOn(state) === null) return []
  return [
    cuts.length === 0
      ? 'an overlay is in place and nothing is left to remove: roll it back'
      : 'an overlay is in place: the last stage removes it',
  ]
}

/** What a policy that is left alone grants stays granted, so it is not announced as removed. */
function grantedByUntouched({ shaping, state }: ProposalInput): ActionSet {
  const untouched = statePolicies(state, shaping.read).filter(isServiceMaintained)
  return allowedActions(shaping.universe, readableDocuments(untouched))
}

function leftAlone({ shaping, state }: ProposalInput): string[] {
  return statePolicies(state, shaping.read).flatMap((policy) => {
    if (policy.text === '') return [`${policy.name} is left alone: its document is not known`]
    if (!policy.parsed.ok) return [`${policy.name} is left alone: ${policy.parsed.problem.message}`]
    return isServiceMaintained(policy) ? [`${policy.name} is left alone: AWS maintains it for the service`] : []
  })
}

const namesOf = (universe: Universe, actions: ActionSet): ActionName[] => indexesOf(actions).map((index) => universe.names[index] ?? '')
