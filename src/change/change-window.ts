import type { ChangeWindow } from '../ports/preferences.ts'

const weekDays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** A window that ends before it begins runs past midnight; it belongs to the day on which it began. */
export function isInWindow({ days, from, to, timeZone }: ChangeWindow, now: Date): boolean {
  const [start, end] = [minutesOf(from), minutesOf(to)]
  const { minute, weekDay } = wallClock(now, timeZone)
  const today = weekDays[weekDay] ?? ''
  const yesterday = weekDays[(weekDay + 6) % 7] ?? ''
  if (start < end) return days.includes(today) && minute >= start && minute < end
  return (days.includes(today) && minute >= start) || (days.includes(yesterday) && minute < end)
}

/** What the clock on the wall says there; without a time zone, in this machine's. */
function wallClock(now: Date, timeZone: string | undefined): { readonly minute: number; readonly weekDay: number } {
  if (timeZone === undefined) return { minute: now.getHours() * 60 + now.getMinutes(), weekDay: now.getDay() }
  const format = new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]))
  const weekDay = new Map<string | undefined, number>(weekDays.map((day, at) => [day, at])).get(parts.get('weekday')?.toLowerCase()) ?? 0
  return { minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')), weekDay }
}
