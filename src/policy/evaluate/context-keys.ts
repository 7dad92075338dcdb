import type { CompiledPolicy } from './compile-policy.ts'
import { variableKeys } from './policy-value.ts'

/** One spelling of each key, the first, in alphabetical order. */
export function distinctKeys(keys: Iterable<string>): string[] {
  const spellings = new Map<string, string>()
  for (const key of keys) if (!spellings.has(key.toLowerCase())) spellings.set(key.toLowerCase(), key)
  return [...spellings.values()].sort()
}

/** Every context key that policies ask about, in conditions or as a variable: what `GetContextKeysFor…` lists. */
export const contextKeysOf = (policies: Iterable<CompiledPolicy>): string[] =>
  distinctKeys(
    [...policies].flatMap(({ statements }) =>
      statements.flatMap(({ resource, conditions }) => [
        ...resource.patterns.flatMap(variableKeys),
        ...conditions.flatMap(({ key, values }) => [key, ...values.flatMap(variableKeys)]),
      ]),
    ),
  )
