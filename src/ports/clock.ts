/** Time is passed in: the core reads no clock, tests and `--now` set it. */
export type Clock = {
  now(): Date
  /** Resolves after `ms`, or rejects when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}
