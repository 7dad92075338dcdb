import type { PolicyReader } from '../account/role-policies.ts'
import type { RoleState } from '../account/role-state.ts'
import { applyOperations } from '../plan/apply-operation.ts'
import { stateDocuments } from '../plan/role-state-policies.ts'
import type { ActionSet } from '../policy/action-set.ts'
import { countOf, difference, hasIndex, indexesOf } from '../policy/action-set.ts'
import { grantedActions } from '../policy/grants.ts'
import type { ActionName } from '../policy/names.ts'
import type { Universe } from '../policy/universe.ts'
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

/** What a change took from its role, whatever statement gave it before. */
export function removedBy(
  universe: Universe,
  before: RoleState,
  { operations }: Pick<Change, 'operations'>,
  read: PolicyReader,
): ActionSet {
  const after = applyOperations(
    before,
    operations.map(({ operation }) => operation),
  )
  return difference(grantedActions(universe, stateDocuments(before, read)), grantedActions(universe, stateDocuments(after, read)))
}

/** Joins denied calls with the change: other denials of the role are not its doing. */
export function sightOf(universe: Universe, change: Change, removed: ActionSet, calls: readonly DeniedCall[]): WatchSight {
  const isOurs = (action: ActionName): boolean => {
    const index = universe.indexOf(action)
    return index !== null && hasIndex(removed, index)
  }
  return {
    visible: indexesOf(removed).filter((index) => universe.catalogAction(index)?.tracked === true).length,
    total: countOf(removed),
    denied: calls.filter(({ roleArn, at, action }) => roleArn === change.roleArn && at >= change.at && isOurs(action)),
  }
}
