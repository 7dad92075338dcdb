import type { z } from 'zod'
import { LedgerFailure } from '../ports/ledger-failure.ts'

/** What stands in the ledger, checked against what it should be. `what` names it for people, such as `change c-1`. */
export function readStored<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const issue = read.error.issues[0]
  throw new LedgerFailure(`The ledger's ${what} cannot be read (${issue?.path.join('.')}: ${issue?.message}): was the file edited?`)
}

/** The same for a column that holds JSON. */
export function readStoredJson<T>(schema: z.ZodType<T>, text: unknown, what: string): T {
  return readStored(schema, parseJson(text, what), what)
}

function parseJson(text: unknown, what: string): unknown {
  try {
    return JSON.parse(String(text))
  } catch (error) {
    throw new LedgerFailure(`The ledger's ${what} cannot be read (no JSON): was the file edited?`, { cause: error })
  }
}
