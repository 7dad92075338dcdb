/**
 * Puts an overlay before the stages of a rewrite, and takes it away in the last of them. The rewrite is cut again with the overlay
 * in place, which takes room from its inline policies; it must come to the same removals.
 */
import type { RoleState } from '../account/role-state.ts'
import { type ActionSet, emptySet, isSubset, union } from '../policy/action-set.ts'
import type { PolicyDocument } from '../policy/document.ts'
import { applyOperation, inlineText } from './apply-operation.ts'
import { draftOverlay, freeOf } from './draft-overlay.ts'
import { OVERLAY_NAME, overlayOn, putOverlay, removeOverlay } from './overlay.ts'
import { stateDocuments } from './role-state-policies.ts'
import type { Shaping } from './shape.ts'
import type { Cutting, StageCut } from './stages.ts'
import { inlineSize } from './state-sizes.ts'

export const OVERLAY_TITLE = 'overlay: deny what goes, rewrite nothing'

/** `why`: what keeps the overlay away, in words; null when it is the first stage. */
export type Overlaid = { readonly cutting: Cutting; readonly why: string | null }

/** @param recut cuts the same removal from another state */
export function overlayFirst(shaping: Shaping, state: RoleState, plain: Cutting, recut: (state: RoleState) => Cutting): Overlaid {
  const refuse = (why: string): Overlaid => ({ cutting: plain, why })
  if (plain.stages.length === 0) return refuse('nothing would be denied')
  if (overlayOn(state) !== null) return refuse('one is in place already')
  if (inlineText(state, OVERLAY_NAME) !== null) return refuse(`an inline policy ${OVERLAY_NAME} is there already`)
  let last = refuse('the rewrite does not fit beside it')
  for (const room of roomsFor(shaping, state, plain)) {
    last = overlayWithin(shaping, state, { plain, room, recut })
    if (last.why === null) return last
  }
  return last
}

/** What the inline policies leave throughout the rewrite as it is without an overlay, and what they leave now. */
function roomsFor({ limits }: Shaping, state: RoleState, { stages }: Cutting): readonly number[] {
  let [now, most] = [state, inlineSize(state)]
  for (const operation of stages.flatMap(({ operations }) => operations)) {
    now = applyOperation(now, operation)
    most = Math.max(most, inlineSize(now))
  }
  return [limits.inlineSumPerRole - most, limits.inlineSumPerRole - inlineSize(state)]
}

type Beside = { readonly plain: Cutting; readonly room: number; readonly recut: (state: RoleState) => Cutting }

function overlayWithin(shaping: Shaping, state: RoleState, { plain, room, recut }: Beside): Overlaid {
  const refuse = (why: string): Overlaid => ({ cutting: plain, why })
  const { universe } = shaping
  const removed = removedIn(shaping, plain)
  const draft = draftOverlay(universe, { removed, room, allows: freeOf(documentsAtEnd(shaping, plain)) })
  if (draft.size > room) return refuse(`its Deny needs ${draft.size} characters and the inline policies leave ${Math.max(0, room)}`)
  const operation = putOverlay(draft.patterns)
  const covered = applyOperation(state, operation)
  const cutting = recut(covered)
  if (!sameSet(removed, removedIn(shaping, cutting))) return refuse('the rewrite does not fit beside it')
  if (!draft.patterns.every(freeOf(documentsAtEnd(shaping, cutting))))
    return refuse('it would deny what a wildcard of the rewritten policies keeps')
  const first: StageCut = { title: OVERLAY_TITLE, removed, operations: [operation], before: state, after: covered, dropsFuture: [] }
  return { cutting: { ...cutting, stages: [first, ...cutting.stages] }, why: null }
}

const documentsAtEnd = ({ read }: Shaping, { stages }: Cutting): readonly PolicyDocument[] => {
  const end = stages.at(-1)
  return end === undefined ? [] : stateDocuments(end.after, read)
}

/** The last stage takes away the overlay that stands when it begins, after everything else. */
export function withoutOverlayAtEnd(stages: readonly StageCut[]): readonly StageCut[] {
  const last = stages.at(-1)
  const overlay = last === undefined ? null : overlayOn(last.before)
  if (last === undefined || overlay === null) return stages
  const operation = removeOverlay(overlay)
  const end = { ...last, operations: [...last.operations, operation], after: applyOperation(last.after, operation) }
  return [...stages.slice(0, -1), end]
}

/** What the stages of a cutting take away together. */
export const removedIn = ({ universe }: Pick<Shaping, 'universe'>, { stages }: Pick<Cutting, 'stages'>): ActionSet =>
  stages.reduce((all, { removed }) => union(all, removed), emptySet(universe.size))

const sameSet = (a: ActionSet, b: ActionSet): boolean => isSubset(a, b) && isSubset(b, a)
