import { LedgerFailure } from '../ports/ledger-failure.ts'
import type { AppContext } from './context.ts'
import { refuse } from './outcome.ts'
import type { Hands } from './run-operation.ts'
import type { Outcome } from './use-cases.ts'

/** Runs something that writes, alone on this account. In read-only mode there are no hands to give. */
export async function withHands<T>(context: AppContext, what: string, work: (hands: Hands) => Promise<Outcome<T>>): Promise<Outcome<T>> {
  const { live, writer, clock, ledger, accountKey, lockWaitMs } = context
  if (live === null || writer === null)
    return refuse(4, 'read-only', 'nothing can be changed here: read-only', 'start without --read-only, --account-file and --usage-file')
  const lock = await ledger.lock(accountKey, { waitMs: lockWaitMs, what })
  if (!lock.held) {
    const holder = lock.by === null ? 'another process' : `process ${lock.by.pid} since ${lock.by.since} (${lock.by.what})`
    return refuse(4, 'lock', `${holder} is changing this account`, 'wait for it, or raise --lock-wait')
  }
  try {
    return await work({ live, writer, clock })
  } catch (error) {
    if (error instanceof LedgerFailure) return refuse(5, 'ledger', error.message, 'no further write was sent; then: zt-tui recover')
    throw error
  } finally {
    lock.release()
  }
}
