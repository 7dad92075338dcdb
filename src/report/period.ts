import type { Window } from '../evidence/reading.ts'
import type { Iso } from '../policy/names.ts'

const DAY = 86_400_000

/** What a report is about, in whole days, and to the minute the window in which use was looked for. */
export type Period = {
  /** First and last moment of whole days. */
  readonly from: Iso
  readonly to: Iso
  readonly days: number
  readonly window: { readonly from: Iso; readonly to: Iso }
}

/**
 * People report in whole days: from so many days before the last full day to the end of that day. Use is looked for in the
 * same number of days up to now, so that what happened this morning counts; both are told.
 *
 *   90 days, on 2024-04-01 at 10:30   →   2024-01-01 to 2024-03-31, use since 2024-01-02 10:30
 */
export function periodOf({ now, days, start }: Pick<Window, 'now' | 'days' | 'start'>): Period {
  const today = Math.floor(now / DAY) * DAY
  const iso = (at: number): Iso => new Date(at).toISOString()
  return { from: iso(today - (days + 1) * DAY), to: iso(today - 1), days, window: { from: iso(start), to: iso(now) } }
}
