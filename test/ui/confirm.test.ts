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
    expect(app.screen()).toContain('Say why first')
    await app.type('drill')
    await app.press('Enter')
    expect(applied(app)).toEqual(['apply break-glass-admin 1 override protected-role: drill'])
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

describe('an override', () => {
  const guarded = (id: string, reason: string) => [
    {
      roleName: 'terraform-made',
      risk: 80,
      services: [['s3', 4]] as const,
      lastUsedDays: 3,
      guards: [{ id, reason, overridable: true }],
    },
  ]

  test('of a role that infrastructure code owns names the folder of the patch', async () => {
    const app = await drive({ roles: guarded('iac-owned', 'infrastructure code owns it') })
    await app.press('a')
    expect(app.screen()).toContain('infrastructure code owns it')
    expect(app.screen()).toContain('/data/patches/terraform-made-stage-1')
  })

  test('of another guard names why it stands, and asks for no patch', async () => {
    const app = await drive({ roles: guarded('change-window', 'changes begin on weekends only') })
    await app.press('a')
    expect(app.screen()).toContain('changes begin on weekends only')
    expect(app.useCases.calls).not.toContain('patch terraform-made')
  })

  test('takes the reason behind the name, and Backspace goes back through both', async () => {
    const app = await drive({ roles: guarded('change-window', 'changes begin on weekends only') })
    await app.press('a', ...'terraform-made', ...'no', 'Backspace', 'Backspace', 'Backspace', 'Tab')
    expect(app.screen()).toContain('The name differs.')
    await app.press('e', ...'an outage', 'Enter')
    expect(applied(app)).toEqual(['apply terraform-made 1 override change-window: an outage'])
  })

  test('stands in the history with its reason', async () => {
    const app = await drive({ roles: guarded('change-window', 'changes begin on weekends only') })
    await app.press('a', ...'terraform-made', ...'an outage', 'Enter', '4')
    expect(app.screen()).toMatch(/reason\s+an outage/)
    expect(app.screen()).toMatch(/overrode\s+change-window/)
  })
})
