import { describe, expect, test } from 'vitest'
import { nameMatcher } from '../../src/app/name-matcher.ts'
import { filterRoles, parseFilter } from '../../src/app/role-filter.ts'
import { row } from '../commands/fake-workspace.ts'

const now = Date.parse('2026-03-31T00:00:00Z')
const rows = [
  row('legacy-admin-role', 97, {
    unusedPercent: 95,
    lastUsed: '2026-03-30T00:00:00Z',
    tags: [{ key: 'Env', value: 'prod' }],
    flags: ['administrator'],
  }),
  row('web-app', 72, { riskGrade: 'high', unusedPercent: 10, lastUsed: '2025-11-01T00:00:00Z', tags: [{ key: 'env', value: 'dev' }] }),
  row('tidy', 4, { unusedPercent: 0, protected: true, path: '/service/' }),
]

const found = (filter: string): readonly string[] => filterRoles(rows, filter, now).map(({ roleName }) => roleName)

describe('the filter of the roles', () => {
  test.each([
    ['', ['legacy-admin-role', 'web-app', 'tidy']],
    ['unused>20', ['legacy-admin-role']],
    ['unused<=10%', ['web-app', 'tidy']],
    ['risk>=high', ['legacy-admin-role', 'web-app']],
    ['risk=high', ['web-app']],
    ['risk<high', ['tidy']],
    ['risk>50 web', ['web-app']],
    ['last>90d', ['web-app', 'tidy']],
    ['last<48h', ['legacy-admin-role']],
    ['last=never', ['tidy']],
    ['tag:env', ['legacy-admin-role', 'web-app']],
    ['tag:env=prod', ['legacy-admin-role']],
    ['flag:admin', ['legacy-admin-role']],
    ['is:protected', ['tidy']],
    ['path:service', ['tidy']],
    ['LEGACY admin', ['legacy-admin-role']],
    ['lar', ['legacy-admin-role']],
    ['wa', ['web-app']],
  ])('%j shows %j', (filter, names) => expect(found(filter)).toEqual(names))

  test('what is half typed filters nothing and is named', () => {
    expect(found('unused>')).toHaveLength(3)
    expect(parseFilter('unused> web').problem).toBe('unused>')
    expect(parseFilter('risk>=huge').problem).toBe('risk>=huge?')
    expect(parseFilter('unused>20 web').problem).toBeNull()
  })

  test('letters match beside each other or at the start of a part', () => {
    const found = (name: string, ...words: readonly string[]) => words.map((word) => nameMatcher(word)(name))
    expect(found('legacy-admin-role', 'lero', 'ladmr', 'lar', 'yr', 'lmn')).toEqual([true, true, true, false, false])
    expect(found('legacy', 'lega')).toEqual([true])
    expect(found('a-a-ab-abc', 'aaaabc', 'aaaaabc')).toEqual([true, false])
  })
})
