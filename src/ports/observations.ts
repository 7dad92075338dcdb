import type { Account } from '../account/account.ts'
import type { AccountObservations, Observed, RoleCalls } from '../evidence/account-observations.ts'
import type { ReadOptions } from './aws.ts'

/** The time that a report is about. */
export type Period = { readonly from: Date; readonly to: Date }

/** `calls` that were counted lately are taken as they are: counting costs money. */
export type ObservationOptions = ReadOptions & { readonly known?: { readonly calls: Observed<readonly RoleCalls[]> | null } }

/** Reads what sources say about the account besides the use of its roles. A source that fails is `missing`, never an exception. */
export type ObservationReader = {
  readObservations(account: Account, period: Period, options?: ObservationOptions): Promise<AccountObservations>
}
