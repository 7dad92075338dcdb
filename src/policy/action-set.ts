/**
 * A set of actions over a universe, one bit an action. Sets are values: no function changes its arguments, and sets of
 * different universes must not meet.
 */
export type ActionSet = Uint32Array

export const emptySet = (size: number): ActionSet => new Uint32Array((size + 31) >>> 5)

export function setOf(size: number, indexes: Iterable<number>): ActionSet {
  const set = emptySet(size)
  for (const index of indexes) addTo(set, index)
  return set
}

/** Builds a set in place: only for a set that its caller has just made. */
export function addTo(set: ActionSet, index: number): void {
  const word = index >>> 5
  set[word] = (set[word] ?? 0) | (1 << (index & 31))
}

export const hasIndex = (set: ActionSet, index: number): boolean => ((set[index >>> 5] ?? 0) & (1 << (index & 31))) !== 0

export const union = (a: ActionSet, b: ActionSet): ActionSet => a.map((word, i) => word | (b[i] ?? 0))
export const intersection = (a: ActionSet, b: ActionSet): ActionSet => a.map((word, i) => word & (b[i] ?? 0))
export const difference = (a: ActionSet, b: ActionSet): ActionSet => a.map((word, i) => word & ~(b[i] ?? 0))

export function intersects(a: ActionSet, b: ActionSet): boolean {
  for (let i = 0; i < a.length; i++) if (((a[i] ?? 0) & (b[i] ?? 0)) !== 0) return true
  return false
}

export function isSubset(a: ActionSet, b: ActionSet): boolean {
  for (let i = 0; i < a.length; i++) if (((a[i] ?? 0) & ~(b[i] ?? 0)) !== 0) return false
  return true
}

export const isEmptySet = (set: ActionSet): boolean => set.every((word) => word === 0)

export function countOf(set: ActionSet): number {
  let count = 0
  for (let i = 0; i < set.length; i++) count += bitsIn(set[i] ?? 0)
  return count
}

function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** The indexes of a set, ascending. */
export function indexesOf(set: ActionSet): number[] {
  const indexes: number[] = []
  for (let i = 0; i < set.length; i++) {
    for (let word = set[i] ?? 0; word !== 0; word &= word - 1) indexes.push(i * 32 + 31 - Math.clz32(word & -word))
  }
  return indexes
}
