import { createHash } from 'node:crypto'
import { AwsError } from '../aws-error.ts'
import type { QueryParams } from '../protocol/query-params.ts'
import { element } from '../protocol/xml.ts'

/**
 * IAM's paging: a marker says after which name key a list goes on, and for what question it was given. Each page reads
 * the current state; nothing is kept between two pages.
 */
export type PageRequest = { readonly after: string; readonly limit: number; readonly question: string }

/** @param question everything in the request that must be the same on the next page */
export function pageRequest(params: QueryParams, question: string, defaultItems = 100): PageRequest {
  const limit = params.integer('MaxItems', { min: 1, max: 1000 }) ?? defaultItems
  const marker = params.optional('Marker', { min: 1 })
  return { after: marker === null ? '' : positionOf(marker, question), limit, question }
}

export function markerAfter(position: string, question: string): string {
  return Buffer.from(JSON.stringify([digest(question), position])).toString('base64url')
}

/** The two elements that end a list's result. */
export function pageEnd(next: string | null, question: string): string {
  return element('IsTruncated', next !== null) + (next === null ? '' : element('Marker', markerAfter(next, question)))
}

/** One page of rows that were read with `limit + 1`: what it shows, and after which key the next one starts. */
export function cutPage<T>(
  rows: readonly T[],
  limit: number,
  keyOf: (row: T) => string,
): { readonly shown: readonly T[]; readonly next: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { shown, next: rows.length > limit && last !== undefined ? keyOf(last) : null }
}

/** One page of a list that is whole in memory and in the order of its keys. */
export function pageOf<T>(rows: readonly T[], { after, limit }: PageRequest, keyOf: (row: T) => string): ReturnType<typeof cutPage<T>> {
  return cutPage(
    rows.filter((row) => keyOf(row) > after),
    limit,
    keyOf,
  )
}

/** A question may hold whole policies; AWS's markers stay below 320 characters. */
function digest(question: string): string {
  return createHash('sha256').update(question).digest('base64url').slice(0, 16)
}

function positionOf(marker: string, question: string): string {
  try {
    const decoded: unknown = JSON.parse(Buffer.from(marker, 'base64url').toString('utf8'))
    if (Array.isArray(decoded) && decoded[0] === digest(question) && typeof decoded[1] === 'string') return decoded[1]
  } catch {
    // falls through: not one of our markers
  }
  throw new AwsError('ValidationError', 400, 'Invalid Marker.')
}
