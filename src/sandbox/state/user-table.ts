import { groupedBy, integer, type StoredTag, tags, text, textOrNull } from './column.ts'
import type { Database, Row } from './database.ts'
import type { Slice } from './role-table.ts'

export type StoredUser = {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly createDate: string
  readonly boundary: string | null
  readonly tags: readonly StoredTag[]
  readonly passwordLastUsed: string | null
}

export type StoredGroup = { readonly id: string; readonly name: string; readonly path: string; readonly createDate: string }

export function findUser(database: Database, name: string): StoredUser | null {
  const row = database.get('SELECT * FROM users WHERE name_key = ?', name.toLowerCase())
  return row === null ? null : userOf(row)
}

export function userWithId(database: Database, id: string): StoredUser | null {
  const row = database.get('SELECT * FROM users WHERE id = ?', id)
  return row === null ? null : userOf(row)
}

export function usersAfter(database: Database, { after, limit, pathPrefix }: Slice): readonly StoredUser[] {
  const prefix = pathPrefix ?? '/'
  return database
    .all('SELECT * FROM users WHERE name_key > ? AND substr(path, 1, ?) = ? ORDER BY name_key LIMIT ?', after, prefix.length, prefix, limit)
    .map(userOf)
}

export function usersWithIds(database: Database, ids: readonly string[]): readonly StoredUser[] {
  return database.all('SELECT users.* FROM json_each(?) JOIN users ON users.id = value', JSON.stringify(ids)).map(userOf)
}

export function countUsers(database: Database): number {
  const row = database.get('SELECT count(*) AS n FROM users')
  return row === null ? 0 : integer(row, 'n')
}

export function insertUser(database: Database, user: StoredUser): void {
  database.run(
    'INSERT INTO users VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    user.id,
    user.name,
    user.name.toLowerCase(),
    user.path,
    user.createDate,
    user.boundary,
    JSON.stringify(user.tags),
    user.passwordLastUsed,
  )
}

export function findGroup(database: Database, name: string): StoredGroup | null {
  const row = database.get('SELECT * FROM groups WHERE name_key = ?', name.toLowerCase())
  return row === null ? null : groupOf(row)
}

export function groupsAfter(database: Database, { after, limit, pathPrefix }: Slice): readonly StoredGroup[] {
  const prefix = pathPrefix ?? '/'
  return database
    .all(
      'SELECT * FROM groups WHERE name_key > ? AND substr(path, 1, ?) = ? ORDER BY name_key LIMIT ?',
      after,
      prefix.length,
      prefix,
      limit,
    )
    .map(groupOf)
}

export function groupsWithIds(database: Database, ids: readonly string[]): readonly StoredGroup[] {
  return database.all('SELECT groups.* FROM json_each(?) JOIN groups ON groups.id = value', JSON.stringify(ids)).map(groupOf)
}

export function countGroups(database: Database): number {
  const row = database.get('SELECT count(*) AS n FROM groups')
  return row === null ? 0 : integer(row, 'n')
}

export function insertGroup(database: Database, group: StoredGroup): void {
  database.run('INSERT INTO groups VALUES (?, ?, ?, ?, ?)', group.id, group.name, group.name.toLowerCase(), group.path, group.createDate)
}

export function addMembership(database: Database, userId: string, groupId: string): void {
  database.run('INSERT OR IGNORE INTO memberships VALUES (?, ?)', userId, groupId)
}

export function groupsOfUser(database: Database, userId: string): readonly StoredGroup[] {
  return database
    .all('SELECT groups.* FROM groups JOIN memberships ON group_id = groups.id WHERE user_id = ? ORDER BY name_key', userId)
    .map(groupOf)
}

export function setUserTags(database: Database, id: string, tags: readonly StoredTag[]): void {
  database.run('UPDATE users SET tags = ? WHERE id = ?', JSON.stringify(tags), id)
}

export function setUserBoundary(database: Database, id: string, boundary: string | null): void {
  database.run('UPDATE users SET boundary = ? WHERE id = ?', boundary, id)
}

export function renameUser(database: Database, id: string, { name, path }: { readonly name: string; readonly path: string }): void {
  database.run('UPDATE users SET name = ?, name_key = ?, path = ? WHERE id = ?', name, name.toLowerCase(), path, id)
}

export function renameGroup(database: Database, id: string, { name, path }: { readonly name: string; readonly path: string }): void {
  database.run('UPDATE groups SET name = ?, name_key = ?, path = ? WHERE id = ?', name, name.toLowerCase(), path, id)
}

export function deleteUser(database: Database, id: string): void {
  database.run('DELETE FROM users WHERE id = ?', id)
}

export function deleteGroup(database: Database, id: string): void {
  database.run('DELETE FROM groups WHERE id = ?', id)
}

export function removeMembership(database: Database, userId: string, groupId: string): void {
  database.run('DELETE FROM memberships WHERE user_id = ? AND group_id = ?', userId, groupId)
}

export function usersOfGroup(database: Database, groupId: string): readonly StoredUser[] {
  return database
    .all('SELECT users.* FROM users JOIN memberships ON user_id = users.id WHERE group_id = ? ORDER BY name_key', groupId)
    .map(userOf)
}

/** Names of the groups of many users at once. */
export function groupNamesByUser(database: Database, userIds: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const sql =
    'SELECT user_id, groups.name FROM json_each(?) JOIN memberships ON user_id = value JOIN groups ON groups.id = group_id ORDER BY name_key'
  return groupedBy(database.all(sql, JSON.stringify(userIds)), 'user_id', (row) => text(row, 'name'))
}

function userOf(row: Row): StoredUser {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    path: text(row, 'path'),
    createDate: text(row, 'create_date'),
    boundary: textOrNull(row, 'boundary'),
    tags: tags(row),
    passwordLastUsed: textOrNull(row, 'password_last_used'),
  }
}

function groupOf(row: Row): StoredGroup {
  return { id: text(row, 'id'), name: text(row, 'name'), path: text(row, 'path'), createDate: text(row, 'create_date') }
}
