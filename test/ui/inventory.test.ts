import { describe, expect, test } from 'vitest'
import { drive } from './drive.tsx'

const english = /customer managed|AWS managed|attached|never used|idle|no MFA|unused|advice|quarantine/i

describe('the inventory', () => {
  test.each([0, 1, 3])('is Japanese in Japanese: tab %d', async (tab) => {
    const app = await drive({ lang: 'ja', size: { columns: 160, rows: 40 } })
    await app.press('i', ...Array.from({ length: tab }, () => 'Right'))
    const [, ...body] = app.screen().split('\n').slice(2, -2)
    expect(body.join('\n')).not.toMatch(english)
  })
})
