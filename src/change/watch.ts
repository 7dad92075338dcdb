import type { PolicyReader } from '../account/role-policies.ts'
import type { RoleState } from '../account/role-state.ts'
import { applyOperations } from '../plan/apply-operation.ts'
import { isRestoring } from '../plan/inverse-operations.ts'
import { withoutOverlay } from '../plan/overlay.ts'
import { stateDocuments } from '../plan/role-state-policies.ts'
import { difference, indexesOf } from '../policy/action-set.ts'
import type { Catalog } from '../policy/catalog.ts'
import { grantedActions } from '../policy/grants.ts'
import { type ActionName, actionKey } from '../policy/names.ts'
import { createUniverse } from '../policy/universe.ts'
import type { DeniedCall } from '../ports/denials.ts'
import type { Change } from './change.ts'

/** What a watch of one change has seen. */
export type WatchSight = {
  /** Removed actions whose denial CloudTrail's event history would show: management events. */
  readonly visible: number
  readonly total: number
  /** Denied calls of the role, since the change, to actions that the change removed; oldest first. */
  readonly denied: readonly DeniedCall[]
}

/**
 * What a change took from its role, whatever statement gave it before. A rewrite under an overlay takes what the overlay only
 * denied, so there the overlay does not count.
 */
export function removedBy(
  catalog: Catalog,
  before: RoleState,
  { kind, operations }: Pick<Change, 'kind' | 'operations'>,
  read: PolicyReader,
): ActionName[] {
  const after = applyOperations(
    before,
    operations.map(({ operation }) => operation),
  )
  const seen = kind === 'overlay' ? [before, after] : [before, after].map(withoutOverlay)
  const [old, left] = seen.map((state) => stateDocuments(state, read))
  const named = (old ?? []).flatMap(({ statements }) => statements.flatMap(({ actions }) => actions.patterns))
  const universe = createUniverse(catalog, named)
  const removed = difference(grantedActions(universe, old ?? []), grantedActions(universe, left ?? []))
  return indexesOf(removed).map((index) => universe.names[index] ?? '')
}

/** How many of these actions are management events, which CloudTrail's event history shows; unknown ones do not count. */
export const visibleIn = (catalog: Catalog, actions: readonly ActionName[]): number =>
  actions.filter((action) => catalog.find(action)?.tracked === true).length

/** Joins denied calls with the change: other denials of the role are not its doing. */
export function sightOf(catalog: Catalog, change: Change, removed: readonly ActionName[], calls: readonly DeniedCall[]): WatchSight {
  const keys = new Set(removed.map(actionKey))
  return {
    visible: visibleIn(catalog, removed),
    total: removed.length,
    denied: calls.filter(({ roleArn, at, action }) => roleArn === change.roleArn && at >= change.at && keys.has(actionKey(action))),
  }
}

/**
 * Milliseconds from the first denied call that a watch saw to the end of the half that gives rights back, for a change that takes
 * another one back. Null where nothing was denied before.
 */
export function fromDenialToRestore({ at, operations }: Pick<Change, 'at' | 'operations'>, undone: WatchSight): number | null {
  const first = undone.denied.map((call) => Date.parse(call.at)).sort((a, b) => a - b)[0]
  if (first === undefined || first > Date.parse(at)) return null
  const writing = operations.filter(({ operation }) => isRestoring(operation)).reduce((sum, { ms }) => sum + ms, 0)
  return Date.parse(at) + writing - first
}
