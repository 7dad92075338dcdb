import type { Account } from '../account/account.ts'
import type { AccountObservations, ExternalAccess, Observed, RoleCalls, UnusedCredential } from '../evidence/account-observations.ts'
import type { ReadOptions } from './aws.ts'

/** The time that a report is about. */
export type Period = { readonly from: Date; readonly to: Date }

/** Findings that an earlier run read, by id: taken where the source says that nothing was updated since. */
export type KnownFindings = {
  readonly externalAccess: ReadonlyMap<string, ExternalAccess>
  readonly unusedCredentials: ReadonlyMap<string, UnusedCredential>
}

/** `calls` that were counted lately are taken as they are: counting costs money. */
export type KnownObservations = { readonly calls: Observed<readonly RoleCalls[]> | null; readonly findings: KnownFindings }

export type ObservationOptions = ReadOptions & { readonly known?: KnownObservations }

/** Reads what sources say about the account besides the use of its roles. A source that fails is `missing`, never an exception. */
export type ObservationReader = {
  readObservations(account: Account, period: Period, options?: ObservationOptions): Promise<AccountObservations>
}
