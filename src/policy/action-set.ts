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

/**
 * Makes empty sets in the same memory, some dozens at a time: memory of its own costs a set more than filling it. A role has some ten
 * sets, and an account thousands of roles.
 */
export function createSetMaker(size: number): () => ActionSet {
  const words = (size + 31) >>> 5
  let slab = new Uint32Array(0)
  let used = 0
  return () => {
    if (used + words > slab.length) {
      slab = new Uint32Array(words * SETS_IN_SLAB)
      used = 0
    }
    used += words
    return slab.subarray(used - words, used)
  }
}

const SETS_IN_SLAB = 48

/** Builds a set in place: only for a set that its caller has just made. */
export function addTo(set: ActionSet, index: number): void {
  const word = index >>> 5
  set[word] = (set[word] ?? 0) | (1 << (index & 31))
}

/** The same the other way. */
export function removeFrom(set: ActionSet, index: number): void {
  const word = index >>> 5
  set[word] = (set[word] ?? 0) & ~(1 << (index & 31))
}

/** Adds all of another set. */
export function addAll(set: ActionSet, other: ActionSet): void {
  for (let i = 0; i < set.length; i++) set[i] = (set[i] ?? 0) | (other[i] ?? 0)
}

/** A few indexes as the words of a set that they change: for what is added to thousands of sets. */
export type FewIndexes = { readonly places: readonly number[]; readonly words: readonly number[] }

export function fewIndexes(indexes: Iterable<number>): FewIndexes {
  const byPlace = new Map<number, number>()
  for (const index of indexes) byPlace.set(index >>> 5, (byPlace.get(index >>> 5) ?? 0) | (1 << (index & 31)))
  return { places: [...byPlace.keys()], words: [...byPlace.values()] }
}

export function addFew(set: ActionSet, { places, words }: FewIndexes): void {
  for (let i = 0; i < places.length; i++) {
    const place = places[i] ?? 0
    set[place] = (set[place] ?? 0) | (words[i] ?? 0)
  }
}

export const hasIndex = (set: ActionSet, index: number): boolean => ((set[index >>> 5] ?? 0) & (1 << (index & 31))) !== 0

export function union(a: ActionSet, b: ActionSet): ActionSet {
  const joined = new Uint32Array(a.length)
  for (let i = 0; i < a.length; i++) joined[i] = (a[i] ?? 0) | (b[i] ?? 0)
  return joined
}

export function intersection(a: ActionSet, b: ActionSet): ActionSet {
  const shared = new Uint32Array(a.length)
  for (let i = 0; i < a.length; i++) shared[i] = (a[i] ?? 0) & (b[i] ?? 0)
  return shared
}

export function difference(a: ActionSet, b: ActionSet): ActionSet {
  const rest = new Uint32Array(a.length)
  for (let i = 0; i < a.length; i++) rest[i] = (a[i] ?? 0) & ~(b[i] ?? 0)
  return rest
}

export function intersects(a: ActionSet, b: ActionSet): boolean {
  for (let i = 0; i < a.length; i++) if (((a[i] ?? 0) & (b[i] ?? 0)) !== 0) return true
  return false
}

/** The first index that is in both; null when none is. */
export function firstShared(a: ActionSet, b: ActionSet): number | null {
  for (let i = 0; i < a.length; i++) {
    const word = (a[i] ?? 0) & (b[i] ?? 0)
    if (word !== 0) return i * 32 + 31 - Math.clz32(word & -word)
  }
  return null
}

export function isSubset(a: ActionSet, b: ActionSet): boolean {
  for (let i = 0; i < a.length; i++) if (((a[i] ?? 0) & ~(b[i] ?? 0)) !== 0) return false
  return true
}

export function isEmptySet(set: ActionSet): boolean {
  for (let i = 0; i < set.length; i++) if (set[i] !== 0) return false
  return true
}

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
