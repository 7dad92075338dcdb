/**
 * When each role was last used, for lists of thousands of them. How a role uses its actions is decided when the account is
 * made and never changes, so it is read once and kept in a short form; an account made anew has another epoch.
 */
import { integerOrNull, text } from '../state/column.ts'
import type { Database } from '../state/database.ts'
import { readMeta } from '../state/meta.ts'

export type NewestUse = { readonly at: string; readonly region: string }

/** The newest use of an owner until now; null where there is none. */
export type NewestUses = (database: Database, now: string) => (owner: string) => NewestUse | null

/** In seconds; a use without a period is a memory. */
type Rhythm = { readonly anchor: number; readonly period: number | null; readonly region: string }

export function newestUses(): NewestUses {
  let epoch: string | null = null
  let rhythms: ReadonlyMap<string, readonly Rhythm[]> = new Map()
  return (database, now) => {
    const current = readMeta(database, 'epoch')
    if (current !== epoch) {
      epoch = current
      rhythms = readRhythms(database)
    }
    const until = Math.floor(Date.parse(now) / 1000)
    return (owner) => newestOf(rhythms.get(owner) ?? [], until)
  }
}

function newestOf(rhythms: readonly Rhythm[], until: number): NewestUse | null {
  let newest = Number.NEGATIVE_INFINITY
  let region = ''
  for (const rhythm of rhythms) {
    const { anchor, period } = rhythm
    const at = period === null ? anchor : anchor + Math.floor((until - anchor) / period) * period
    if (at > until || at <= newest) continue
    newest = at
    region = rhythm.region
  }
  return newest === Number.NEGATIVE_INFINITY ? null : { at: `${new Date(newest * 1000).toISOString().slice(0, 19)}Z`, region }
}

function readRhythms(database: Database): ReadonlyMap<string, readonly Rhythm[]> {
  const rhythms = new Map<string, Rhythm[]>()
  for (const row of database.all('SELECT owner, last_used, every_seconds, region FROM usage')) {
    const rhythm = {
      anchor: Date.parse(text(row, 'last_used')) / 1000,
      period: integerOrNull(row, 'every_seconds'),
      region: text(row, 'region'),
    }
    const owner = text(row, 'owner')
    const known = rhythms.get(owner)
    if (known === undefined) rhythms.set(owner, [rhythm])
    else known.push(rhythm)
  }
  return rhythms
}
