import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { filterRoles, parseFilter } from '../../src/app/role-filter.ts'
import { indexRoles, type Sifted, siftRoles } from '../../src/app/role-index.ts'
import { sortIds, sortRoles } from '../../src/app/role-order.ts'
import { row } from '../commands/fake-workspace.ts'

const now = Date.parse('2026-03-31T00:00:00Z')
const rows = ['web-app', 'web-worker', 'legacy-admin-role', 'Batch-Worker', 'tidy', 'awe'].map((name, at) =>
  row(name, (at * 37) % 100, { unusedPercent: (at * 53) % 100, lastUsed: at % 3 === 0 ? null : `2026-0${(at % 3) + 1}-01T00:00:00Z` }),
)
const index = indexRoles(rows)

const filters = fc
  .array(fc.constantFrom('w', 'we', 'web', 'l', 'lar', 'unused', 'unused>', 'unused>5', 'unused>50', 'last<60d', 'risk>=high', 'is:open'), {
    maxLength: 3,
  })
  .map((words) => words.join(' '))

describe('the sifted list', () => {
  test('shows the same after any filters and sorts as if they had been the first', () => {
    const asked = fc.array(fc.tuple(filters, fc.constantFrom(...sortIds)), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(asked, (steps) => {
        let before: Sifted | null = null
        for (const [text, sort] of steps) {
          before = siftRoles({ index, sort, filter: parseFilter(text) }, { before, now })
          expect(before.left.rows).toEqual(filterRoles(sortRoles(rows, sort), text, now))
        }
      }),
    )
  })

  test('typing on never brings a role back that the name left out', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 3 }), (text, more) => {
        fc.pre(parseFilter(text + more).narrows(parseFilter(text)))
        expect(filterRoles(rows, text, now)).toEqual(expect.arrayContaining([...filterRoles(rows, text + more, now)]))
      }),
    )
  })
})

describe('orders', () => {
  test('where figures are alike, the name decides', () => {
    const alike = [row('b', 5), row('a', 5), row('c', 9)]
    expect(sortRoles(alike, 'risk').map(({ roleName }) => roleName)).toEqual(['c', 'a', 'b'])
  })

  test('never used stands as longest ago', () => {
    expect(sortRoles(rows, 'last-used')[0]?.lastUsed).toBeNull()
  })
})
