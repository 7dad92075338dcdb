import { integer, type StoredTag, tags, text, textOrNull } from './column.ts'
import type { Database, Row } from './database.ts'

/** A customer managed policy without its documents. */
export type StoredPolicy = {
  readonly arn: string
  readonly id: string
  readonly name: string
  readonly path: string
  readonly description: string | null
  readonly defaultVersion: string
  readonly nextVersion: number
  readonly createDate: string
  readonly updateDate: string
  readonly tags: readonly StoredTag[]
}

export type StoredVersion = { readonly versionId: string; readonly document: string; readonly createDate: string }

export function findStoredPolicy(database: Database, arn: string): StoredPolicy | null {
  const row = database.get('SELECT * FROM policies WHERE arn = ?', arn)
  return row === null ? null : policyOf(row)
}

export function policyNameTaken(database: Database, name: string): boolean {
  return database.get('SELECT 1 AS found FROM policies WHERE name_key = ?', name.toLowerCase()) !== null
}

export function storedPoliciesAfter(database: Database, after: string, limit: number): readonly StoredPolicy[] {
  return database.all('SELECT * FROM policies WHERE name_key > ? ORDER BY name_key LIMIT ?', after, limit).map(policyOf)
}

export function countPolicies(database: Database): number {
  const row = database.get('SELECT count(*) AS n FROM policies')
  return row === null ? 0 : integer(row, 'n')
}

export function countVersions(database: Database): number {
  const row = database.get('SELECT count(*) AS n FROM policy_versions')
  return row === null ? 0 : integer(row, 'n')
}

export function insertPolicy(database: Database, policy: StoredPolicy): void {
  database.run(
    'INSERT INTO policies VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    policy.arn,
    policy.id,
    policy.name,
    policy.name.toLowerCase(),
    policy.path,
    policy.description,
    policy.defaultVersion,
    policy.nextVersion,
    policy.createDate,
    policy.updateDate,
    JSON.stringify(policy.tags),
  )
}

export function deletePolicy(database: Database, arn: string): void {
  database.run('DELETE FROM policy_versions WHERE arn = ?', arn)
  database.run('DELETE FROM policies WHERE arn = ?', arn)
}

/** Newest first, as `ListPolicyVersions` gives them. */
export function versionsOf(database: Database, arn: string): readonly StoredVersion[] {
  return database.all('SELECT number, document, create_date FROM policy_versions WHERE arn = ? ORDER BY number DESC', arn).map((row) => ({
    versionId: `v${integer(row, 'number')}`,
    document: text(row, 'document'),
    createDate: text(row, 'create_date'),
  }))
}

export function insertVersion(database: Database, arn: string, version: { number: number; document: string; createDate: string }): void {
  database.run('INSERT INTO policy_versions VALUES (?, ?, ?, ?)', arn, version.number, version.document, version.createDate)
  database.run('UPDATE policies SET next_version = ?, update_date = ? WHERE arn = ?', version.number + 1, version.createDate, arn)
}

export function deleteVersion(database: Database, arn: string, versionId: string): void {
  database.run('DELETE FROM policy_versions WHERE arn = ? AND number = ?', arn, Number(versionId.slice(1)))
}

export function setDefaultVersion(database: Database, arn: string, versionId: string): void {
  database.run('UPDATE policies SET default_version = ? WHERE arn = ?', versionId, arn)
}

export function setPolicyTags(database: Database, arn: string, tags: readonly StoredTag[]): void {
  database.run('UPDATE policies SET tags = ? WHERE arn = ?', JSON.stringify(tags), arn)
}

function policyOf(row: Row): StoredPolicy {
  return {
    arn: text(row, 'arn'),
    id: text(row, 'id'),
    name: text(row, 'name'),
    path: text(row, 'path'),
    description: textOrNull(row, 'description'),
    defaultVersion: text(row, 'default_version'),
    nextVersion: integer(row, 'next_version'),
    createDate: text(row, 'create_date'),
    updateDate: text(row, 'update_date'),
    tags: tags(row),
  }
}
