import type { PolicyDocument } from '../policy/document.ts'
import type { Arn, Iso } from '../policy/names.ts'
import type { KnownPatterns, PolicyContent } from '../policy/read-value.ts'
import type { AccountProblem } from './account.ts'
import { type DateSource, parseDate } from './parse-date.ts'
import { parseDocument, type SourceDocument } from './parse-document.ts'

/** What the parser of one principal or policy is at: whose field it reads, where that stands, and who is told. */
export type Reading = {
  readonly arn: Arn
  readonly place: string
  readonly problems: AccountProblem[]
  readonly documents: Map<object, PolicyDocument>
  readonly patterns: KnownPatterns
}

export function report(reading: Reading, field: string, message: string): void {
  reading.problems.push({ arn: reading.arn, place: field === '' ? reading.place : `${reading.place}.${field}`, message })
}

export function readDate(reading: Reading, field: string, source: DateSource): Iso | null {
  const { date, invalid } = parseDate(source)
  if (invalid) report(reading, field, `expected a date, found ${JSON.stringify(source)}`)
  return date
}

export function readDocument(reading: Reading, field: string, source: unknown): SourceDocument {
  const document = parseDocument(source, reading.patterns)
  if (document.problem !== null) report(reading, field, document.problem)
  return document
}

/** Remembers what a document says by who carries it. */
export function carrying<Carrier extends { readonly text: string }>(
  { documents }: Reading,
  carrier: Carrier,
  { content }: SourceDocument,
): Carrier {
  if (content !== null) documents.set(carrier, new CarriedDocument(carrier, content))
  return carrier
}

class CarriedDocument implements PolicyDocument {
  readonly version: PolicyDocument['version']
  readonly statements: PolicyDocument['statements']
  readonly #carrier: { readonly text: string }

  constructor(carrier: { readonly text: string }, { version, statements }: PolicyContent) {
    this.#carrier = carrier
    this.version = version
    this.statements = statements
  }

  get text(): string {
    return this.#carrier.text
  }
}
