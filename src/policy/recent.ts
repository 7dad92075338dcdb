/**
 * Remembers what was asked for lately, and never much more than `limit` answers: when the young half is full it becomes the old
 * half, and what nobody asked for since is forgotten with the half before.
 */
export function rememberRecent<Key, Value extends object>(limit: number, answer: (key: Key) => Value): (key: Key) => Value {
  let young = new Map<Key, Value>()
  let old: ReadonlyMap<Key, Value> = young
  return (key) => {
    const known = young.get(key)
    if (known !== undefined) return known
    const value = old.get(key) ?? answer(key)
    if (young.size >= limit / 2) {
      old = young
      young = new Map()
    }
    young.set(key, value)
    return value
  }
}
