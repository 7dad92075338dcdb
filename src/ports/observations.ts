import type { Account } from '../account/account.ts'
import type { AccountObservations } from '../evidence/account-observations.ts'
import type { ReadOptions } from './aws.ts'

/** The time that a report is about. */
export type Period = { readonly from: Date; readonly to: Date }

/** Reads what sources say about the account besides the use of its roles. A source that fails is `missing`, never an exception. */
export type ObservationReader = {
  readObservations(account: Account, period: Period, options?: ReadOptions): Promise<AccountObservations>
}
