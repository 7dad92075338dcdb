import type { Account, AttachedPolicy, InlinePolicy, Tag } from '../account/account.ts'
import type { ManagedPolicyState, RoleState } from '../account/role-state.ts'
import type { Evidence, LastAccessedReport, ObservedCall, SourceStatus, UnusedAccessFinding } from '../evidence/evidence.ts'
import type { GrantHistory } from '../evidence/grant-history.ts'
import type { Arn, Iso } from '../policy/names.ts'

/** How far a long read is. `total` is null while it is unknown. */
export type ReadStep = {
  readonly what: string
  readonly done: number
  readonly total: number | null
  /** AWS asked for fewer calls: the next one waits for so long, in ms. A state, not a failure. */
  readonly throttledMs?: number
}

/** Called as long reads advance. */
export type Progress = (step: ReadStep) => void

export type ReadOptions = { readonly signal?: AbortSignal | undefined; readonly onProgress?: Progress | undefined }

/** Who is asking. `roleId` is the caller's role (assumed, so behind an STS session), where it has one. */
export type Caller = {
  readonly arn: Arn
  readonly accountId: string
  readonly partition: string
  readonly roleName: string | null
  readonly roleId: string | null
  readonly isRoot: boolean
}

/** Reads a whole account. Throws `AwsFailure` when it cannot be read at all. */
export type AccountReader = { readAccount(options?: ReadOptions): Promise<Account> }

/** Evidence that was read before and is still good: it is not asked for again. */
export type KnownEvidence = {
  /** Taken as they are. */
  readonly reports: ReadonlyMap<Arn, LastAccessedReport>
  /** By id; taken where the source says that nothing was updated since. */
  readonly findings: ReadonlyMap<string, UnusedAccessFinding>
  readonly trail: KnownTrail | null
}

/** What event history told: taken as it is while it is good, else only what came since is asked for. */
export type KnownTrail = {
  readonly readAt: Iso
  readonly calls: ReadonlyMap<Arn, readonly ObservedCall[]>
  readonly history: GrantHistory
  readonly sources: readonly SourceStatus[]
  readonly isGood: boolean
}

export type EvidenceReadOptions = ReadOptions & { readonly known?: KnownEvidence | undefined }

/** Reads what sources say about the roles of an account. A source that fails is `missing`, never an exception. */
export type EvidenceReader = { readEvidence(account: Account, options?: EvidenceReadOptions): Promise<Evidence> }

/** Reads single things right now, for snapshots, preconditions and read-back. Absent things are null. */
export type LiveReader = {
  caller(): Promise<Caller>
  roleState(roleName: string, signal?: AbortSignal): Promise<RoleState | null>
  roleId(roleName: string): Promise<string | null>
  trustPolicy(roleName: string): Promise<string | null>
  inlinePolicy(roleName: string, policyName: string): Promise<InlinePolicy | null>
  attachedPolicies(roleName: string): Promise<readonly AttachedPolicy[] | null>
  managedPolicy(arn: Arn): Promise<ManagedPolicyState | null>
  quotas(): Promise<Quotas>
  /** Whether the caller may do each of these; null where the simulator cannot be asked. */
  rights(rights: readonly Right[]): Promise<readonly boolean[] | null>
}

/** An action on a resource, `*` where the resource does not matter. */
export type Right = { readonly action: string; readonly resource: string }

/** Live quotas of `GetAccountSummary`; documented defaults where the account does not say. Sizes in characters. */
export type Quotas = {
  readonly inlineSumPerRole: number
  readonly managedPolicySize: number
  readonly attachedPerRole: number
  readonly versionsPerPolicy: number
  readonly policiesPerAccount: number
  readonly policiesInAccount: number
}

/** The writes that a change may do: one method an IAM call, no retries inside. Throws `AwsFailure`. Absent in read-only mode. */
export type RoleWriter = {
  putRolePolicy(roleName: string, policyName: string, document: string): Promise<void>
  deleteRolePolicy(roleName: string, policyName: string): Promise<void>
  attachRolePolicy(roleName: string, policyArn: Arn): Promise<void>
  detachRolePolicy(roleName: string, policyArn: Arn): Promise<void>
  updateAssumeRolePolicy(roleName: string, document: string): Promise<void>
  createPolicy(policy: { name: string; path: string; document: string; description: string; tags: readonly Tag[] }): Promise<Arn>
  createPolicyVersion(policyArn: Arn, document: string): Promise<string>
  setDefaultPolicyVersion(policyArn: Arn, versionId: string): Promise<void>
  deletePolicyVersion(policyArn: Arn, versionId: string): Promise<void>
  deletePolicy(policyArn: Arn): Promise<void>
}
