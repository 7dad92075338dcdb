import type { PolicyDrift } from '../change/three-way.ts'
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

/** A refusal because the live role is not what was expected, with what is different. */
export const refuseDrift = (message: string, hint: string | null, drift: readonly PolicyDrift[]) => {
  const { refusal } = refuse(4, 'drift', message, hint)
  return { ok: false, refusal: { ...refusal, drift } } as const
}
