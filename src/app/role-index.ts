/**
 * The roles of a scan, made ready for a list that is filtered and sorted with every key: names in lower case once, all orders once.
 * A filter then only leaves roles out, and one that asks for more than the filter before looks at what that one has left.
 */
import type { RoleFilter } from './role-filter.ts'
import { type SortId, sortIds, sortRoles } from './role-order.ts'
import type { RoleRow } from './views.ts'

/** Roles in an order, and beside each its name as filters look at it. */
export type Shelf = { readonly rows: readonly RoleRow[]; readonly names: readonly string[] }

export type RoleIndex = {
  readonly of: readonly RoleRow[]
  readonly byName: ReadonlyMap<string, RoleRow>
  readonly orders: ReadonlyMap<SortId, Shelf>
}

export function indexRoles(of: readonly RoleRow[]): RoleIndex {
  const lower = new Map(of.map((row) => [row, row.roleName.toLowerCase()]))
  const shelf = (rows: readonly RoleRow[]): Shelf => ({ rows, names: rows.map((row) => lower.get(row) ?? '') })
  return {
    of,
    byName: new Map(of.map((row) => [row.roleName, row])),
    orders: new Map(sortIds.map((sort) => [sort, shelf(sortRoles(of, sort))])),
  }
}

/** What a list shows: the roles that are left, and what left them. */
export type Sifted = { readonly index: RoleIndex; readonly sort: SortId; readonly filter: RoleFilter; readonly left: Shelf }

const emptyShelf: Shelf = { rows: [], names: [] }

export function siftRoles(asked: Omit<Sifted, 'left'>, { before, now }: { readonly before: Sifted | null; readonly now: number }): Sifted {
  const { index, sort, filter } = asked
  const isNarrower = before !== null && before.index === index && before.sort === sort && filter.narrows(before.filter)
  const from = isNarrower ? before.left : (index.orders.get(sort) ?? emptyShelf)
  return { ...asked, left: filter.isEmpty ? from : leave(from, filter, now) }
}

function leave({ rows, names }: Shelf, filter: RoleFilter, now: number): Shelf {
  const left: { readonly rows: RoleRow[]; readonly names: string[] } = { rows: [], names: [] }
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]
    const name = names[at]
    if (row === undefined || name === undefined || !filter.matches(row, name, now)) continue
    left.rows.push(row)
    left.names.push(name)
  }
  return left
}
