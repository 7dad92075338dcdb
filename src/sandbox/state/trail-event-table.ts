import { integer, text, textOrNull } from './column.ts'
import type { Database, Row } from './database.ts'

/** One API call as CloudTrail keeps it: the columns that are searched, and the record as it is shown. */
export type StoredTrailEvent = {
  readonly id: string
  readonly at: string
  readonly region: string
  readonly source: string
  readonly name: string
  readonly username: string | null
  readonly accessKey: string | null
  readonly readOnly: boolean
  /** The role whose session made the call. */
  readonly roleArn: string | null
  /** The error code; null where the call was done. */
  readonly error: string | null
  readonly resources: readonly TrailResource[]
  /** JSON. */
  readonly record: string
}

export type TrailResource = { readonly type: string; readonly name: string }

/** So many events are kept; the oldest go first. */
const KEPT_EVENTS = 50_000

export function insertTrailEvent(database: Database, event: StoredTrailEvent): void {
  const { id, at, region, source, name, username, accessKey, readOnly, roleArn, error, resources, record } = event
  const list = JSON.stringify(resources)
  database.run(
    'INSERT INTO trail_events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ...[id, at, region, source, name, username, accessKey, readOnly ? 1 : 0, roleArn, error, list, record],
  )
  database.run('DELETE FROM trail_events WHERE rowid <= (SELECT max(rowid) FROM trail_events) - ?', KEPT_EVENTS)
}

export type TrailRange = { readonly region: string | null; readonly from: string; readonly to: string }

/** Newest first, both ends included. */
export function trailEventsIn(database: Database, { region, from, to }: TrailRange): readonly StoredTrailEvent[] {
  const sql = 'SELECT * FROM trail_events WHERE (?1 IS NULL OR region = ?1) AND at BETWEEN ?2 AND ?3 ORDER BY at DESC, id DESC'
  return database.all(sql, region, from, to).map(eventOf)
}

function eventOf(row: Row): StoredTrailEvent {
  const resources: unknown = JSON.parse(text(row, 'resources'))
  return {
    id: text(row, 'id'),
    at: text(row, 'at'),
    region: text(row, 'region'),
    source: text(row, 'source'),
    name: text(row, 'name'),
    username: textOrNull(row, 'username'),
    accessKey: textOrNull(row, 'access_key'),
    readOnly: integer(row, 'read_only') === 1,
    roleArn: textOrNull(row, 'role_arn'),
    error: textOrNull(row, 'error'),
    resources: Array.isArray(resources) ? resources.map(({ type, name }) => ({ type: String(type), name: String(name) })) : [],
    record: text(row, 'record'),
  }
}
