import { describe, expect, test } from 'vitest'
import { drive } from './drive.tsx'

const confirm = ['Tab', 'Enter'] as const

describe('marked roles', () => {
  test('Space marks and goes on; a asks once and applies one after another', async () => {
    const app = await drive()
    await app.press('j', 'Space', 'Space', 'a')
    const marked = app.state().marks
    expect(marked).toHaveLength(2)
    expect(app.screen()).toContain('Apply the next stage of 2 roles?')
    await app.press(...confirm)
    expect(app.state().batch.map(({ roleName }) => roleName)).toEqual(marked)
    expect(app.useCases.calls.filter((call) => call.startsWith('scan')).length).toBe(2)
  })

  test('guarded and production-like roles are left out with their reason, the others are applied', async () => {
    const app = await drive({ filter: 'break-glass legacy-admin'.split(' ')[0] ?? '' })
    await app.press('Space')
    await app.press('Esc', 'g', 'Space', 'a', ...confirm)
    const statuses = Object.fromEntries(app.state().batch.map(({ roleName, status }) => [roleName, status]))
    expect(statuses).toEqual({ 'break-glass-admin': 'refused', 'legacy-admin-role': 'done' })
    expect(app.screen()).toContain('The role is marked as protected')
    expect(app.screen()).toContain('1 of 2 roles tightened')
    expect(app.state().marks).toEqual([])
  })

  test('u takes the newest change of each back, and says which have none', async () => {
    const app = await drive()
    await app.press('a', ...confirm, 'Esc', 'Esc', 'Space', 'Space', 'u')
    expect(app.screen()).toContain('Roll back the newest change of 2 roles?')
    await app.press(...confirm)
    expect(
      app
        .state()
        .batch.map(({ status }) => status)
        .toSorted(),
    ).toEqual(['done', 'refused'])
    expect(app.useCases.calls.filter((call) => call.startsWith('rollback'))).toEqual(['rollback chg-1'])
    expect(app.screen()).toContain('1 of 2 roles rolled back')
  })

  test('Esc clears the marks', async () => {
    const app = await drive()
    await app.press('Space', 'Esc')
    expect(app.state().marks).toEqual([])
  })
})

describe('giving back, quarantine and release', () => {
  test('b offers what the stage removed and gives one action back after a question', async () => {
    const app = await drive()
    await app.press('a', ...confirm, 'b')
    expect(app.screen()).toContain('Give one action back to legacy-admin-role')
    await app.type('kms:Terminate')
    await app.press('Enter')
    expect(app.screen()).toContain('Give kms:TerminateThings back?')
    await app.press(...confirm)
    expect(app.useCases.calls).toContain('giveBack chg-1 kms:TerminateThings')
    expect(app.screen()).toContain('Given back')
  })

  test('b says why where nothing is in effect', async () => {
    const app = await drive()
    await app.press('b')
    expect(app.state().toast?.text).toBe('No stage of this role is in effect: there is nothing to give back.')
  })

  test('denied calls turn the row red, stand first among what can be given back, and are said aloud', async () => {
    const app = await drive()
    await app.press('a', ...confirm)
    const call = { action: 'rds:DeleteThing', at: '2026-03-31T10:31:00Z', roleArn: 'arn:aws:iam::123456789012:role/legacy-admin-role' }
    const denied = [{ ...call, region: 'us-east-1', source: 'history', message: null }] as never
    const common = { roleName: 'legacy-admin-role', stage: 1, at: '2026-03-31T10:30:00Z', state: 'soaking', visible: 3, total: 9 } as const
    app.useCases.setWatched([{ ...common, changeId: 'chg-1', denied, regions: [], problem: null }])
    await app.press('3', 'w')
    expect(app.screen()).toContain('legacy-admin-role was denied rds:DeleteThing')
    expect(app.screen()).toContain('1 denied call since the change')
    await app.press('b')
    expect(app.screen()).toMatch(/denied\s+rds:DeleteThing/)
  })

  test.each([
    ['Q', 'quarantine', 'Quarantined'],
    ['R', 'release', 'Released'],
  ])('%s asks for the name', async (key, call, done) => {
    const app = await drive({ link: { role: 'tidy-role', screen: null } })
    await app.press(key, 'Tab')
    expect(app.useCases.calls.some((one) => one.startsWith(call))).toBe(false)
    await app.type('tidy-role')
    await app.press('Enter')
    expect(app.useCases.calls).toContain(`${call} tidy-role`)
    expect(app.screen()).toContain(done)
  })
})
