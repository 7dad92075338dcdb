import { groupedBy, text, textOrNull } from './column.ts'
import type { Database, Row } from './database.ts'
import type { Slice } from './role-table.ts'

/** What hands a role to EC2 instances; it holds at most one. */
export type StoredInstanceProfile = {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly createDate: string
  readonly roleId: string | null
}

export function findInstanceProfile(database: Database, name: string): StoredInstanceProfile | null {
  const row = database.get('SELECT * FROM instance_profiles WHERE name_key = ?', name.toLowerCase())
  return row === null ? null : profileOf(row)
}

export function instanceProfilesAfter(database: Database, { after, limit, pathPrefix }: Slice): readonly StoredInstanceProfile[] {
  const prefix = pathPrefix ?? '/'
  const sql = 'SELECT * FROM instance_profiles WHERE name_key > ? AND substr(path, 1, ?) = ? ORDER BY name_key LIMIT ?'
  return database.all(sql, after, prefix.length, prefix, limit).map(profileOf)
}

export function instanceProfilesOf(database: Database, roleId: string): readonly StoredInstanceProfile[] {
  return database.all('SELECT * FROM instance_profiles WHERE role_id = ? ORDER BY name_key', roleId).map(profileOf)
}

/** Of many roles at once. */
export function instanceProfilesByRole(
  database: Database,
  roleIds: readonly string[],
): ReadonlyMap<string, readonly StoredInstanceProfile[]> {
  const sql = 'SELECT instance_profiles.* FROM json_each(?) JOIN instance_profiles ON role_id = value ORDER BY name_key'
  return groupedBy(database.all(sql, JSON.stringify(roleIds)), 'role_id', profileOf)
}

export function insertInstanceProfile(database: Database, profile: StoredInstanceProfile): void {
  const { id, name, path, createDate, roleId } = profile
  database.run('INSERT INTO instance_profiles VALUES (?, ?, ?, ?, ?, ?)', id, name, name.toLowerCase(), path, createDate, roleId)
}

export function setProfileRole(database: Database, id: string, roleId: string | null): void {
  database.run('UPDATE instance_profiles SET role_id = ? WHERE id = ?', roleId, id)
}

export function deleteInstanceProfile(database: Database, id: string): void {
  database.run('DELETE FROM instance_profiles WHERE id = ?', id)
}

function profileOf(row: Row): StoredInstanceProfile {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    path: text(row, 'path'),
    createDate: text(row, 'create_date'),
    roleId: textOrNull(row, 'role_id'),
  }
}
