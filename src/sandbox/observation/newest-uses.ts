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

/** What holds from one moment until the owner's next call, in seconds. */
type Spell = { readonly from: number; readonly before: number; readonly newest: NewestUse | null }

type Owner = { readonly rhythms: Rhythm[]; spell: Spell | null }

export function newestUses(): NewestUses {
  let epoch: string | null = null
  let owners: ReadonlyMap<string, Owner> = new Map()
  return (database, now) => {
    const current = readMeta(database, 'epoch')
    if (current !== epoch) {
      epoch = current
      owners = readOwners(database)
    }
    const until = Math.floor(Date.parse(now) / 1000)
    return (id) => {
      const owner = owners.get(id)
      if (owner === undefined) return null
      if (owner.spell === null || until < owner.spell.from || until >= owner.spell.before) owner.spell = spellAt(owner.rhythms, until)
      return owner.spell.newest
    }
  }
}

function spellAt(rhythms: readonly Rhythm[], until: number): Spell {
  let newest = Number.NEGATIVE_INFINITY
  let next = Number.POSITIVE_INFINITY
  let region = ''
  for (const rhythm of rhythms) {
    const { anchor, period } = rhythm
    const at = period === null ? anchor : anchor + Math.floor((until - anchor) / period) * period
    if (at > until) next = Math.min(next, at)
    else if (period !== null) next = Math.min(next, at + period)
    if (at > until || at <= newest) continue
    newest = at
    region = rhythm.region
  }
  if (newest === Number.NEGATIVE_INFINITY) return { from: until, before: next, newest: null }
  return { from: newest, before: next, newest: { at: `${new Date(newest * 1000).toISOString().slice(0, 19)}Z`, region } }
}

function readOwners(database: Database): ReadonlyMap<string, Owner> {
  const owners = new Map<string, Owner>()
  for (const row of database.all('SELECT owner, last_used, every_seconds, region FROM usage')) {
    const rhythm = {
      anchor: Date.parse(text(row, 'last_used')) / 1000,
      period: integerOrNull(row, 'every_seconds'),
      region: text(row, 'region'),
    }
    const id = text(row, 'owner')
    const known = owners.get(id)
    if (known === undefined) owners.set(id, { rhythms: [rhythm], spell: null })
    else known.rhythms.push(rhythm)
  }
  return owners
}
