import { integer, text, textOrNull } from './column.ts'
import type { Database, Row } from './database.ts'

/** Long-lived credentials of users: access keys, console passwords, second factors. Secrets are not kept: nothing verifies them. */
export type StoredAccessKey = {
  readonly id: string
  readonly userId: string
  readonly status: 'Active' | 'Inactive'
  readonly createDate: string
  readonly lastUsed: string | null
  readonly lastService: string | null
  readonly lastRegion: string | null
}

export type StoredLoginProfile = { readonly createDate: string; readonly resetRequired: boolean }
export type StoredMfaDevice = { readonly serial: string; readonly enableDate: string }

export function findAccessKey(database: Database, id: string): StoredAccessKey | null {
  const row = database.get('SELECT * FROM access_keys WHERE id = ?', id)
  return row === null ? null : accessKeyOf(row)
}

export function accessKeysOf(database: Database, userId: string): readonly StoredAccessKey[] {
  return database.all('SELECT * FROM access_keys WHERE user_id = ? ORDER BY create_date, id', userId).map(accessKeyOf)
}

export function insertAccessKey(database: Database, key: StoredAccessKey): void {
  const { id, userId, status, createDate, lastUsed, lastService, lastRegion } = key
  database.run('INSERT INTO access_keys VALUES (?, ?, ?, ?, ?, ?, ?)', id, userId, status, createDate, lastUsed, lastService, lastRegion)
}

export function setAccessKeyStatus(database: Database, id: string, status: StoredAccessKey['status']): void {
  database.run('UPDATE access_keys SET status = ? WHERE id = ?', status, id)
}

/** The key is nobody's from now on. Its id stays, so that it is not taken for one that the account never knew. */
export function deleteAccessKey(database: Database, id: string): void {
  database.run("UPDATE access_keys SET user_id = '', status = 'Inactive' WHERE id = ?", id)
}

export function loginProfileOf(database: Database, userId: string): StoredLoginProfile | null {
  const row = database.get('SELECT * FROM login_profiles WHERE user_id = ?', userId)
  return row === null ? null : { createDate: text(row, 'create_date'), resetRequired: integer(row, 'reset_required') === 1 }
}

export function putLoginProfile(database: Database, userId: string, { createDate, resetRequired }: StoredLoginProfile): void {
  database.run('INSERT OR REPLACE INTO login_profiles VALUES (?, ?, ?)', userId, createDate, resetRequired ? 1 : 0)
}

export function deleteLoginProfile(database: Database, userId: string): boolean {
  return database.run('DELETE FROM login_profiles WHERE user_id = ?', userId) > 0
}

export function mfaDevicesOf(database: Database, userId: string): readonly StoredMfaDevice[] {
  return database
    .all('SELECT serial, enable_date FROM mfa_devices WHERE user_id = ? ORDER BY serial', userId)
    .map((row) => ({ serial: text(row, 'serial'), enableDate: text(row, 'enable_date') }))
}

export function insertMfaDevice(database: Database, userId: string, { serial, enableDate }: StoredMfaDevice): void {
  database.run('INSERT INTO mfa_devices VALUES (?, ?, ?)', serial, userId, enableDate)
}

export function countMfaDevices(database: Database): number {
  const row = database.get('SELECT count(*) AS n FROM mfa_devices')
  return row === null ? 0 : integer(row, 'n')
}

function accessKeyOf(row: Row): StoredAccessKey {
  return {
    id: text(row, 'id'),
    userId: text(row, 'user_id'),
    status: text(row, 'status') === 'Active' ? 'Active' : 'Inactive',
    createDate: text(row, 'create_date'),
    lastUsed: textOrNull(row, 'last_used'),
    lastService: textOrNull(row, 'last_service'),
    lastRegion: textOrNull(row, 'last_region'),
  }
}
