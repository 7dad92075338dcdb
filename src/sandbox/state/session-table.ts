import { type StoredTag, tags, text } from './column.ts'
import type { Database } from './database.ts'

/** Temporary credentials that `AssumeRole` gave, and what they stand for. */
export type StoredSession = {
  readonly accessKey: string
  readonly token: string
  readonly roleId: string
  readonly name: string
  /** Texts of the session policies; empty: the role's own rights, whole. */
  readonly policies: readonly string[]
  readonly tags: readonly StoredTag[]
  readonly createdAt: string
  readonly expiresAt: string
}

export function findSession(database: Database, accessKey: string): StoredSession | null {
  const row = database.get('SELECT * FROM sessions WHERE access_key = ?', accessKey)
  if (row === null) return null
  const policies: unknown = JSON.parse(text(row, 'policies'))
  return {
    accessKey: text(row, 'access_key'),
    token: text(row, 'token'),
    roleId: text(row, 'role_id'),
    name: text(row, 'name'),
    policies: Array.isArray(policies) ? policies.map(String) : [],
    tags: tags(row),
    createdAt: text(row, 'created_at'),
    expiresAt: text(row, 'expires_at'),
  }
}

/** Old sessions are dropped, long after their end: the key of one must not pass for an unknown key, which is the administrator's. */
export function insertSession(database: Database, session: StoredSession, forgetBefore: string): void {
  const { accessKey, token, roleId, name, policies, createdAt, expiresAt } = session
  const values = [accessKey, token, roleId, name, JSON.stringify(policies), JSON.stringify(session.tags), createdAt, expiresAt]
  database.run('DELETE FROM sessions WHERE expires_at < ?', forgetBefore)
  database.run('INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?)', ...values)
}
