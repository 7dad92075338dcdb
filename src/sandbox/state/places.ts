import { text } from './column.ts'
import type { Database } from './database.ts'

/** Where an entity stands in the order of its kind: `key` ascends. */
export type Place = { readonly id: string; readonly key: string }

const queries = {
  users: 'SELECT id, name_key FROM users WHERE name_key > ? ORDER BY name_key LIMIT ?',
  roles: 'SELECT id, name_key FROM roles WHERE name_key > ? ORDER BY name_key LIMIT ?',
  groups: 'SELECT id, name_key FROM groups WHERE name_key > ? ORDER BY name_key LIMIT ?',
  policies: 'SELECT arn AS id, name_key FROM policies WHERE name_key > ? ORDER BY name_key LIMIT ?',
} as const

/** The next entities of a kind, by nothing but id and place. The id of a managed policy is its ARN. */
export function placesAfter(database: Database, kind: keyof typeof queries, after: string, limit: number): readonly Place[] {
  return database.all(queries[kind], after, limit).map((row) => ({ id: text(row, 'id'), key: text(row, 'name_key') }))
}
