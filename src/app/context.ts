import type { Catalog } from '../policy/catalog.ts'
import type { Arn } from '../policy/names.ts'
import type { AdviceReader } from '../ports/advice.ts'
import type { AccountReader, Caller, EvidenceReader, LiveReader, RoleWriter } from '../ports/aws.ts'
import type { Clock } from '../ports/clock.ts'
import type { DenialReader } from '../ports/denials.ts'
import type { AccountKey, Ledger } from '../ports/ledger.ts'
import type { ObservationReader } from '../ports/observations.ts'
import type { ReadGuardLists } from '../ports/preferences.ts'
import type { Mode } from './use-cases.ts'

/** What the composition root hands to the use cases: ports, options, time. */
export type AppContext = {
  readonly mode: Mode
  readonly accountKey: AccountKey
  readonly accountLabel: string
  readonly dataDir: string
  /** Days. */
  readonly window: number
  readonly minAge: number
  /** Milliseconds between the additive and the subtractive half of a change. */
  readonly settleMs: number
  readonly lockWaitMs: number
  readonly clock: Clock
  readonly catalog: Catalog
  readonly ledger: Ledger
  readonly accounts: AccountReader
  readonly evidence: EvidenceReader
  readonly observations: ObservationReader
  /** Null offline. */
  readonly denials: DenialReader | null
  /** Null offline. */
  readonly advice: AdviceReader | null
  /** How long a change is watched before it may settle, in milliseconds. */
  readonly soakMs: number
  /** Null offline. */
  readonly live: LiveReader | null
  /** Null in read-only mode and offline: writing is impossible, not forbidden. */
  readonly writer: RoleWriter | null
  /** Who acts; null offline. */
  readonly caller: Caller | null
  /** What the admin has said about the account, read each time: it may change while the program runs. */
  readonly guardLists: ReadGuardLists
  /** Roles that an infrastructure state file holds, with their place in it, for people. */
  readonly infrastructure: ReadonlyMap<Arn, string>
  /** A new identifier that sorts by time. */
  newId(): string
}
