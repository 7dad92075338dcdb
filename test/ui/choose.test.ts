import { describe, expect, test } from 'vitest'
import { drive } from './drive.tsx'

const confirm = ['Tab', 'Enter'] as const

describe('keeping and removing against the proposal', () => {
  test('x keeps a service of the role, and the proposal is made with it', async () => {
    const app = await drive()
    await app.press('Enter', 'x')
    expect(app.screen()).toContain('kept by you')
    await app.press('p')
    expect(app.useCases.calls.at(-1)).toMatch(/^plan legacy-admin-role keep \w+:\*$/)
    expect(app.screen()).toContain('kept by you')
  })

  test('x on the proposal makes it anew while the old one is shown, and again takes it back', async () => {
    const app = await drive()
    await app.press('p', 'Tab', 'j')
    const removes = () => app.state().plans.get('legacy-admin-role')
    await app.press('x')
    const planned = app.useCases.calls.filter((call) => call.startsWith('plan'))
    expect(planned.at(-1)).toContain('keep ')
    expect(removes()?.status).toBe('ready')
    await app.press('g', 'x')
    expect(app.useCases.calls.filter((call) => call.startsWith('plan')).at(-1)).toBe('plan legacy-admin-role')
  })

  test('what is in use cannot be chosen, and a plan under way cannot be changed', async () => {
    const app = await drive({ link: { role: 'tidy-role', screen: null } })
    await app.press('x')
    expect(app.screen()).toContain('is used or required: it stays.')
    const other = await drive()
    await other.press('a', ...confirm, '1', 'Enter', 'x')
    expect(other.screen()).toContain('Stages of this proposal are in effect')
  })

  test('a choice that is refused is taken back', async () => {
    const app = await drive()
    await app.press('p', 'Tab', 'j')
    app.useCases.failNext('plan', { code: 2, id: 'used-action', message: 'that is in use', hint: null })
    await app.press('x')
    expect(app.screen()).toContain('that is in use')
    expect(app.state().choices.get('legacy-admin-role')).toEqual({ keep: [], remove: [] })
    expect(app.screen()).not.toContain('kept by you')
  })

  test('what is applied is what was chosen', async () => {
    const app = await drive()
    await app.press('Enter', 'x', 'a')
    expect(app.useCases.calls.filter((call) => call.startsWith('plan')).at(-1)).toContain('keep ')
  })
})

describe('an overlay before the proposal', () => {
  const overlay = [':', 'o', 'v', 'e', 'r', 'l', 'a', 'y', 'Enter'] as const
  const plansOf = (calls: readonly string[]): readonly string[] => calls.filter((call) => call.startsWith('plan'))

  test('is asked for in the palette, and again takes it out', async () => {
    const app = await drive()
    await app.press('p', ...overlay)
    expect(plansOf(app.useCases.calls).at(-1)).toBe('plan legacy-admin-role overlay')
    expect(app.screen()).toContain('An overlay goes first')
    await app.press(...overlay)
    expect(plansOf(app.useCases.calls).at(-1)).toBe('plan legacy-admin-role')
  })

  test('that does not fit is not chosen, and from then on the command says why', async () => {
    const app = await drive({ overlayFits: false })
    await app.press('p', ...overlay)
    expect(app.state().choices.get('legacy-admin-role')?.overlay).not.toBe(true)
    expect(app.screen()).toContain('No overlay: its Deny needs 12,000 characters')
    const asked = plansOf(app.useCases.calls).length
    await app.press(...overlay)
    expect(plansOf(app.useCases.calls)).toHaveLength(asked)
    expect(app.screen()).toContain('No overlay: its Deny needs 12,000 characters')
  })
})
