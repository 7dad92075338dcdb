import type { RoleState } from '../account/role-state.ts'
import type { Change, ChangeState, JournalOperation } from '../change/change.ts'
import type { WatchSight } from '../change/watch.ts'
import type { ExternalAccess, Observed, RoleCalls, UnusedCredential } from '../evidence/account-observations.ts'
import type { LastAccessedReport, ObservedCall, SourceStatus, UnusedAccessFinding } from '../evidence/evidence.ts'
import type { GrantHistory } from '../evidence/grant-history.ts'
import type { RolePlan } from '../plan/plan.ts'
import type { Arn, Iso } from '../policy/names.ts'

/** What one data directory holds is kept apart by account: `demo`, `live:PARTITION:ACCOUNT[@ENDPOINT]`, `file:SHA256`. */
export type AccountKey = string

/** A scan as it is kept: `payload` is plain data that survives `JSON.stringify`. */
export type StoredScan = { readonly scanId: string; readonly accountKey: AccountKey; readonly at: Iso; readonly payload: unknown }

/** A plan as the first apply froze it, with what it was made from. */
export type FrozenPlan = {
  readonly plan: RolePlan
  readonly scanId: string
  readonly createdAt: Iso
  readonly window: number
  readonly minAge: number
}

/** What a change is when it begins. Its state is `planned`; its operations are all `pending`. */
export type NewChange = Omit<Change, 'state' | 'operations'> & { readonly operations: readonly JournalOperation['operation'][] }

/** A report with when it was read and what the role's policies said then (`createGrantFingerprint`). */
export type KeptReport = {
  readonly roleId: string
  readonly fingerprint: string
  readonly readAt: Iso
  readonly report: LastAccessedReport
}

/** What event history told of the account, and when it was asked. */
export type KeptTrail = {
  readonly readAt: Iso
  readonly calls: readonly (readonly [roleArn: Arn, calls: readonly ObservedCall[]])[]
  readonly history: GrantHistory
  readonly sources: readonly SourceStatus[]
}

export type KeptEvidence = {
  readonly reports: readonly KeptReport[]
  readonly findings: readonly UnusedAccessFinding[]
  readonly trail: KeptTrail | null
}

/** Counted calls with when they were counted and over how many days. */
export type KeptCalls = { readonly readAt: Iso; readonly days: number; readonly calls: Observed<readonly RoleCalls[]> }

/** What a report read of the account besides the use of its roles, as far as the next one need not read it again. */
export type KeptObservations = {
  readonly calls: KeptCalls | null
  readonly externalAccess: readonly ExternalAccess[]
  readonly unusedCredentials: readonly UnusedCredential[]
}

export type LockHolder = { readonly pid: number; readonly since: Iso; readonly what: string }

/** An aborted signal ends the waiting as if the time were up. */
export type LockOptions = { readonly waitMs: number; readonly what: string; readonly signal?: AbortSignal | undefined }

export type LockResult = { readonly held: true; release(): void } | { readonly held: false; readonly by: LockHolder | null }

/**
 * The memory that makes the way back certain. Every method that writes is one durable transaction: when it returns, the
 * fact is on disk. Throws `LedgerFailure` when the disk refuses (full, read-only, corrupt); nothing is then half-written.
 */
export type Ledger = {
  saveScan(scan: StoredScan): void
  lastScan(accountKey: AccountKey): StoredScan | null

  /** Evidence for the next run, in place of what was kept before. Losing it costs time and nothing else. */
  keepEvidence(accountKey: AccountKey, evidence: KeptEvidence): void
  keptEvidence(accountKey: AccountKey): KeptEvidence
  /** AWS bills the query that counts calls, and findings cost a call each: their answers are kept too. */
  keepObservations(accountKey: AccountKey, observed: KeptObservations): void
  keptObservations(accountKey: AccountKey): KeptObservations

  /** Content-addressed and kept for ever. Returns the hash; the first of a role becomes its pinned original. */
  saveSnapshot(accountKey: AccountKey, state: RoleState, at: Iso): string
  snapshot(hash: string): RoleState | null
  /** Hash of the role's first snapshot. */
  pinnedOriginal(accountKey: AccountKey, roleId: string): string | null

  freezePlan(accountKey: AccountKey, frozen: FrozenPlan): void
  frozenPlan(accountKey: AccountKey, roleId: string): FrozenPlan | null
  thawPlan(accountKey: AccountKey, roleId: string): void

  /** Writes the script's files durably and returns the script's path; also into `--restore-out` where one is given. */
  saveRestoreScript(changeId: string, files: ReadonlyMap<string, string>): string

  /** The same for what somebody else is to change: gives the path of a folder. */
  savePatch(name: string, files: ReadonlyMap<string, string>): string

  beginChange(change: NewChange): void
  setChangeState(changeId: string, state: ChangeState, at: Iso): void
  setOperation(changeId: string, k: number, result: Pick<JournalOperation, 'outcome' | 'ms' | 'message'>): void
  change(changeId: string): Change | null
  /** Newest first. */
  changes(accountKey: AccountKey, filter?: { readonly roleId?: string }): readonly Change[]

  /** What the newest watch of a change saw; kept with the change. */
  keepWatch(changeId: string, sight: WatchSight & { readonly checkedAt: Iso }): void
  watchOf(changeId: string): WatchSight | null

  /** One writer per account over all processes of this machine; the operating system frees a dead process's lock. */
  lock(accountKey: AccountKey, options: LockOptions): Promise<LockResult>
  close(): void
}
