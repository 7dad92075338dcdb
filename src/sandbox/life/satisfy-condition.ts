/** Values for the context of a request that pass a statement's conditions, as far as they can be guessed. */
import type { ConditionBlock } from '../../policy/document.ts'
import type { ContextKeys } from '../authorisation/requirement.ts'

type Guess = (value: string) => string | null

/** By operator, without qualifier and `IfExists`. Negated operators pass where the key is absent. */
const guesses: Readonly<Record<string, Guess>> = {
  stringequals: (value) => value,
  stringequalsignorecase: (value) => value,
  stringlike: withoutWildcards,
  arnequals: withoutWildcards,
  arnlike: withoutWildcards,
  bool: (value) => value,
  numericequals: (value) => value,
  numericlessthan: (value) => String(Number(value) - 1),
  numericlessthanequals: (value) => value,
  numericgreaterthan: (value) => String(Number(value) + 1),
  numericgreaterthanequals: (value) => value,
  ipaddress: (value) => value.replace(/\/\d+$/, ''),
  null: (value) => (value === 'true' ? null : 'any'),
}

/** Time goes its own way. */
const GIVEN = /^aws:(CurrentTime|EpochTime)$/i

export function satisfyingKeys(condition: ConditionBlock | null, resolve: (text: string) => string): ContextKeys {
  const keys: Record<string, string> = {}
  for (const [operator, tests] of Object.entries(condition ?? {})) {
    const guess =
      guesses[
        operator
          .toLowerCase()
          .replace(/^(foranyvalue|forallvalues):/, '')
          .replace(/ifexists$/, '')
      ]
    for (const [key, [first]] of Object.entries(tests)) {
      const value = first === undefined || GIVEN.test(key) ? null : guess?.(resolve(first))
      if (value !== null && value !== undefined) keys[key] = value
    }
  }
  return keys
}

/** A text that the pattern matches. */
export function withoutWildcards(pattern: string): string {
  return pattern.replaceAll('*', 'main').replaceAll('?', '0')
}
