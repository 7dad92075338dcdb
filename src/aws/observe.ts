import { notObserved, type Observed } from '../evidence/account-observations.ts'
import { AwsFailure } from '../ports/aws-failure.ts'

/** A report waits for no source longer than this. */
const PATIENCE_MS = 120_000

/**
 * A source that AWS refuses, or that does not answer in time, is missing, with the reason. Rejects only when somebody cancels.
 */
export async function observe<Value>(
  empty: Value,
  signal: AbortSignal | undefined,
  read: (signal: AbortSignal) => Promise<Observed<Value>>,
  patienceMs = PATIENCE_MS,
): Promise<Observed<Value>> {
  const deadline = AbortSignal.timeout(patienceMs)
  try {
    return await read(signal === undefined ? deadline : AbortSignal.any([signal, deadline]))
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error
    if (error.kind !== 'cancelled') return notObserved(error.message, empty)
    if (signal?.aborted === true) throw error
    return notObserved(`${error.operation}: not done after ${Math.round(patienceMs / 1000)} s`, empty)
  }
}
