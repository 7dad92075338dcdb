import { integer, type StoredTag, tags, text, textOrNull } from './column.ts'
import type { Database, Row } from './database.ts'

export type StoredRole = {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly createDate: string
  readonly trust: string
  readonly description: string | null
  readonly maxSession: number
  readonly boundary: string | null
  readonly tags: readonly StoredTag[]
}

/** Where a list goes on: after this name key, at most so many, under a path. */
export type Slice = { readonly after: string; readonly limit: number; readonly pathPrefix?: string | null }

export function findRole(database: Database, name: string): StoredRole | null {
  const row = database.get('SELECT * FROM roles WHERE name_key = ?', name.toLowerCase())
  return row === null ? null : roleOf(row)
}

export function roleWithId(database: Database, id: string): StoredRole | null {
  const row = database.get('SELECT * FROM roles WHERE id = ?', id)
  return row === null ? null : roleOf(row)
}

export function rolesAfter(database: Database, { after, limit, pathPrefix }: Slice): readonly StoredRole[] {
  const prefix = pathPrefix ?? '/'
  return database
    .all('SELECT * FROM roles WHERE name_key > ? AND substr(path, 1, ?) = ? ORDER BY name_key LIMIT ?', after, prefix.length, prefix, limit)
    .map(roleOf)
}

export function rolesWithIds(database: Database, ids: readonly string[]): readonly StoredRole[] {
  return database.all('SELECT roles.* FROM json_each(?) JOIN roles ON roles.id = value', JSON.stringify(ids)).map(roleOf)
}

/** Roles whose trust policy holds a text. */
export function rolesTrusting(database: Database, text: string): readonly StoredRole[] {
  return database.all('SELECT * FROM roles WHERE instr(trust, ?) > 0', text).map(roleOf)
}

export function countRoles(database: Database): number {
  const row = database.get('SELECT count(*) AS n FROM roles')
  return row === null ? 0 : integer(row, 'n')
}

export function insertRole(database: Database, role: StoredRole): void {
  database.run(
    'INSERT INTO roles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    role.id,
    role.name,
    role.name.toLowerCase(),
    role.path,
    role.createDate,
    role.trust,
    role.description,
    role.maxSession,
    role.boundary,
    JSON.stringify(role.tags),
  )
}

export function deleteRole(database: Database, id: string): void {
  database.run('DELETE FROM roles WHERE id = ?', id)
  database.run('DELETE FROM usage WHERE owner = ?', id)
  database.run('DELETE FROM denials WHERE owner = ?', id)
}

/** Trust policies that name a deleted principal show its id from then on: a new one of the same name is not trusted. */
export function forgetPrincipal(database: Database, arn: string, id: string): void {
  database.run('UPDATE roles SET trust = replace(trust, ?, ?) WHERE instr(trust, ?) > 0', `"${arn}"`, `"${id}"`, `"${arn}"`)
}

export function setTrust(database: Database, id: string, trust: string): void {
  database.run('UPDATE roles SET trust = ? WHERE id = ?', trust, id)
}

export function setRoleBoundary(database: Database, id: string, boundary: string | null): void {
  database.run('UPDATE roles SET boundary = ? WHERE id = ?', boundary, id)
}

export function setRoleTags(database: Database, id: string, tags: readonly StoredTag[]): void {
  database.run('UPDATE roles SET tags = ? WHERE id = ?', JSON.stringify(tags), id)
}

/** What `UpdateRole` changes; null leaves as it is. */
export function updateRole(database: Database, id: string, change: { description: string | null; maxSession: number | null }): void {
  const { description, maxSession } = change
  database.run(
    'UPDATE roles SET description = ifnull(?, description), max_session = ifnull(?, max_session) WHERE id = ?',
    description,
    maxSession,
    id,
  )
}

function roleOf(row: Row): StoredRole {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    path: text(row, 'path'),
    createDate: text(row, 'create_date'),
    trust: text(row, 'trust'),
    description: textOrNull(row, 'description'),
    maxSession: integer(row, 'max_session'),
    boundary: textOrNull(row, 'boundary'),
    tags: tags(row),
  }
}
