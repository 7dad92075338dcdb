import type { Iso } from '../policy/names.ts'

/** A date as the SDK (`Date`), the AWS CLI (`T` or a space, offset or none) or raw JSON (epoch seconds) gives it. */
export type DateSource = string | number | Date | null | undefined

const written = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|[+-]\d{2}:?\d{2})?)?$/i

/** Null where there is no date; `invalid` where there is one that cannot be read. A time without an offset is UTC. */
export function parseDate(source: DateSource): { readonly date: Iso | null; readonly invalid: boolean } {
  if (source === null || source === undefined || source === '') return { date: null, invalid: false }
  const instant = toInstant(source)
  return Number.isNaN(instant.getTime()) ? { date: null, invalid: true } : { date: instant.toISOString(), invalid: false }
}

function toInstant(source: string | number | Date): Date {
  if (source instanceof Date) return source
  if (typeof source === 'number') return new Date(source * 1000)
  const match = written.exec(source.trim())
  if (match === null) return new Date(Number.NaN)
  const [, day = '', time = '00:00', offset = 'Z'] = match
  return new Date(`${day}T${time}${offset.toUpperCase()}`)
}
