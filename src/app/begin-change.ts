import type { RoleState } from '../account/role-state.ts'
import type { ChangeKind } from '../change/change.ts'
import { restoreScript } from '../change/restore-script.ts'
import { markTheirVersions } from '../change/their-versions.ts'
import type { Operation } from '../plan/operation.ts'
import type { NewChange } from '../ports/ledger.ts'
import type { AppContext } from './context.ts'

/** What is about to be done to a role, whatever its kind. */
export type Intent = {
  readonly kind: ChangeKind
  readonly before: RoleState
  readonly operations: readonly Operation[]
  readonly stage?: number | null
  /** `stateHash` of the plan that the stage belongs to. */
  readonly plan?: string | null
  readonly undoes?: string | null
  readonly reason?: string | null
  readonly batchId?: string | null
  readonly overrides?: readonly string[]
}

/** Snapshot, restore script and journal, all on disk when it returns: from here on the way back exists. */
export function beginChange(context: AppContext, intent: Intent): NewChange {
  const { ledger, clock, accountKey, caller } = context
  const { before } = intent
  const operations = markTheirVersions(before, intent.operations)
  const at = clock.now().toISOString()
  const changeId = context.newId()
  const change: NewChange = {
    changeId,
    batchId: intent.batchId ?? null,
    accountKey,
    roleName: before.roleName,
    roleArn: before.arn,
    roleId: before.roleId,
    kind: intent.kind,
    stage: intent.stage ?? null,
    plan: intent.plan ?? null,
    at,
    by: caller?.arn ?? 'unknown',
    reason: intent.reason ?? null,
    snapshot: ledger.saveSnapshot(accountKey, before, at),
    undoes: intent.undoes ?? null,
    restoreScript: ledger.saveRestoreScript(changeId, restoreScript(changeId, before, operations)),
    overrides: intent.overrides ?? [],
    operations,
  }
  ledger.beginChange(change)
  ledger.setChangeState(changeId, 'snapshotted', at)
  return change
}
