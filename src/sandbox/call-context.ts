import type { AnalysisCache } from './access-analyzer/analysis.ts'
import type { Caller } from './callers/caller.ts'
import type { PolicyReader } from './callers/policy-reader.ts'
import type { WrittenDetails } from './iam/written-details.ts'
import type { GrantReader } from './observation/granted.ts'
import type { NewestUses } from './observation/newest-uses.ts'
import type { AwsManagedShelf } from './state/aws-managed-policies.ts'
import type { Database } from './state/database.ts'

/** What every operation may use: the state inside this request's transaction, the time, who asks and where. */
export type CallContext = {
  readonly database: Database
  readonly awsManaged: AwsManagedShelf
  /** ISO in whole seconds: IAM keeps no fractions. */
  readonly now: string
  readonly accountId: string
  readonly partition: string
  readonly region: string
  readonly caller: Caller
  readonly policies: PolicyReader
  /** After so many seconds an event can be found with `LookupEvents`. */
  readonly trailDelaySeconds: number
  /** Built on first use: it needs the whole catalog. */
  grants(): GrantReader
  /** When each role was last used, for lists. */
  readonly newestUses: NewestUses
  /** What `GetAccountAuthorizationDetails` has told since the last change. */
  readonly writtenDetails: WrittenDetails
  /** Findings of the last analysis that was made, for `analysisOf`. */
  readonly analyses: AnalysisCache
}
