/**
 * Cuts a role's removals into stages: danger first, so that what could do most harm goes first and what is hardest to miss
 * goes last. A stage whose result fits into no policy is joined with the next one; what fits in no way is left. For very wide grants, where naming all that
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
  for (const way of ways) {
    const portions = way().filter(({ removed }) => !isEmptySet(removed))
    const cutting = cut(shaping, state, portions)
    if (best === null || isBetter(cutting, best)) best = cutting
    if (best.left === null && best.stages.length >= portions.length) break
  }
  return best ?? { stages: [], left: null }
}

/** Everything in some stage comes first, then more stages. */
const isBetter = (one: Cutting, other: Cutting): boolean =>
  (one.left === null) === (other.left === null) ? one.stages.length > other.stages.length : one.left === null

function cut(shaping: Shaping, start: RoleState, portions: readonly Portion[]): Cutting {
  const nothing: Portion = { titles: [], removed: emptySet(shaping.universe.size) }
  const stages: StageCut[] = []
  let state = start
  let waiting = nothing
  let left: string | null = null
  for (const portion of portions) {
    waiting = { titles: [...waiting.titles, ...portion.titles], removed: union(waiting.removed, portion.removed) }
    const shape = shapeStage(shaping, state, waiting.removed)
    left = shape.ok ? null : (left ?? shape.why)
    if (!shape.ok) continue
    const { operations, after, dropsFuture } = shape
    stages.push({ title: waiting.titles.join('; '), removed: waiting.removed, operations, before: state, after, dropsFuture })
    state = after
    waiting = nothing
  }
  return { stages, left }
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
