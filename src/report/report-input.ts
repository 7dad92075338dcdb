import type { Account, Role } from '../account/account.ts'
import type { RolePolicy } from '../account/role-policies.ts'
import type { Trust } from '../account/trust.ts'
import type { AccountObservations } from '../evidence/account-observations.ts'
import type { RoleEvidence, SourceStatus } from '../evidence/evidence.ts'
import type { RoleJudgement } from '../evidence/judge.ts'
import type { Window } from '../evidence/reading.ts'
import type { Universe } from '../policy/universe.ts'
import type { RiskFactor } from '../risk/score.ts'
import type { RoleFigures } from './role-figures.ts'

/** A role as the scan judged it: what the lists show of it, with the sets behind the figures. */
export type ReportRole = RoleFigures & {
  readonly role: Role
  readonly policies: readonly RolePolicy[]
  readonly judgement: RoleJudgement
  readonly evidence: RoleEvidence | null
  readonly trust: Trust
  readonly riskFactors: readonly RiskFactor[]
  /** Service-linked, or owned by IAM Identity Center: not the account's to cut. */
  readonly isAwsOwned: boolean
  /** Ids of the guards that would refuse a change. */
  readonly guards: readonly string[]
}

/** Everything that a status report is computed from. */
export type ReportInput = {
  readonly scanId: string
  readonly account: Account
  readonly universe: Universe
  readonly window: Window
  readonly catalogDate: string
  readonly roles: readonly ReportRole[]
  readonly sources: readonly SourceStatus[]
  readonly observations: AccountObservations
}
