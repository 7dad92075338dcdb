import { setTimeout } from 'node:timers/promises'

/** Resolves after some milliseconds; rejects with `AbortError` when the signal aborts. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await setTimeout(ms, undefined, signal === undefined ? {} : { signal })
}
