import type { ActionName, Arn, Iso } from '../policy/names.ts'
import type { GrantHistory } from './grant-history.ts'

export type EvidenceSourceId = 'access-analyzer' | 'last-accessed' | 'cloudtrail' | 'grant-dates'

/** One tracked action as a source names it. `lastAccessed` null: the source saw no use in its whole tracking period. */
export type ActionUse = { readonly action: ActionName; readonly lastAccessed: Iso | null }

/** One service of a report or finding. `actions` null: the source says nothing below the service. */
export type ServiceUse = {
  readonly service: string
  readonly lastAccessed: Iso | null
  readonly actions: readonly ActionUse[] | null
}

/** IAM "last accessed" for one role. Lists only services that identity policies allow; attempts count, denied ones too. */
export type LastAccessedReport = {
  readonly roleArn: Arn
  /** End of the time that the report describes: `observedUntil` or the job's completion. */
  readonly observedUntil: Iso | null
  /** False when the job failed or a page is missing: then absence proves nothing. */
  readonly complete: boolean
  readonly problem: string | null
  readonly services: readonly ServiceUse[]
}

/** An Access Analyzer unused-access finding on one role, with all pages of its details. */
export type UnusedAccessFinding = {
  readonly id: string
  readonly analyzerArn: Arn | null
  readonly roleArn: Arn
  readonly findingType: 'UnusedPermission' | 'UnusedIAMRole'
  readonly status: 'ACTIVE' | 'ARCHIVED' | 'RESOLVED'
  readonly analyzedAt: Iso | null
  readonly updatedAt: Iso | null
  /** Days without use after which the analyzer reports; null where its configuration was not readable. */
  readonly unusedAccessAge: number | null
  readonly complete: boolean
  /** Empty for `UnusedIAMRole`. */
  readonly services: readonly ServiceUse[]
  /** Last use of the whole role, `UnusedIAMRole` only. */
  readonly lastAccessed: Iso | null
}

/** A use that CloudTrail shows: the action's last successful or denied call by this role. */
export type ObservedCall = { readonly action: ActionName; readonly at: Iso; readonly denied: boolean }

/** What the sources said about one role. */
export type RoleEvidence = {
  readonly lastAccessed: LastAccessedReport | null
  readonly findings: readonly UnusedAccessFinding[]
  readonly calls: readonly ObservedCall[]
}

export type SourceStatus = {
  readonly id: EvidenceSourceId
  readonly status: 'connected' | 'partial' | 'missing'
  /** Why it is partial or missing, or what it covers; one line, for people. */
  readonly why: string
  /** Until when the source observed; null when it is missing. */
  readonly observedUntil: Iso | null
}

/** What Access Analyzer's status says where the account has no analyzer: that can be changed, for a price. */
export const NO_ANALYZER = 'no analyzer of unused access'
export const isNoAnalyzer = ({ id, status, why }: SourceStatus): boolean =>
  id === 'access-analyzer' && status === 'missing' && why.startsWith(NO_ANALYZER)

/** All evidence of one scan. A role without an entry has none. */
export type Evidence = {
  readonly byRole: ReadonlyMap<Arn, RoleEvidence>
  readonly sources: readonly SourceStatus[]
  /** When inline policies and attachments came to be what they are. */
  readonly history: GrantHistory
}
