import fc from 'fast-check'
import { expect, test } from 'vitest'
import { partLengths } from '../../src/ui/views/peek-view.ts'
import { stageTitle } from '../../src/ui/views/stage-title.ts'
import { wordsOf } from '../../src/words/index.ts'
import { drive } from './drive.tsx'

test('a bar of parts is as long as it may be, and everything that is there shows', () => {
  const counts = fc.array(fc.nat(30_000), { minLength: 4, maxLength: 4 })
  fc.assert(
    fc.property(counts, fc.integer({ min: 8, max: 120 }), (parts, width) => {
      const lengths = partLengths(parts, width)
      const isEmpty = parts.every((count) => count === 0)
      expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(isEmpty ? 0 : width)
      expect(lengths.map((length) => length > 0)).toEqual(parts.map((count) => count > 0))
    }),
  )
})

test('the title of a stage is said in the language of the screen, and an unknown part stays as it is', () => {
  const ja = wordsOf('ja')
  expect(stageTitle(ja, 'deletes and writes; tagging')).toBe('削除と書き込み; タグ付け')
  expect(stageTitle(ja, 'something new')).toBe('something new')
  expect(stageTitle(wordsOf('en'), 'deletes and writes')).toBe('deletes and writes')
})

test('notes under the stages that have no room are counted, and the pager shows them', async () => {
  const app = await drive({ size: { columns: 100, rows: 24 } })
  await app.press('p')
  expect(app.screen()).toMatch(/… \d+ more lines: v shows them/)
  await app.press('v')
  expect(app.paged.at(-1)?.text).toContain('Nothing has changed yet')
})
