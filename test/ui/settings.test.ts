import { expect, test } from 'vitest'
import { drive } from './drive.tsx'

test('columns typed among the preferences are shown at once', async () => {
  const row = (value: string) => ({ key: 'columns', value, about: 'Columns of the list of roles.' })
  const app = await drive({ preferences: [row('')], setPreference: async (_key, value) => ({ ok: true, value: [row(value)] }) })
  expect(app.screen()).not.toContain('GRANTED')
  await app.press(',', 'Enter')
  await app.type('["risk","granted"]')
  await app.press('Enter', 'Esc')
  expect(app.screen()).toContain('GRANTED')
  expect(app.screen()).not.toContain('UNUSED')
})
