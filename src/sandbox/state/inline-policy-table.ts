import { groupedBy, text } from './column.ts'
import type { Database, Row } from './database.ts'

export type StoredInlinePolicy = { readonly name: string; readonly document: string }

export function inlinePoliciesOf(database: Database, owner: string): readonly StoredInlinePolicy[] {
  return database.all('SELECT name, document FROM inline_policies WHERE owner = ? ORDER BY name_key', owner).map(inlineOf)
}

/** Of many owners at once. */
export function inlinePoliciesByOwner(database: Database, owners: readonly string[]): ReadonlyMap<string, readonly StoredInlinePolicy[]> {
  const sql = 'SELECT owner, name, document FROM json_each(?) JOIN inline_policies ON owner = value'
  const groups = groupedBy(database.all(sql, JSON.stringify(owners)), 'owner', inlineOf)
  // Sorting a few names each costs much less than letting SQLite sort all the documents.
  for (const group of groups.values()) if (group.length > 1) group.sort(byName)
  return groups
}

export function findInlinePolicy(database: Database, owner: string, name: string): StoredInlinePolicy | null {
  const row = database.get('SELECT name, document FROM inline_policies WHERE owner = ? AND name_key = ?', owner, name.toLowerCase())
  return row === null ? null : inlineOf(row)
}

/** Writes over a policy of the same name in any spelling; the first spelling stays. */
export function putInlinePolicy(database: Database, owner: string, policy: StoredInlinePolicy): void {
  database.run(
    'INSERT INTO inline_policies VALUES (?, ?, ?, ?) ON CONFLICT (owner, name_key) DO UPDATE SET document = excluded.document',
    owner,
    policy.name,
    policy.name.toLowerCase(),
    policy.document,
  )
}

export function deleteInlinePolicy(database: Database, owner: string, name: string): boolean {
  return database.run('DELETE FROM inline_policies WHERE owner = ? AND name_key = ?', owner, name.toLowerCase()) > 0
}

function byName(a: StoredInlinePolicy, b: StoredInlinePolicy): number {
  return a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1
}

function inlineOf(row: Row): StoredInlinePolicy {
  return { name: text(row, 'name'), document: text(row, 'document') }
}
