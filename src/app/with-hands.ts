import { isOpen } from '../change/lifecycle.ts'
import type { LockHolder } from '../ports/ledger.ts'
import { LedgerFailure } from '../ports/ledger-failure.ts'
import type { AppContext } from './context.ts'
import { done, refuse } from './outcome.ts'
import type { Hands } from './run-operation.ts'
import type { Outcome } from './use-cases.ts'

/** Runs something that writes, alone on this account. In read-only mode there are no hands to give. */
export async function withHands<T>(
  context: AppContext,
  { what, signal }: { readonly what: string; readonly signal?: AbortSignal | undefined },
  work: (hands: Hands) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const { live, writer, clock, ledger, accountKey, lockWaitMs } = context
  if (live === null || writer === null)
    return refuse(4, 'read-only', 'nothing can be changed here: read-only', 'start without --read-only, --account-file and --usage-file')
  const lock = await ledger.lock(accountKey, { waitMs: lockWaitMs, what, signal })
  if (!lock.held) return heldBy(lock.by)
  try {
    return await work({ live, writer, clock })
  } catch (error) {
    if (error instanceof LedgerFailure) return afterLedgerFailure(context, error)
    throw error
  } finally {
    lock.release()
  }
}

/** Without an open change in the ledger nothing had begun. Where even that cannot be read, something may have. */
function afterLedgerFailure({ ledger, accountKey }: AppContext, failure: LedgerFailure): ReturnType<typeof refuse> {
  try {
    if (!ledger.changes(accountKey).some(isOpen)) return refuse(3, 'ledger', failure.message, 'nothing was changed in AWS')
  } catch (error) {
    if (!(error instanceof LedgerFailure)) throw error
  }
  return refuse(5, 'ledger', failure.message, 'no further write was sent; put it right, then: zt-tui recover')
}

const heldBy = (holder: LockHolder | null): ReturnType<typeof refuse> => {
  const who = holder === null ? 'another process' : `process ${holder.pid} since ${holder.since} (${holder.what})`
  return refuse(4, 'lock', `${who} is changing this account`, 'wait for it, or raise --lock-wait')
}

/**
 * Waits until no living process is changing this account: only then is an open change an interrupted one. Without open changes
 * there is nothing to wait for.
 */
export async function whenNobodyWrites(context: AppContext, what: string, signal?: AbortSignal): Promise<Outcome<null>> {
  const { ledger, accountKey, lockWaitMs } = context
  if (!ledger.changes(accountKey).some(isOpen)) return done(null)
  const lock = await ledger.lock(accountKey, { waitMs: lockWaitMs, what, signal })
  if (!lock.held) return heldBy(lock.by)
  lock.release()
  return done(null)
}
