import type { Change } from '../change/change.ts'
import { isReversal } from '../change/lifecycle.ts'
import { overlayReminder, standingOverlays } from '../change/standing-overlays.ts'
import { fromDenialToRestore, type WatchSight } from '../change/watch.ts'
import { indexesOf } from '../policy/action-set.ts'
import type { AccountAnalysis, RoleAnalysis } from './analysis.ts'
import { unusedPointsOf } from './risk-gain.ts'
import { type RoleHistory, roleRow } from './role-rows.ts'
import type { HistoryEntry, PolicyView, RoleView } from './views.ts'

/** `show`: everything about one role. */
export function roleView(analysis: AccountAnalysis, analysed: RoleAnalysis, history: RoleHistory): RoleView {
  const { role, judgement, policies, risk, guards } = analysed
  return {
    ...roleRow(analysis, analysed, history),
    policies: policies.map(
      ({ name, kind, arn, text, managed }): PolicyView => ({
        name,
        kind,
        ...(arn === null ? {} : { arn }),
        document: readObject(text),
        text,
        ...(managed?.attachmentCount == null ? {} : { attachedTo: managed.attachmentCount }),
      }),
    ),
    trustPolicy: role.trust === null ? null : readObject(role.trust),
    actions: indexesOf(judgement.granted).map((index) => judgement.explain(index)),
    riskFactors: risk.factors,
    unusedPoints: unusedPointsOf(analysis, analysed),
    guards,
    history: historyEntries(history.changes, history.watchOf),
  }
}

/** A document as an object; null when it is none. */
export function readObject(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}

/** Rows of `history`, of the changes of one account or role. */
export function historyEntries(changes: readonly Change[], watchOf: (changeId: string) => WatchSight | null): HistoryEntry[] {
  const reminders = new Map(standingOverlays(changes).map((change) => [change.changeId, overlayReminder(change)]))
  return changes.map((change) => {
    const seen = change.undoes === null ? null : watchOf(change.undoes)
    const restoredAfterMs = seen === null ? null : fromDenialToRestore(change, seen)
    const entry = historyEntry(change, watchOf(change.changeId), reminders.get(change.changeId))
    return restoredAfterMs === null ? entry : { ...entry, restoredAfterMs }
  })
}

/** One row of `history`. */
export function historyEntry(change: Change, watch: WatchSight | null, reminder: string | null = null): HistoryEntry {
  const { changeId, batchId, roleName, stage, kind, state, at, by, reason, overrides, snapshot, undoes } = change
  return {
    changeId,
    ...(batchId === null ? {} : { batchId }),
    roleName,
    stage,
    kind,
    outcome: isReversal(change) && state === 'verified' ? 'rolled-back' : state,
    at,
    by,
    ...(reason === null ? {} : { reason }),
    ...(overrides.length === 0 ? {} : { overrides }),
    snapshot,
    ...(undoes === null ? {} : { undoes }),
    ...(reminder === null ? {} : { reminder }),
    watch: watch ?? { visible: 0, total: 0, denied: [] },
  }
}
