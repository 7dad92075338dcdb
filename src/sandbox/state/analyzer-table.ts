import { integerOrNull, text } from './column.ts'
import type { Database, Row } from './database.ts'

export type AnalyzerType = 'ACCOUNT' | 'ACCOUNT_UNUSED_ACCESS'

export type StoredAnalyzer = {
  readonly arn: string
  readonly name: string
  readonly type: AnalyzerType
  readonly region: string
  readonly unusedAccessAge: number | null
  readonly createdAt: string
  readonly archiveRules: readonly StoredArchiveRule[]
  readonly tags: Readonly<Record<string, string>>
}

/** Findings that match the filter are archived when they open. */
export type StoredArchiveRule = { readonly name: string; readonly filter: object; readonly createdAt: string }

export function analyzersIn(database: Database, region: string): readonly StoredAnalyzer[] {
  return database.all('SELECT * FROM analyzers WHERE region = ? ORDER BY name', region).map(analyzerOf)
}

export function findAnalyzer(database: Database, arn: string): StoredAnalyzer | null {
  const row = database.get('SELECT * FROM analyzers WHERE arn = ?', arn)
  return row === null ? null : analyzerOf(row)
}

export function insertAnalyzer(database: Database, analyzer: StoredAnalyzer): void {
  const { arn, name, type, region, unusedAccessAge, createdAt, archiveRules, tags } = analyzer
  const lists = [JSON.stringify(archiveRules), JSON.stringify(tags)]
  database.run('INSERT INTO analyzers VALUES (?, ?, ?, ?, ?, ?, ?, ?)', arn, name, type, region, unusedAccessAge, createdAt, ...lists)
}

export function deleteAnalyzer(database: Database, arn: string): void {
  database.run('DELETE FROM analyzers WHERE arn = ?', arn)
  database.run('DELETE FROM findings WHERE analyzer = ?', arn)
}

export function setAnalyzerTags(database: Database, arn: string, tags: Readonly<Record<string, string>>): void {
  database.run('UPDATE analyzers SET tags = ? WHERE arn = ?', JSON.stringify(tags), arn)
}

export function setUnusedAccessAge(database: Database, arn: string, days: number): void {
  database.run('UPDATE analyzers SET unused_access_age = ? WHERE arn = ?', days, arn)
}

export function setArchiveRules(database: Database, arn: string, rules: readonly StoredArchiveRule[]): void {
  database.run('UPDATE analyzers SET archive_rules = ? WHERE arn = ?', JSON.stringify(rules), arn)
}

function analyzerOf(row: Row): StoredAnalyzer {
  const rules: unknown = JSON.parse(text(row, 'archive_rules'))
  const tags: unknown = JSON.parse(text(row, 'tags'))
  return {
    arn: text(row, 'arn'),
    name: text(row, 'name'),
    type: text(row, 'type') === 'ACCOUNT' ? 'ACCOUNT' : 'ACCOUNT_UNUSED_ACCESS',
    region: text(row, 'region'),
    unusedAccessAge: integerOrNull(row, 'unused_access_age'),
    createdAt: text(row, 'created_at'),
    archiveRules: Array.isArray(rules) ? rules : [],
    tags: typeof tags === 'object' && tags !== null ? Object.fromEntries(Object.entries(tags)) : {},
  }
}
