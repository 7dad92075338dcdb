/**
 * Cuts a role's removals into stages: danger first, so that what could do most harm goes first and what is hardest to miss
 * goes last. A stage whose result fits into no policy is joined with the next one. For very wide grants, where naming all that
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

export type Cutting = { readonly ok: true; readonly stages: readonly StageCut[] } | { readonly ok: false; readonly why: string }

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
    if (best === null || (cutting.ok && (!best.ok || cutting.stages.length > best.stages.length))) best = cutting
    if (best.ok && best.stages.length >= portions.length) break
  }
  return best ?? { ok: false, why: 'nothing to remove' }
}

function cut(shaping: Shaping, start: RoleState, portions: readonly Portion[]): Cutting {
  const stages: StageCut[] = []
  let state = start
  let waiting: Portion = { titles: [], removed: emptySet(shaping.universe.size) }
  let why = 'nothing to remove'
  for (const portion of portions) {
    waiting = { titles: [...waiting.titles, ...portion.titles], removed: union(waiting.removed, portion.removed) }
    const shape = shapeStage(shaping, state, waiting.removed)
    if (!shape.ok) {
      why = shape.why
      continue
    }
    stages.push({
      title: waiting.titles.join('; '),
      removed: waiting.removed,
      operations: shape.operations,
      before: state,
      after: shape.after,
      dropsFuture: shape.dropsFuture,
    })
    state = shape.after
    waiting = { titles: [], removed: emptySet(shaping.universe.size) }
  }
  return isEmptySet(waiting.removed) && stages.length > 0 ? { ok: true, stages } : { ok: false, why }
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
