import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  addAll,
  addTo,
  countOf,
  createSetMaker,
  difference,
  firstShared,
  hasIndex,
  indexesOf,
  intersection,
  intersects,
  isEmptySet,
  isSubset,
  removeFrom,
  setOf,
  union,
} from '../../src/policy/action-set.ts'
import { random } from '../support/random.ts'

const SIZE = 70
const indexes = fc.uniqueArray(fc.nat(SIZE - 1))
const sorted = (of: Iterable<number>): number[] => [...of].sort((a, b) => a - b)

it('does what sets of numbers do', () => {
  fc.assert(
    fc.property(indexes, indexes, (left, right) => {
      const [a, b] = [setOf(SIZE, left), setOf(SIZE, right)]
      const [x, y] = [new Set(left), new Set(right)]
      expect(indexesOf(a)).toEqual(sorted(x))
      expect(indexesOf(union(a, b))).toEqual(sorted(new Set([...x, ...y])))
      expect(indexesOf(intersection(a, b))).toEqual(sorted(left.filter((index) => y.has(index))))
      expect(indexesOf(difference(a, b))).toEqual(sorted(left.filter((index) => !y.has(index))))
      expect(intersects(a, b)).toBe(left.some((index) => y.has(index)))
      expect(isSubset(a, b)).toBe(left.every((index) => y.has(index)))
      expect(countOf(a)).toBe(left.length)
      expect(isEmptySet(a)).toBe(left.length === 0)
      expect(firstShared(a, b)).toBe(sorted(left.filter((index) => y.has(index)))[0] ?? null)
      for (const index of right) expect(hasIndex(a, index)).toBe(x.has(index))
    }),
    random(81, 500),
  )
})

it('builds sets beside each other without touching the neighbours', () => {
  const emptySet = createSetMaker(SIZE)
  fc.assert(
    fc.property(indexes, indexes, (left, right) => {
      const [a, b, c] = [emptySet(), emptySet(), emptySet()]
      expect(isEmptySet(a) && isEmptySet(c)).toBe(true)
      for (const index of left) addTo(b, index)
      addAll(b, setOf(SIZE, right))
      for (const index of left) removeFrom(b, index)
      expect(indexesOf(b)).toEqual(sorted(right.filter((index) => !left.includes(index))))
      expect(isEmptySet(a) && isEmptySet(c)).toBe(true)
    }),
    random(82, 300),
  )
})
