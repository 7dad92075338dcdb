import type { Change } from '../change/change.ts'
import { indexesOf } from '../policy/action-set.ts'
import type { AccountAnalysis, RoleAnalysis } from './analysis.ts'
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
    guards,
    history: history.changes.map(historyEntry),
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

/** One row of `history`. */
export function historyEntry({ changeId, roleName, stage, kind, state, at, by, reason, snapshot, undoes }: Change): HistoryEntry {
  return {
    changeId,
    roleName,
    stage,
    kind,
    outcome: state,
    at,
    by,
    ...(reason === null ? {} : { reason }),
    snapshot,
    ...(undoes === null ? {} : { undoes }),
  }
}
