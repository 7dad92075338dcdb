import type { AwsClients } from './clients.ts'
import { callAws } from './failure.ts'
import type { JobTiming } from './last-accessed-job.ts'

export type Asking = { readonly clients: AwsClients; readonly timing: JobTiming; readonly signal: AbortSignal | undefined }

/** Asks until the answer is more than "in progress"; null when that takes too long. */
export async function awaitJob<Answer>(
  operation: string,
  { timing: { sleep, waits, timeout }, signal }: Pick<Asking, 'timing' | 'signal'>,
  { ask, isRunning }: { ask(): Promise<Answer>; isRunning(answer: Answer): boolean },
): Promise<Answer | null> {
  let waited = 0
  for (let k = 0; ; k += 1) {
    const answer = await ask()
    if (!isRunning(answer)) return answer
    if (waited >= timeout) return null
    const wait = waits[Math.min(k, waits.length - 1)] ?? 1_000
    await callAws(operation, 'read', () => sleep(wait, signal))
    waited += wait
  }
}
