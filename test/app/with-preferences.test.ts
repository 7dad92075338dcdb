import { describe, expect, test } from 'vitest'
import { isInWindow, withPreferences } from '../../src/app/with-preferences.ts'
import { readPreferences } from '../../src/config/preferences.ts'
import { fakeUseCases, planOf } from '../commands/fake-workspace.ts'

const none = readPreferences('/nowhere').values
const night = { days: ['sat'], from: '22:00', to: '04:00' }

describe('preferences about the account', () => {
  test.each([
    ['2026-03-07T23:00:00', true],
    ['2026-03-08T03:59:00', true],
    ['2026-03-08T04:00:00', false],
    ['2026-03-07T21:59:00', false],
    ['2026-03-06T23:00:00', false],
  ])('a window past midnight at %s: %s', (at, inside) => expect(isInWindow(night, new Date(at))).toBe(inside))

  test('protected and crown-jewel roles are flagged and guarded by pattern', async () => {
    const useCases = withPreferences(fakeUseCases().useCases, { ...none, protectedRoles: ['om*'], crownJewels: ['BETA'] })
    const view = await useCases.lastScan()
    const told = view?.roles.map(({ roleName, flags, protected: isProtected }) => [roleName, isProtected, flags])
    expect(told).toEqual([
      ['alpha', false, []],
      ['omega', true, []],
      ['beta', false, ['crown-jewel']],
    ])
    expect(await useCases.guards('omega')).toMatchObject({ ok: true, value: [{ id: 'preferred', overridable: true }] })
    expect(await useCases.apply(planOf('omega'), 1)).toMatchObject({ ok: false, refusal: { code: 4, id: 'guard:preferred' } })
    expect(await useCases.apply(planOf('omega'), 1, { overrides: ['preferred'], reason: 'asked' })).toMatchObject({ ok: true })
    expect(await useCases.apply(planOf('alpha'), 1)).toMatchObject({ ok: true })
  })

  test('outside of every change window apply is refused, rolling back is not', async () => {
    const useCases = withPreferences(fakeUseCases().useCases, { ...none, changeWindows: [{ days: ['sat'], from: '01:00', to: '01:01' }] })
    expect(await useCases.apply(planOf('alpha'), 1)).toMatchObject({ ok: false, refusal: { id: 'guard:change-window' } })
    expect(await useCases.rollback('c-1')).toMatchObject({ ok: true })
  })
})
