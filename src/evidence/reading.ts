import type { ActionName, Iso } from '../policy/names.ts'
import type { EvidenceSourceId } from './evidence.ts'

/** The observation window, in UTC milliseconds and days. */
export type Window = {
  readonly now: number
  readonly days: number
  readonly start: number
  /** Grants younger than this many days are unknown. */
  readonly minAgeDays: number
  /** Evidence older than this many days proves no non-use. */
  readonly freshDays: number
}

const DAY = 86_400_000

/** Evidence may be this old for a plan; `apply` asks for less (contract.md). */
export const PLAN_FRESH_DAYS = 7

export function windowEnding(now: Date, days: number, minAgeDays: number, freshDays: number = PLAN_FRESH_DAYS): Window {
  return { now: now.getTime(), days, start: now.getTime() - days * DAY, minAgeDays, freshDays }
}

export const daysBetween = (from: Iso, now: number): number => Math.floor((now - Date.parse(from)) / DAY)

/** A use at a time that nobody can read may have been yesterday. */
export const isInside = (at: Iso | null, window: Window): boolean => at !== null && !(Date.parse(at) < window.start)

/** Clocks differ a little; evidence of a later day is not of this account's past. */
const SKEW = 3_600_000

/** Evidence must reach up to the present: what happened since is not in it. */
export function isFresh(observedUntil: Iso | null, window: Window): boolean {
  if (observedUntil === null) return false
  const age = window.now - Date.parse(observedUntil)
  return age >= -SKEW && age <= window.freshDays * DAY
}

/** What one source says about one action, or about every action of a service that it does not name. */
export type Opinion = {
  readonly state: 'used' | 'unused' | 'unknown'
  readonly source: EvidenceSourceId
  readonly lastAccessed: Iso | null
  readonly observedUntil: Iso | null
  readonly reason: string
}

const CAUTION: Readonly<Record<Opinion['state'], number>> = { unused: 0, unknown: 1, used: 2 }

/** The more cautious of two opinions wins: used, unknown, unused. */
export const moreCautious = (a: Opinion | null, b: Opinion | null): Opinion | null => {
  if (a === null || b === null) return a ?? b
  return CAUTION[b.state] > CAUTION[a.state] ? b : a
}

export type NamedAction = { readonly action: ActionName }

/**
 * All that one source says about one role. A named action beats its service, the service beats `everywhere`. Where all
 * three are absent the source is silent, and silence is never evidence; `silence` says why, for people.
 */
export type SourceReading = {
  /** Tells of all rows what they say of their actions, of some at once; the same action may come in several rows. */
  eachNamed(say: (rows: readonly NamedAction[], opinion: Opinion) => void): void
  /** By service prefix, lower case. */
  readonly ofService: ReadonlyMap<string, Opinion>
  readonly everywhere: Opinion | null
  /** Services with a use inside the window, whichever action it was. */
  readonly busy: ReadonlySet<string>
  readonly silence: string | null
  /** Nothing is named, no service, not everything. */
  readonly isSilent: boolean
}

export const silent = (why: string | null): SourceReading => ({
  eachNamed: () => {},
  ofService: new Map(),
  everywhere: null,
  busy: new Set(),
  silence: why,
  isSilent: true,
})

/** Adds what one finding or row says to what others of the same source said of the same thing. */
export function note(opinions: Map<string, Opinion>, key: string, opinion: Opinion | null): void {
  const joined = moreCautious(opinions.get(key) ?? null, opinion)
  if (joined !== null) opinions.set(key, joined)
}
