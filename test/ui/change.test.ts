import { describe, expect, test } from 'vitest'
import { drive } from './drive.tsx'

const interruptedChange = {
  changeId: 'chg-0',
  roleName: 'web-app-role',
  stage: 1,
  at: '2026-03-31T10:20:00Z',
  done: 2,
  total: 3,
  resume: ['Detach AdministratorAccess'],
  rollback: ['Put back the inline policy "everything"'],
}

/** An interface whose changes wait for `open` before each step. */
async function gated() {
  const gate = Promise.withResolvers<void>()
  let isGated = false
  const app = await drive({ pause: () => (isGated ? gate.promise : Promise.resolve()) })
  await app.press('a', 'Tab')
  isGated = true
  app.send({ kind: 'key', press: { id: 'Enter', text: null } })
  const send = (id: string): void => app.send({ kind: 'key', press: { id, text: null } })
  return { app, send, open: () => gate.resolve() }
}

const operation = (changeId: string, k: number, n: number, text: string) =>
  ({
    kind: 'change-progress',
    progress: { changeId, roleName: 'web-app-role', phase: 'operation', k, n, outcome: 'done', text, cli: `aws iam ${text}` },
  }) as const

describe('a running change', () => {
  test('shows every operation from the start, then how far it is', async () => {
    const { app, open } = await gated()
    expect(app.screen()).toContain('○  1  PutRolePolicy zt-tui-kept')
    expect(app.screen()).toContain('○  3  DetachRolePolicy AdministratorAccess')
    open()
    await app.idle()
    expect(app.screen()).toContain('✓  3  DetachRolePolicy AdministratorAccess')
  })

  test('goes on when its screen is left, and says there how far it is', async () => {
    const { app, send, open } = await gated()
    send('Esc')
    expect(app.state().screen.kind).toBe('roles')
    expect(app.screen()).toContain('Applying legacy-admin-role')
    open()
    await app.idle()
    expect(app.screen()).toContain('legacy-admin-role: stage applied')
  })

  test('keeps a second one out', async () => {
    const { app, send, open } = await gated()
    send('Esc')
    for (const key of ['a', 'u']) {
      send(key)
      expect(app.screen()).toContain('A change is running. Wait for its end.')
    }
    open()
    await app.idle()
    expect(app.useCases.calls.filter((call) => call.startsWith('apply'))).toHaveLength(1)
  })

  test('makes q ask at the top', async () => {
    const { app, send, open } = await gated()
    send('Esc')
    send('q')
    expect(app.screen()).toContain('Quit while a change is running?')
    expect(app.exits).toEqual([])
    send('Tab')
    send('Enter')
    expect(app.exits).toEqual([0])
    open()
    await app.idle()
  })

  test('does not keep Ctrl-C from leaving', async () => {
    const { app, send, open } = await gated()
    send('Ctrl-c')
    expect(app.exits).toEqual([130])
    open()
    await app.idle()
  })

  test('lists the operations of a second change under those of the first', async () => {
    const { app, open } = await gated()
    app.send(operation('chg-7', 1, 2, 'first'))
    app.send(operation('chg-7', 2, 2, 'second'))
    app.send(operation('chg-6', 1, 1, 'earlier'))
    const steps = app.state().run?.steps.map(({ k, text }) => `${k} ${text}`)
    expect(steps?.slice(0, 2)).toEqual(['1 first', '2 second'])
    expect(steps?.at(-1)).toBe('4 earlier')
    open()
    await app.idle()
  })
})

describe('an interrupted change', () => {
  test.each([
    ['rollback', ['Enter']],
    ['resume', ['j', 'Enter']],
  ] as const)('%s is asked, done, and the question is gone', async (way, keys) => {
    const app = await drive({ interrupted: [interruptedChange] })
    expect(app.state().screen.kind).toBe('interrupted')
    await app.press(...keys)
    expect(app.useCases.calls).not.toContain(`recover chg-0 ${way}`)
    await app.press('Tab', 'Enter')
    expect(app.useCases.calls).toContain(`recover chg-0 ${way}`)
    expect(app.state().interrupted).toEqual([])
  })

  test('can be put off, stays in sight and is found again', async () => {
    const app = await drive({ interrupted: [interruptedChange] })
    await app.press('Esc')
    expect(app.screen()).toContain('1 interrupted change: 3 shows the ways out')
    await app.press('3')
    expect(app.state().screen.kind).toBe('interrupted')
  })
})
