import { describe, expect, test } from 'vitest'
import { rehearsalOf } from '../../src/change/rehearsal.ts'

const role = (roleName: string, tags: Readonly<Record<string, string>> = {}) => ({
  roleName,
  tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
})

const byName = [{ production: '*-prod', test: '*-test' }]
const byTag = [{ tag: 'env', production: 'prod', test: 'test', same: 'app' }]

describe('the test twin of a production role', () => {
  test.each([
    ['a role that is no production role has none', role('web-dev'), byName, null],
    ['by name, the same text stands for each *', role('web-prod'), byName, ['web-test']],
    ['in any case', role('WEB-Prod'), byName, ['web-test']],
    ['several parts', role('prod-eu-web'), [{ production: 'prod-*-*', test: '*-*-test' }], ['eu-web-test']],
    ['a twin that is not there', role('jobs-prod'), byName, []],
    ['the first rule that knows the role counts', role('web-prod'), [...byName, { production: 'web-*', test: 'eu-web-*' }], ['web-test']],
    ['by tags', role('a', { Env: 'Prod', app: 'shop' }), byTag, ['b', 'c']],
    ['by tags, without the shared one', role('a', { env: 'prod' }), byTag, []],
    ['no rules', role('web-prod'), [], null],
  ])('%s', (_, asked, rules, names) => {
    const roles = [
      role('web-test'),
      role('eu-web-test'),
      role('b', { env: 'test', app: 'shop' }),
      role('c', { env: 'TEST', app: 'shop' }),
      role('d', { env: 'test', app: 'bank' }),
      role('e', { env: 'test' }),
    ]
    expect(rehearsalOf(asked, rules, roles)?.twins.map(({ roleName }) => roleName) ?? null).toEqual(names)
  })

  test('is named where it is missing', () => {
    expect(rehearsalOf(role('jobs-prod'), byName, [])?.wanted).toBe('jobs-test')
    expect(rehearsalOf(role('a', { env: 'prod', app: 'shop' }), byTag, [])?.wanted).toContain('env=test and app=shop')
  })
})
