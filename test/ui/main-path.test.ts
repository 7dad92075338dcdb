import { describe, expect, test } from 'vitest'
import { drive } from './drive.tsx'

const confirm = ['Tab', 'Enter'] as const

describe('the main path', () => {
  test('list, role, preview, confirm, applied, rolled back, restored', async () => {
    const app = await drive()
    await app.press('Enter')
    expect(app.screen()).toContain('Actions │ Policies │ Trust │ Evidence │ History')
    await app.press('p')
    expect(app.screen()).toContain('✓ no new access   ✓ used kept   ✓ every step')
    await app.press('a')
    expect(app.screen()).toContain('Removes 54 actions from legacy-admin-role.')
    await app.press(...confirm)
    expect(app.screen()).toContain('✓ Applied')
    expect(app.screen()).toContain('restore.sh')
    await app.press('u')
    expect(app.screen()).toContain('✓ Restored  in 0.5 s')
    expect(app.useCases.calls.filter((call) => /^(apply|rollback)/.test(call))).toEqual(['apply legacy-admin-role 1', 'rollback chg-1'])
  })

  test('the list shows the new risk and the stage in effect, and the old ones again after the rollback', async () => {
    const app = await drive()
    const row = () =>
      app
        .screen()
        .split('\n')
        .find((line) => /\d .*legacy-admin-role .* d /.test(line)) ?? ''
    await app.press('a', ...confirm, '1', 's', 's', 's', 's', 's')
    expect(app.state().roles.rows.find(({ roleName }) => roleName === 'legacy-admin-role')?.riskScore).toBe(44)
    expect(row()).toContain('●○')
    await app.press('u', '1')
    expect(row()).toContain('97')
    expect(row()).toContain('○○')
  })

  test('u from the list needs one key', async () => {
    const app = await drive()
    await app.press('a', ...confirm, '1', 'u')
    expect(app.state().run?.kind).toBe('rollback')
    expect(app.screen()).toContain('Restored')
  })

  test('a settled change asks before it is rolled back', async () => {
    const app = await drive()
    await app.press('a', ...confirm, '1')
    app.useCases.setOutcome('legacy-admin-role', 'settled')
    await app.press('u')
    expect(app.screen()).toContain('Roll back legacy-admin-role?')
    expect(app.useCases.calls.some((call) => call.startsWith('rollback'))).toBe(false)
    await app.press(...confirm)
    expect(app.useCases.calls.some((call) => call.startsWith('rollback'))).toBe(true)
  })

  test('u says why when there is nothing to undo', async () => {
    const app = await drive()
    await app.press('u')
    expect(app.screen()).toContain('Nothing to undo: no change of legacy-admin-role is in effect.')
  })

  test('the second stage comes after the first', async () => {
    const app = await drive()
    await app.press('p', 'j', 'a')
    expect(app.screen()).toContain('Stage 1 comes first: stages go in order.')
    await app.press('k', 'a', ...confirm, 'Esc', 'k', 'a')
    expect(app.screen()).toContain('Stage 1 is in effect already. u rolls it back.')
    await app.press('j', 'a', ...confirm)
    expect(app.useCases.calls).toContain('apply legacy-admin-role 2')
    await app.press('1', 'a')
    expect(app.state().toast?.text).toBe('Every stage is in effect. u rolls the newest one back.')
  })

  test('any earlier change can be taken back from the history', async () => {
    const app = await drive()
    await app.press('a', ...confirm, '1', 'U', 'u')
    expect(app.screen()).toContain('Takes back "tighten stage 1"')
    await app.press(...confirm)
    expect(app.useCases.calls).toContain('rollback chg-1')
  })

  test('a refusal says what happened and that nothing is half done', async () => {
    const app = await drive()
    app.useCases.failNext('apply', { code: 4, id: 'drift', message: 'everything was changed by somebody else', hint: 'Scan again.' })
    await app.press('a', ...confirm)
    expect(app.screen()).toContain('Refused: nothing changed')
    expect(app.screen()).toContain('everything was changed by somebody else')
    expect(app.screen()).toContain('Nothing was left half done.')
  })

  test('a bug below is survived and points to recover', async () => {
    const app = await drive()
    app.useCases.failNext('apply', new Error('disk is full'))
    await app.press('a', ...confirm)
    expect(app.screen()).toContain('disk is full')
    expect(app.screen()).toContain('zt-tui recover')
    expect(app.state().run?.result).not.toBeNull()
  })
})
