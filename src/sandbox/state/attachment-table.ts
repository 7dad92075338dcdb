import { groupedBy, integer, text } from './column.ts'
import type { Database } from './database.ts'

export function attachedArns(database: Database, owner: string): readonly string[] {
  return database.all('SELECT policy_arn FROM attachments WHERE owner = ? ORDER BY rowid', owner).map((row) => text(row, 'policy_arn'))
}

/** Of many owners at once. */
export function attachedArnsByOwner(database: Database, owners: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const sql = 'SELECT owner, policy_arn FROM json_each(?) JOIN attachments ON owner = value ORDER BY attachments.rowid'
  return groupedBy(database.all(sql, JSON.stringify(owners)), 'owner', (row) => text(row, 'policy_arn'))
}

/** False when it was attached already. */
export function attach(database: Database, owner: string, policyArn: string): boolean {
  return database.run('INSERT OR IGNORE INTO attachments VALUES (?, ?)', owner, policyArn) > 0
}

/** False when it was not attached. */
export function detach(database: Database, owner: string, policyArn: string): boolean {
  return database.run('DELETE FROM attachments WHERE owner = ? AND policy_arn = ?', owner, policyArn) > 0
}

export function attachmentCount(database: Database, policyArn: string): number {
  const row = database.get('SELECT count(*) AS n FROM attachments WHERE policy_arn = ?', policyArn)
  return row === null ? 0 : integer(row, 'n')
}

export function boundaryUseCount(database: Database, policyArn: string): number {
  const row = database.get(
    'SELECT (SELECT count(*) FROM roles WHERE boundary = ?) + (SELECT count(*) FROM users WHERE boundary = ?) AS n',
    policyArn,
    policyArn,
  )
  return row === null ? 0 : integer(row, 'n')
}

/** ARNs of all policies that somebody has attached or uses as a boundary. */
export function policyArnsInUse(database: Database): ReadonlySet<string> {
  const rows = database.all(
    'SELECT policy_arn AS arn FROM attachments UNION SELECT boundary FROM roles WHERE boundary IS NOT NULL UNION SELECT boundary FROM users WHERE boundary IS NOT NULL',
  )
  return new Set(rows.map((row) => text(row, 'arn')))
}

export type PolicyUser = { readonly kind: 'user' | 'role' | 'group'; readonly name: string; readonly id: string; readonly path: string }

const users = {
  attached: `SELECT 'user' AS kind, name, id, path FROM users JOIN attachments ON owner = id WHERE policy_arn = :arn
    UNION ALL SELECT 'role', name, id, path FROM roles JOIN attachments ON owner = id WHERE policy_arn = :arn
    UNION ALL SELECT 'group', name, id, path FROM groups JOIN attachments ON owner = id WHERE policy_arn = :arn`,
  boundary: `SELECT 'user' AS kind, name, id, path FROM users WHERE boundary = :arn UNION ALL SELECT 'role', name, id, path FROM roles WHERE boundary = :arn`,
}

/** Who has the policy attached, or who is bounded by it. */
export function usersOfPolicy(database: Database, policyArn: string, usage: 'attached' | 'boundary'): readonly PolicyUser[] {
  const sql = users[usage].replaceAll(':arn', '?1')
  return database.all(sql, policyArn).map((row) => {
    const kind = text(row, 'kind')
    return {
      kind: kind === 'user' || kind === 'role' ? kind : 'group',
      name: text(row, 'name'),
      id: text(row, 'id'),
      path: text(row, 'path'),
    }
  })
}
