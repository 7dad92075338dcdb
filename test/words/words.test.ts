import { describe, expect, test } from 'vitest'
import { ageOf, durationOf } from '../../src/words/age.ts'
import { en } from '../../src/words/en.ts'
import { countOf } from '../../src/words/figures.ts'
import { ja } from '../../src/words/ja.ts'

type Leaf = { readonly path: string; readonly value: string | ((...args: never[]) => unknown) }

function leavesOf(words: object, path = ''): readonly Leaf[] {
  return Object.entries(words).flatMap(([key, value]): readonly Leaf[] => {
    const here = path === '' ? key : `${path}.${key}`
    return typeof value === 'object' && value !== null ? leavesOf(value, here) : [{ path: here, value }]
  })
}

describe('the words', () => {
  test('English and Japanese say the same things', () => {
    expect(leavesOf(ja).map(({ path }) => path)).toEqual(leavesOf(en).map(({ path }) => path))
  })

  test('no text is empty, and a text that takes values is one in both languages', () => {
    const kinds = new Map(leavesOf(en).map(({ path, value }) => [path, typeof value]))
    for (const { path, value } of leavesOf(ja)) {
      expect(typeof value, path).toBe(kinds.get(path))
      if (typeof value === 'string') expect(value.trim(), path).not.toBe('')
    }
  })

  test('Japanese is Japanese: what is spelled alike is a name or a mark', () => {
    const english = new Map(leavesOf(en).map(({ path, value }) => [path, value]))
    const alike = leavesOf(ja).filter(({ path, value }) => typeof value === 'string' && value === english.get(path))
    expect(alike.map(({ path }) => path)).toEqual([
      'marks.demo',
      'marks.live',
      'marks.offline',
      'marks.readOnly',
      'marks.plan',
      'sources.access-analyzer',
      'sources.cloudtrail',
    ])
  })
})

describe('ages and counts', () => {
  const minute = 60_000
  test.each([
    [0, 'now'],
    [59_999, 'now'],
    [-5, 'now'],
    [minute, '1 min'],
    [59 * minute, '59 min'],
    [60 * minute, '1 h'],
    [24 * 60 * minute, '1 d'],
    [400 * 24 * 60 * minute, '400 d'],
  ])('%d ms is %s', (ms, age) => expect(ageOf(en, ms)).toBe(age))

  test.each([
    [420, '0.5 s'],
    [9_400, '9.4 s'],
    [12_400, '12 s'],
    [185_000, '3 min 5 s'],
  ])('a wait of %d ms is %s', (ms, wait) => expect(durationOf(en, ms)).toBe(wait))

  test('thousands stand apart', () => expect([countOf(0), countOf(999), countOf(18_204)]).toEqual(['0', '999', '18,204']))
})
