import { describe, expect, test } from 'vitest'
import { startScan } from '../../src/ui/step/scan-events.ts'
import { createFakeUseCases } from '../support/fake-use-cases.ts'
import { drive, open } from './drive.tsx'

const cursorName = (app: Awaited<ReturnType<typeof drive>>): string | undefined =>
  app.state().roles.rows[app.state().screen.main.index]?.roleName

describe('the list of roles', () => {
  test('stands by risk, the worst first', async () => {
    const app = await drive()
    const scores = app.state().roles.rows.map(({ riskScore }) => riskScore)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
  })

  test('a scan asks about the role under the cursor first, and about the one of the command line at the start', async () => {
    const app = await drive()
    await app.press('j', 'j', 'j')
    expect(startScan(app.state()).effects).toEqual([{ kind: 'scan', first: cursorName(app) }])
    const linked = open({ link: { role: 'web-app-role', screen: null }, stored: false })
    expect(startScan(linked.state()).effects).toEqual([{ kind: 'scan', first: 'web-app-role' }])
    await linked.idle()
  })

  test('gains are found for those who sort by them, once a scan', async () => {
    const app = await drive()
    await app.press('s', 's', 's')
    expect(app.useCases.calls).not.toContain('gains')
    await app.press('s')
    expect(app.screen()).toContain('GAIN')
    const gains = app.state().roles.rows.map(({ gain = 0 }) => gain)
    expect(gains).toEqual(gains.toSorted((a, b) => b - a))
    await app.press('s', 's', 's', 's', 's')
    expect(app.useCases.calls.filter((call) => call === 'gains')).toHaveLength(1)
    await app.press('r')
    expect(app.useCases.calls.filter((call) => call === 'gains')).toHaveLength(2)
  })

  test('sorting keeps the cursor on its role', async () => {
    const app = await drive()
    await app.press('j', 'j', 'j')
    const name = cursorName(app)
    for (const title of ['by name', 'by unused', 'by last use', 'by risk removed per decision', 'by risk']) {
      await app.press('s')
      expect(app.screen()).toContain(title)
      expect(cursorName(app)).toBe(name)
    }
  })

  test('the filter narrows while it is typed, keeps the cursor on its role, and Enter keeps it', async () => {
    const app = await drive()
    await app.press('j', 'j', '/')
    await app.type('BACK serv')
    expect(app.state().roles.rows.map(({ roleName }) => roleName)).toEqual(['ec2-backup-service'])
    await app.press('Enter')
    expect(app.screen()).toContain('1 of 30 · by risk · /BACK serv')
    expect(cursorName(app)).toBe('ec2-backup-service')
  })

  test('keys typed into the filter run no commands', async () => {
    const app = await drive()
    await app.press('/')
    await app.type('qaup')
    expect(app.exits).toEqual([])
    expect(app.state().roles.filter).toBe('qaup')
    expect(app.screen()).toContain('No role matches "qaup"')
  })

  test('Esc clears the filter first, and at the top it does nothing', async () => {
    const app = await drive()
    await app.press('/', 'w', 'Enter', 'Esc')
    expect(app.state().roles.filter).toBe('')
    const before = app.state()
    await app.press('Esc')
    expect(app.state().screen).toEqual(before.screen)
    expect(app.exits).toEqual([])
  })

  test('q at the top quits, deeper it goes back', async () => {
    const app = await drive()
    await app.press('Enter', 'q')
    expect([app.state().screen.kind, app.exits]).toEqual(['roles', []])
    await app.press('q')
    expect(app.exits).toEqual([0])
  })

  test('a key without a meaning says so', async () => {
    const app = await drive()
    await app.press('z')
    expect(app.screen()).toContain('z does nothing here. ? shows what works.')
  })

  test('pasted text never runs commands', async () => {
    const app = await drive()
    app.send({ kind: 'paste', text: 'a\rq\n' })
    await app.idle()
    expect(app.exits).toEqual([])
    expect(app.state().overlay).toBeNull()
    expect(app.screen()).toContain('Pasted text was ignored')
  })

  test('the detail of the role under the cursor comes when the cursor rests', async () => {
    const app = await drive()
    for (const key of ['j', 'j', 'j']) app.send({ kind: 'key', press: { id: key, text: key } })
    await app.idle()
    expect(app.useCases.calls.filter((call) => call.startsWith('show'))).toEqual(['show legacy-admin-role', 'show data-processing-role'])
    expect(app.screen()).toContain('Why this risk')
  })

  test('y copies the ARN', async () => {
    const app = await drive()
    await app.press('y')
    expect(app.copied).toEqual(['arn:aws:iam::123456789012:role/legacy-admin-role'])
  })

  test('a deep link opens the role and its screen, an unknown one says so', async () => {
    const app = await drive({ link: { role: 'web-app-role', screen: 'preview' } })
    expect(app.state().screen).toMatchObject({ kind: 'preview', roleName: 'web-app-role' })
    const lost = await drive({ link: { role: 'nobody', screen: null } })
    expect(lost.screen()).toContain('There is no role named nobody.')
  })
})

describe('scanning', () => {
  test('the stored scan is painted with its age before the new one comes', async () => {
    const gate = Promise.withResolvers<void>()
    const app = open({ pause: () => gate.promise })
    await app.shown('legacy-admin-role')
    expect(app.screen()).toContain('scanning')
    gate.resolve()
    await app.idle()
    expect(app.screen()).toContain('scanned just now')
    expect(app.screen()).not.toContain('scanning')
  })

  test('a failed scan is a state that says what, why and what next', async () => {
    const app = await drive({ stored: false })
    app.useCases.failNext('scan', { code: 3, id: 'credentials', message: 'AWS did not accept the credentials.', hint: 'Sign in again.' })
    await app.press('r')
    expect(app.screen()).toContain('Not refreshed: AWS did not accept the credentials.  r tries again')
    await app.press('r')
    expect(app.screen()).not.toContain('Not refreshed')
  })

  test('without any scan the list itself says why it is empty', async () => {
    const useCases = createFakeUseCases({ stored: false })
    expect(await useCases.lastScan()).toBeNull()
    const app = await drive({ stored: false, roles: [] })
    expect(app.screen()).toContain('This account has no roles.')
  })

  test('Esc cancels a running scan', async () => {
    const gate = Promise.withResolvers<void>()
    let isGated = false
    const app = await drive({ pause: () => (isGated ? gate.promise : Promise.resolve()) })
    isGated = true
    app.send({ kind: 'key', press: { id: 'r', text: 'r' } })
    expect(app.screen()).toContain('scanning  roles')
    app.send({ kind: 'key', press: { id: 'Esc', text: null } })
    expect(app.screen()).toContain('Scan cancelled')
    gate.resolve()
    await app.idle()
    expect(app.state().scan.running).toBeNull()
  })
})

describe('what cannot be changed', () => {
  test.each([
    ['read-only', { readOnly: true }, 'Read-only: nothing can be changed here.', 'READ-ONLY'],
    ['offline', { mode: 'offline', readOnly: true }, 'Offline: these are saved files', 'OFFLINE'],
  ] as const)('%s: a and u say why, and the mark says where', async (_name, options, reason, mark) => {
    const app = await drive(options)
    expect(app.screen()).toContain(` ${mark} `)
    for (const key of ['a', 'u']) {
      await app.press(key)
      expect(app.screen()).toContain(reason)
    }
    expect(app.useCases.calls.some((call) => /^(apply|rollback|guards)/.test(call))).toBe(false)
  })

  test('demo and live look the same except for the mark', async () => {
    const demo = await drive({ mode: 'demo' })
    const live = await drive({ mode: 'live' })
    expect(live.screen().replace(' LIVE ', ' DEMO ')).toBe(demo.screen())
  })
})
