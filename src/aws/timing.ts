import { setTimeout as sleep } from 'node:timers/promises'
import type { AwsClients } from './clients.ts'
import type { JobTiming } from './last-accessed-job.ts'

const pause: JobTiming['sleep'] = (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal })

/** AWS needs about a second for a small policy and eight for one that names every service, and limits the rate of calls. */
const awsTiming: JobTiming = { sleep: pause, concurrency: 16, waits: [500, 1_000, 2_000, 3_000, 5_000], timeout: 120_000 }
/** An emulated account has no rate to keep, and its jobs end when they are looked at. */
const emulatedTiming: JobTiming = { ...awsTiming, concurrency: 64, waits: [10, 100, 500, 1_000] }

export const timingFor = async (clients: AwsClients): Promise<JobTiming> => ((await clients.isEmulated()) ? emulatedTiming : awsTiming)

/** Waits before the next look-up. Rejects when the signal aborts. */
export type Pace = (signal?: AbortSignal) => Promise<void>

/** `LookupEvents` may be called twice a second. */
export const lookUpPace = async (clients: AwsClients): Promise<Pace> =>
  (await clients.isEmulated()) ? async () => {} : (signal) => pause(500, signal)
