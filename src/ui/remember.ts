/** A bounded memory: the newest entries stay, in the order in which they came. */
export function remember<V>(
  memory: ReadonlyMap<string, V>,
  entry: { readonly key: string; readonly value: V; readonly limit: number },
): ReadonlyMap<string, V> {
  const kept = [...memory].filter(([key]) => key !== entry.key)
  return new Map([...kept.slice(Math.max(0, kept.length - entry.limit + 1)), [entry.key, entry.value]])
}

export function forget<V>(memory: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  return new Map([...memory].filter(([known]) => known !== key))
}
