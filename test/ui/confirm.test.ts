import { describe, expect, test } from 'vitest'
import { type Drive, drive } from './drive.tsx'

const applied = (app: Drive): readonly string[] => app.useCases.calls.filter((call) => call.startsWith('apply'))

describe('the confirmation', () => {
  test('Cancel is focused: Enter does nothing', async () => {
    const app = await drive()
    await app.press('a', 'Enter')
    expect(applied(app)).toEqual([])
    expect(app.screen()).toContain('Nothing was done.')
  })

  test('the key that opened it never confirms it, however often it is pressed', async () => {
    const app = await drive()
    await app.press('a', 'a', 'a', 'a')
    expect(applied(app)).toEqual([])
    expect(app.state().overlay?.kind).toBe('confirm')
  })

  test.each(['Tab', 'Right', 'Shift-Tab'])('%s goes to the button, Enter presses it', async (key) => {
    const app = await drive()
    await app.press('a', key, 'Enter')
    expect(applied(app)).toEqual(['apply legacy-admin-role 1'])
  })

  test.each(['Esc', 'q', 'n'])('%s leaves', async (key) => {
    const app = await drive()
    await app.press('a', key)
    expect(app.state().overlay).toBeNull()
    expect(applied(app)).toEqual([])
  })

  test('acts on the role that was highlighted when the key was pressed', async () => {
    const app = await drive()
    app.send({ kind: 'key', press: { id: 'a', text: 'a' } })
    app.send({ kind: 'key', press: { id: 'j', text: 'j' } })
    await app.idle()
    expect(app.screen()).toContain('Apply stage 1 of legacy-admin-role?')
    await app.press('Tab', 'Enter')
    expect(applied(app)).toEqual(['apply legacy-admin-role 1'])
  })

  test('a protected role asks for its name and passes the guard as an override', async () => {
    const app = await drive({ link: { role: 'break-glass-admin', screen: null } })
    await app.press('a', 'Tab')
    expect(app.screen()).toContain('Type the name first.')
    await app.type('break-glass-admi')
    await app.press('Tab', 'Enter')
    expect(applied(app)).toEqual([])
    await app.press('n', 'Enter')
    expect(applied(app)).toEqual(['apply break-glass-admin 1 override protected-role'])
  })

  test('a production-like role asks for its name without overriding anything', async () => {
    const app = await drive({ link: { role: 'prod-billing-export', screen: null } })
    await app.press('a')
    await app.type('prod-billing-export')
    await app.press('Enter')
    expect(applied(app)).toEqual(['apply prod-billing-export 1'])
  })

  test('a wrong name confirms nothing and stays on the screen', async () => {
    const app = await drive({ link: { role: 'prod-billing-export', screen: null } })
    await app.press('a')
    await app.type('prod-billing-imp')
    await app.press('Enter')
    expect(app.screen()).toContain('The name differs.')
    expect(app.state().overlay?.kind).toBe('confirm')
  })

  test('the name can be pasted', async () => {
    const app = await drive({ link: { role: 'prod-billing-export', screen: null } })
    await app.press('a')
    app.send({ kind: 'paste', text: ' prod-billing-export\n' })
    await app.press('Enter')
    expect(applied(app)).toEqual(['apply prod-billing-export 1'])
  })

  test('a guard that cannot be overridden offers no button', async () => {
    const app = await drive({ link: { role: 'AWSServiceRoleForSupport', screen: null } })
    await app.press('a')
    expect(app.screen()).toContain('AWSServiceRoleForSupport is guarded: AWS owns this role')
    await app.press('Tab', 'Enter')
    expect(applied(app)).toEqual([])
    expect(app.state().overlay).toBeNull()
  })

  test('on a low screen the buttons stay in sight', async () => {
    const app = await drive({ size: { columns: 40, rows: 12 } })
    await app.press('a')
    expect(app.screen()).toContain('[ Cancel ]')
    expect(app.screen()).toContain('[ Apply stage 1 ]')
  })
})
