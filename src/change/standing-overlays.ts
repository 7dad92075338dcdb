import { OVERLAY_NAME } from '../plan/overlay.ts'
import type { Change } from './change.ts'
import { undoable } from './lifecycle.ts'

/** Overlays that are in effect and that no later change of their role has taken away, newest first. */
export function standingOverlays(changes: readonly Change[]): readonly Change[] {
  const inEffect = undoable(changes)
  return inEffect.filter(({ kind, roleId }, at) => kind === 'overlay' && !inEffect.slice(0, at).some((later) => ends(later, roleId)))
}

const ends = (change: Change, roleId: string): boolean =>
  change.roleId === roleId &&
  change.operations.some(({ operation }) => operation.kind === 'DeleteRolePolicy' && operation.policyName === OVERLAY_NAME)

/** An overlay is a test and no end: what is said of it while it stands. */
export const overlayReminder = ({ at, roleName, changeId }: Change): string =>
  `overlay since ${at.slice(0, 16).replace('T', ' ')}: it only denies; apply the rewrite (zt-tui apply ${roleName}) or take it back (zt-tui rollback ${changeId})`
