import { AwsError } from '../aws-error.ts'
import type { JsonParams } from './rest-json.ts'

/** Readers of JSON parameters, with the refusals of REST-JSON services. */

export function optionalText(params: JsonParams, name: string): string | null {
  const value = params[name]
  if (value === undefined || value === null) return null
  if (typeof value !== 'string') throw invalid(`${name} must be a string`)
  return value
}

export function requiredText(params: JsonParams, name: string): string {
  const value = optionalText(params, name)
  if (value === null || value === '') throw invalid(`${name} must not be null`)
  return value
}

/** A page size: a JSON number, or text where it came in the query. */
export function pageSize(params: JsonParams, fallback: number): number {
  const value = params.maxResults
  if (value === undefined || value === null) return fallback
  const size = Number(value)
  if (!Number.isInteger(size) || size < 1) throw invalid('maxResults must be a positive number')
  return size
}

/** A map of texts, as tags come. */
export function textMap(params: JsonParams, name: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(Object(params[name])).map(([key, value]) => [key, String(value)]))
}

export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', 400, message)
}

/** Where the next page starts; a token only fits the question that it was given for. */
export function offsetOf(params: JsonParams, question: string): number {
  const token = optionalText(params, 'nextToken')
  if (token === null) return 0
  try {
    const decoded: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'))
    if (Array.isArray(decoded) && decoded[0] === question && typeof decoded[1] === 'number') return decoded[1]
  } catch {
    // falls through: not one of our tokens
  }
  throw invalid('Invalid nextToken')
}

export function tokenFor(question: string, offset: number): string {
  return Buffer.from(JSON.stringify([question, offset])).toString('base64url')
}

/** One page of a list, with the token of the next one where there is one. */
export function page<T>(items: readonly T[], params: JsonParams, question: string, fallback: number) {
  const offset = offsetOf(params, question)
  const end = offset + pageSize(params, fallback)
  return { shown: items.slice(offset, end), next: end < items.length ? { nextToken: tokenFor(question, end) } : {} }
}
