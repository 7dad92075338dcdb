import type { Outcome, Refusal } from './use-cases.ts'

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value })

export const refuse = (
  code: Refusal['code'],
  id: string,
  message: string,
  hint: string | null = null,
): { readonly ok: false; readonly refusal: Refusal } => ({
  ok: false,
  refusal: { code, id, message, hint },
})
