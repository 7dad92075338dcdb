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

export const isInside = (at: Iso | null, window: Window): boolean => at !== null && Date.parse(at) >= window.start

/** Evidence must reach up to the present: what happened since is not in it. */
export const isFresh = (observedUntil: Iso | null, window: Window): boolean =>
  observedUntil !== null && window.now - Date.parse(observedUntil) <= window.freshDays * DAY

/** What one source says about one action, or about every action of a service that it does not name. */
export type Opinion = {
  readonly state: 'used' | 'unused' | 'unknown'
  readonly source: EvidenceSourceId
  readonly lastAccessed: Iso | null
  readonly observedUntil: Iso | null
  readonly reason: string
}

/**
 * All that one source says about one role. A named action beats its service, the service beats `everywhere`. Where all
 * three are absent the source is silent, and silence is never evidence; `silence` says why, for people.
 */
export type SourceReading = {
  /** By `actionKey`. */
  readonly named: ReadonlyMap<ActionName, Opinion>
  readonly ofService: ReadonlyMap<string, Opinion>
  readonly everywhere: Opinion | null
  readonly silence: string | null
}

export const silent = (why: string | null): SourceReading => ({ named: new Map(), ofService: new Map(), everywhere: null, silence: why })
