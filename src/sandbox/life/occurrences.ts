/**
 * When a workload called an action. Nothing is stored: a habit is an anchor and a period, so any call of any time can be
 * told again. A memory (no period) is one call.
 *
 *   anchor 2026-11-01T00:00Z, every day   →   …, 31 Oct 00:00, 1 Nov 00:00, 2 Nov 00:00, …
 */
import type { StoredUsage } from '../state/usage-table.ts'

/** Milliseconds of the newest call at or before `until`; null where there is none. */
export function newestCall({ lastUsed, everySeconds }: Rhythm, until: number): number | null {
  const anchor = Date.parse(lastUsed)
  if (everySeconds === null) return anchor <= until ? anchor : null
  const period = everySeconds * 1000
  return anchor + Math.floor((until - anchor) / period) * period
}

type Rhythm = Pick<StoredUsage, 'lastUsed' | 'everySeconds'>

const DAY = 86_400_000
/** `calls` of a usage counts those of so many days. */
const COUNTED_DAYS = 90

/**
 * How many calls lie in a time, both ends included. A stored habit stands for more calls than it has instants: 1,247,389 calls
 * in 90 days are spread evenly. A time too short for that has the instants that lie in it.
 */
export function callsBetween(usage: Rhythm & Pick<StoredUsage, 'calls'>, from: number, to: number): number {
  if (to < from) return 0
  if (usage.everySeconds !== null) return Math.round((usage.calls * (to - from)) / (COUNTED_DAYS * DAY)) || instantsBetween(usage, from, to)
  const at = Date.parse(usage.lastUsed)
  return at >= from && at <= to ? Math.max(usage.calls, 1) : 0
}

function instantsBetween(rhythm: Rhythm, from: number, to: number): number {
  const [newest, before] = [newestCall(rhythm, to), newestCall(rhythm, from - 1)]
  return newest === null || before === null || rhythm.everySeconds === null
    ? 0
    : Math.round((newest - before) / (rhythm.everySeconds * 1000))
}
