import type { Arn, Iso } from '../policy/names.ts'
import type { AccountProblem } from './account.ts'
import { type DateSource, parseDate } from './parse-date.ts'
import { parseDocument } from './parse-document.ts'

/** What the parser of one principal or policy is at: whose field it reads, where that stands, and who is told. */
export type Reading = { readonly arn: Arn; readonly place: string; readonly problems: AccountProblem[] }

export function report(reading: Reading, field: string, message: string): void {
  reading.problems.push({ arn: reading.arn, place: field === '' ? reading.place : `${reading.place}.${field}`, message })
}

export function readDate(reading: Reading, field: string, source: DateSource): Iso | null {
  const { date, invalid } = parseDate(source)
  if (invalid) report(reading, field, `expected a date, found ${JSON.stringify(source)}`)
  return date
}

export function readDocument(reading: Reading, field: string, source: unknown): string {
  const { text, problem } = parseDocument(source)
  if (problem !== null) report(reading, field, problem)
  return text
}
