import { notObserved, type Observed } from '../evidence/account-observations.ts'
import { AwsFailure } from '../ports/aws-failure.ts'

/** A source that AWS refuses is missing, with the reason. Rejects only when it is cancelled. */
export async function observe<Value>(empty: Value, read: () => Promise<Observed<Value>>): Promise<Observed<Value>> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof AwsFailure) || error.kind === 'cancelled') throw error
    return notObserved(error.message, empty)
  }
}
