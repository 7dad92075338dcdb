import type { Words } from './en.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** How long ago, in its largest whole unit: `now`, `5 min`, `3 h`, `11 d`. The future counts as now. */
export function ageOf(words: Words, ms: number): string {
  if (!Number.isFinite(ms) || ms < minute) return words.age.now
  if (ms < hour) return words.age.minutes(Math.floor(ms / minute))
  if (ms < day) return words.age.hours(Math.floor(ms / hour))
  return words.age.days(Math.floor(ms / day))
}

/** A duration as a person waits for it: `0.4 s`, `12 s`, `3 min 5 s`. */
export function durationOf(words: Words, ms: number): string {
  const seconds = Math.max(0, ms) / 1000
  if (seconds < 10) return words.duration.seconds((Math.ceil(seconds * 10) / 10).toFixed(1))
  if (seconds < 60) return words.duration.seconds(String(Math.round(seconds)))
  return words.duration.minutes(Math.floor(seconds / 60), Math.floor(seconds % 60))
}
