/**
 * GetAccountAuthorizationDetails: one walk through users, roles, groups and policies. `MaxItems` is one budget for the
 * whole walk, so the first pages of a large account hold no policy at all, and a marker names the section it stopped in:
 *
 *   MaxItems 100 in an account of 47 users and 128 roles → 47 users + 53 roles, marker "roles after <the 53rd>"
 *
 * A page that grows too long ends early, as IAM's do: fewer than `MaxItems`, and more to come.
 */
import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import type { QueryOperations } from '../protocol/query.ts'
import type { Place } from '../state/places.ts'
import { type Section, sections } from './detail-sections.ts'
import { pageEnd, pageRequest } from './paging.ts'

const LISTS = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'] as const
const MEMBER = Buffer.from('<member>')

/** In bytes. How long IAM's own pages may grow is not documented; 1,000 ordinary roles do not fit into one. */
const LONGEST_PAGE = 1_500_000

export const authorizationDetailOperations: QueryOperations = {
  GetAccountAuthorizationDetails: {
    effect: 'read',
    run(params, context) {
      const filter = params.list('Filter')
      const unknown = filter.find((name) => !sections.some((section) => section.filter === name))
      if (unknown !== undefined) throw unknownFilter(unknown)
      const page = pageRequest(params, `GetAccountAuthorizationDetails ${[...filter].sort().join(',')}`)
      const chosen = sections.filter((section) => filter.length === 0 || filter.includes(section.filter))
      const { lists, next } = walk(chosen, page, context)
      return [...LISTS.flatMap((list) => [`<${list}>`, ...(lists.get(list) ?? []), `</${list}>`]), pageEnd(next, page.question)]
    },
  },
}

function walk(chosen: readonly Section[], page: { after: string; limit: number }, context: CallContext) {
  const lists = new Map<Section['list'], (string | Uint8Array)[]>()
  const [startName, startKey] = splitPosition(page.after)
  let left = page.limit
  let length = 0
  let last: string | null = null
  let started = startName === ''
  for (const section of chosen) {
    const here = section.filter === startName
    if (!started && !here) continue
    started = true
    const places = section.places(context, here ? startKey : '', left + 1)
    const tell = teller(section, places.slice(0, left), context)
    const list = lists.get(section.list) ?? []
    lists.set(section.list, list)
    let shown = 0
    for (const { id, key } of places.slice(0, left)) {
      const { detail, ending } = tell(id)
      length += detail.length + ending.length
      if (last !== null && length > LONGEST_PAGE) break
      list.push(detail, ending)
      last = `${section.filter} ${key}`
      shown++
    }
    left -= shown
    if (places.length > shown) return { lists, next: last ?? `${section.filter} ` }
  }
  return { lists, next: null }
}

/** What is told of each; those that nobody asked for since the last change are read and written together. */
function teller(section: Section, places: readonly Place[], context: CallContext) {
  const written = context.writtenDetails(context.database)
  const missing = places.flatMap(({ id }) => (written.has(id) ? [] : [id]))
  if (missing.length > 0) for (const [id, text] of section.write(missing, context)) written.set(id, Buffer.from(`<member>${text}`))
  const ending = section.ending?.(context) ?? (() => '')
  return (id: string) => ({ detail: written.get(id) ?? MEMBER, ending: `${ending(id)}</member>` })
}

function splitPosition(position: string): readonly [string, string] {
  const space = position.indexOf(' ')
  return space < 0 ? ['', ''] : [position.slice(0, space), position.slice(space + 1)]
}

function unknownFilter(name: string): AwsError {
  const known = sections.map((section) => section.filter).join(', ')
  const demand = `Member must satisfy constraint: [Member must satisfy enum value set: [${known}]]`
  return new AwsError(
    'ValidationError',
    400,
    `1 validation error detected: Value '[${name}]' at 'filter' failed to satisfy constraint: ${demand}`,
  )
}
