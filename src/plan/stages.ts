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
import { type Shaping, shapeStage } from './shape.ts'

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
  let best: Cutting | null = null
  let latest: Cutting = { stages: [], left: null }
  for (const way of ways) {
    const portions = way().filter(({ removed }) => !isEmptySet(removed))
    latest = cut(shaping, state, portions)
    if (best === null || isBetter(latest, best)) best = latest
    if (best.left === null && best.stages.length >= portions.length) break
  }
  if (best === null || best.left === null) return best ?? latest
  // The last way takes everything at once: what keeps that from fitting says best what would make it fit.
  return { ...best, left: latest.left }
}

/** Everything in some stage comes first, then more stages. */
const isBetter = (one: Cutting, other: Cutting): boolean =>
  (one.left === null) === (other.left === null) ? one.stages.length > other.stages.length : one.left === null

/** A portion that fits nowhere waits for the next; where none follows, the stages before it are taken back one by one. */
function cut(shaping: Shaping, start: RoleState, portions: readonly Portion[]): Cutting {
  const stages: StageCut[] = []
  let waiting: readonly Portion[] = []
  let left: string | null = null
  for (const [at, portion] of portions.entries()) {
    const isLast = at === portions.length - 1
    waiting = [...waiting, portion]
    const shaped = shapePortions(isLast ? lastOf(shaping) : shaping, stages.at(-1)?.after ?? start, waiting)
    if (typeof shaped === 'string') {
      left ??= shaped
      continue
    }
    stages.push(shaped)
    waiting = []
    left = null
  }
  return waiting.length === 0 ? { stages, left: null } : (joinedAtEnd(shaping, start, stages, waiting) ?? { stages, left })
}

const lastOf = (shaping: Shaping): Shaping => {
  const { extraPolicies, finalPolicies = extraPolicies } = shaping.limits
  return { ...shaping, limits: { ...shaping.limits, extraPolicies: finalPolicies } }
}

/** The longest beginning of the stages from which all the rest fits as one. */
function joinedAtEnd(shaping: Shaping, start: RoleState, stages: readonly StageCut[], waiting: readonly Portion[]): Cutting | null {
  for (let kept = stages.length - 1; kept >= 0; kept--) {
    const joined = [...stages.slice(kept).map(({ title, removed }) => ({ titles: [title], removed })), ...waiting]
    const shaped = shapePortions(lastOf(shaping), stages[kept - 1]?.after ?? start, joined)
    if (typeof shaped !== 'string') return { stages: [...stages.slice(0, kept), shaped], left: null }
  }
  return null
}

/** The portions as one stage, or why they fit nowhere. */
function shapePortions(shaping: Shaping, before: RoleState, portions: readonly Portion[]): StageCut | string {
  const removed = portions.reduce((all, portion) => union(all, portion.removed), emptySet(shaping.universe.size))
  const shape = shapeStage(shaping, before, removed)
  if (!shape.ok) return shape.why
  const { operations, after, dropsFuture } = shape
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
