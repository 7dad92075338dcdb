import { describe, expect, test } from 'vitest'
import { drive } from './drive.tsx'

const confirm = ['Tab', 'Enter'] as const

describe('the palette', () => {
  test('runs commands by name', async () => {
    const app = await drive()
    await app.press(':')
    await app.type('govern')
    await app.press('Enter')
    expect(app.state().screen.kind).toBe('ledger')
  })

  test('goes to a role by its name', async () => {
    const app = await drive()
    await app.press(':')
    await app.type('tidy')
    expect(app.screen()).toContain('tidy-role')
    await app.press('Enter')
    expect(app.state().screen).toMatchObject({ kind: 'role', roleName: 'tidy-role' })
  })

  test('a command of another screen says where it works and does not close the list', async () => {
    const app = await drive()
    await app.press(':')
    await app.type('choose')
    expect(app.screen()).toContain('Works on: role, proposal')
    await app.press('Enter')
    expect(app.state().overlay?.kind).toBe('list')
  })
})

describe('taking things away', () => {
  test.each([
    [['Y'], 'zt-tui --demo --role legacy-admin-role'],
    [['p', 'Y'], 'zt-tui --demo --role legacy-admin-role --screen preview'],
    [['4', 'Y'], 'zt-tui --demo --screen govern'],
    [['C'], 'aws iam get-role --role-name legacy-admin-role'],
    [['y'], 'arn:aws:iam::123456789012:role/legacy-admin-role'],
  ])('%j copies %s', async (keys, text) => {
    const app = await drive()
    await app.press(...keys)
    expect(app.copied.at(-1)).toBe(text)
  })

  test('the filter is part of the copied view, quoted for a shell', async () => {
    const app = await drive({ filter: 'unused>20 admin' })
    await app.press('Y')
    expect(app.copied.at(-1)).toBe("zt-tui --demo --role legacy-admin-role --filter 'unused>20 admin'")
  })

  test('J copies the row as JSON, C the calls of a stage', async () => {
    const app = await drive()
    await app.press('J')
    expect(JSON.parse(app.copied.at(-1) ?? '')).toMatchObject({ roleName: 'legacy-admin-role', riskScore: 97 })
    await app.press('p', 'C')
    expect(app.copied.at(-1)?.split('\n')[0]).toMatch(/^aws iam put-role-policy /)
  })

  test.each([
    [[], 'roles.json'],
    [['Enter'], 'role-legacy-admin-role.json'],
    [['p'], 'plan-legacy-admin-role.json'],
    [['4'], 'history.json'],
  ])('e after %j writes %s', async (keys, name) => {
    const app = await drive()
    await app.press(...keys, 'e')
    expect(app.saved.map((file) => file.name)).toEqual([name])
    expect(app.screen()).toContain(`Written: /data/exports/${name}`)
  })

  test.each([
    ['en', 'html', '<html lang="en"'],
    ['ja', 'md', '# '],
    ['ja', 'json', '"meta"'],
  ] as const)('the report is written in the language of the screens (%s) and the chosen format: %s', async (lang, format, sign) => {
    const app = await drive({ lang })
    await app.press('i', 'e')
    await app.type(format)
    await app.press('Enter')
    expect(app.saved.map((file) => file.name)).toEqual([`report.${format}`])
    expect(app.saved[0]?.text).toContain(sign)
    if (lang === 'ja') expect(app.saved[0]?.text).toMatch(/\p{Script=Hiragana}/u)
  })

  test('an exported plan is what apply reads', async () => {
    const app = await drive()
    await app.press('p', 'e')
    expect(JSON.parse(app.saved[0]?.text ?? '')).toMatchObject({ planVersion: 1, roles: [{ roleName: 'legacy-admin-role' }] })
  })

  test('v hands a policy over to the pager as JSON', async () => {
    const app = await drive()
    await app.press('Enter', 'Right', 'v')
    expect(app.paged[0]?.name).toBe('everything.json')
    expect(JSON.parse(app.paged[0]?.text ?? '')).toMatchObject({ Version: '2012-10-17' })
  })
})

describe('the log', () => {
  test('keeps what was said and every AWS call, and copies the call', async () => {
    const app = await drive()
    await app.press('a', ...confirm, '1', 'L')
    expect(app.screen()).toContain('$ aws iam put-role-policy')
    await app.press('C')
    expect(app.copied.at(-1)).toMatch(/^aws iam /)
  })
})

describe('columns, inventory, preferences', () => {
  test('c shows and hides columns', async () => {
    const app = await drive({ size: { columns: 200, rows: 40 } })
    await app.press('c')
    await app.type('granted')
    await app.press('Space', 'Esc')
    expect(app.screen()).toContain('GRANTED')
  })

  test('i shows users, policies, external access and findings of the report', async () => {
    const app = await drive()
    await app.press('i')
    expect(app.useCases.calls).toContain('report')
    expect(app.screen()).toContain('Users │ Policies │ External access │ Findings')
    await app.press('Right', 'Right', 'Right')
    expect(app.state().screen).toMatchObject({ kind: 'inventory', tab: 'findings' })
  })

  test('a preference is changed in its row; what is refused says why', async () => {
    const preferences = [{ key: 'theme', value: 'auto', about: 'Colours' }]
    const app = await drive({
      preferences,
      setPreference: async (_key, value) =>
        value === 'light'
          ? { ok: true, value: [{ key: 'theme', value, about: 'Colours' }] }
          : { ok: false, refusal: { code: 2, id: 'preference', message: `no theme ${value}`, hint: null } },
    })
    await app.press(',', 'Enter', 'Ctrl-u')
    await app.type('pink')
    await app.press('Enter')
    expect(app.screen()).toContain('no theme pink')
    await app.press('Ctrl-u')
    await app.type('light')
    await app.press('Enter')
    expect([app.state().overlay, app.state().facts.theme]).toEqual([null, 'light'])
  })

  test('keys of the user take the place of the usual ones', async () => {
    const app = await drive({ keys: { preview: ['P'] } })
    await app.press('P')
    expect(app.state().screen.kind).toBe('preview')
    await app.press('Esc', 'p')
    expect(app.state().toast?.text).toContain('p does nothing here')
  })
})
