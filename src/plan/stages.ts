/**
 * Cuts a role's removals into stages: danger first, so that what could do most harm goes first and what is hardest to miss
 * goes last. A stage whose result fits into no policy is joined with the next one; where the last ones do not fit, the stages before
 * them are joined too, as few as need be; what fits in no way is left. For very wide grants, where naming all that
 * stays is hopeless, whole unused services may go first. The cutting with the most stages wins, danger order before services;
 * one that needs no joining is taken at once.
 */
import type { RoleState } from '../account/role-state.ts'
import type { ActionSet } from '../policy/action-set.ts'
import { addTo, difference, emptySet, hasIndex, intersection, isEmptySet, isSubset, setOf, union } from '../policy/action-set.ts'
import { dangerClasses, splitByDanger } from './danger.ts'
import type { Operation } from './operation.ts'
import { type Shape, type Shaping, shapeStage } from './shape.ts'

export type StageCut = {
  readonly title: string
  readonly removed: ActionSet
  readonly operations: readonly Operation[]
  readonly before: RoleState
  readonly after: RoleState
  readonly dropsFuture: readonly string[]
}

/** `left` says why some of the removal is in no stage: it fits nowhere. Null when everything is. */
export type Cutting = { readonly stages: readonly StageCut[]; readonly left: string | null }

/** A cutting whose reason is not in words yet. */
type Attempt = { readonly stages: readonly StageCut[]; readonly left: Why | null }
type Why = () => string

type Portion = { readonly titles: readonly string[]; readonly removed: ActionSet }

export function cutStages(shaping: Shaping, state: RoleState, granted: ActionSet, removal: ActionSet, escalation: ActionSet): Cutting {
  const byDanger = (rest: ActionSet): Portion[] => {
    const classes = splitByDanger(shaping.universe, escalation, rest)
    return dangerClasses.map(({ id, title }) => ({ titles: [title], removed: classes.get(id) ?? emptySet(shaping.universe.size) }))
  }
  const servicesFirst = (): Portion[] => {
    const whole = wholeServices(shaping, granted, removal)
    return [{ titles: ['whole unused services'], removed: whole }, ...byDanger(difference(removal, whole))]
  }
  const ways = [() => byDanger(removal), servicesFirst, () => [{ titles: ['everything unused'], removed: removal }]]
  const shapers: Shapers = { between: rememberShapes(shaping), last: rememberShapes(lastOf(shaping)) }
  let best: Attempt | null = null
  let latest: Attempt = { stages: [], left: null }
  for (const way of ways) {
    const portions = way().filter(({ removed }) => !isEmptySet(removed))
    latest = cut(shapers, state, portions)
    if (best === null || isBetter(latest, best)) best = latest
    if (best.left === null && best.stages.length >= portions.length) break
  }
  const { stages, left } = best ?? latest
  // The last way takes everything at once: what keeps that from fitting says best what would make it fit.
  return { stages, left: left === null ? null : (latest.left?.() ?? null) }
}

/** Everything in some stage comes first, then more stages. */
const isBetter = (one: Attempt, other: Attempt): boolean =>
  (one.left === null) === (other.left === null) ? one.stages.length > other.stages.length : one.left === null

/** A portion that fits nowhere waits for the next; where none follows, the stages before it are taken back one by one. */
function cut(shapers: Shapers, start: RoleState, portions: readonly Portion[]): Attempt {
  const stages: StageCut[] = []
  let waiting: readonly Portion[] = []
  let left: Why | null = null
  for (const [at, portion] of portions.entries()) {
    const isLast = at === portions.length - 1
    waiting = [...waiting, portion]
    const shaped = shapePortions(isLast ? shapers.last : shapers.between, stages.at(-1)?.after ?? start, waiting)
    if (typeof shaped === 'function') {
      left ??= shaped
      continue
    }
    stages.push(shaped)
    waiting = []
    left = null
  }
  return waiting.length === 0 ? { stages, left: null } : (joinedAtEnd(shapers, start, stages, waiting) ?? { stages, left })
}

const lastOf = (shaping: Shaping): Shaping => {
  const { extraPolicies, finalPolicies = extraPolicies } = shaping.limits
  return { ...shaping, limits: { ...shaping.limits, extraPolicies: finalPolicies } }
}

/** The longest beginning of the stages from which all the rest fits as one. */
function joinedAtEnd(shapers: Shapers, start: RoleState, stages: readonly StageCut[], waiting: readonly Portion[]): Attempt | null {
  for (let kept = stages.length - 1; kept >= 0; kept--) {
    const joined = [...stages.slice(kept).map(({ title, removed }) => ({ titles: [title], removed })), ...waiting]
    const shaped = shapePortions(shapers.last, stages[kept - 1]?.after ?? start, joined)
    if (typeof shaped !== 'function') return { stages: [...stages.slice(0, kept), shaped], left: null }
  }
  return null
}

/** The ways to cut meet in the same attempts, the one at everything at once above all. */
function rememberShapes(shaping: Shaping): Shaper {
  const known: { readonly before: RoleState; readonly removed: ActionSet; readonly shape: Shape }[] = []
  return (before, removed) => {
    const found = known.find((other) => other.before === before && isSame(other.removed, removed))
    if (found !== undefined) return found.shape
    const shape = shapeStage(shaping, before, removed)
    known.push({ before, removed, shape })
    return shape
  }
}

type Shaper = (before: RoleState, removed: ActionSet) => Shape

/** By the room that a stage has. */
type Shapers = { readonly between: Shaper; readonly last: Shaper }

const isSame = (one: ActionSet, other: ActionSet): boolean => isSubset(one, other) && isSubset(other, one)

/** The portions as one stage, or why they fit nowhere. */
function shapePortions(shape: Shaper, before: RoleState, portions: readonly Portion[]): StageCut | Why {
  const removed = portions.map((portion) => portion.removed).reduce(union)
  const shaped = shape(before, removed)
  if (!shaped.ok) return shaped.why
  const { operations, after, dropsFuture } = shaped
  return { title: portions.flatMap(({ titles }) => titles).join('; '), removed, operations, before, after, dropsFuture }
}

/** The removed actions of services of which nothing stays. */
function wholeServices({ universe }: Shaping, granted: ActionSet, removal: ActionSet): ActionSet {
  const whole = emptySet(universe.size)
  for (const service of universe.services()) {
    const actions = universe.ofService(service)
    const removed = actions.filter((index) => hasIndex(removal, index))
    if (removed.length === 0) continue
    if (isSubset(intersection(granted, setOf(universe.size, actions)), removal)) for (const index of removed) addTo(whole, index)
  }
  return whole
}
