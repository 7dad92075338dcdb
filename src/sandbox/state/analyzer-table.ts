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
}

export function analyzersIn(database: Database, region: string): readonly StoredAnalyzer[] {
  return database.all('SELECT * FROM analyzers WHERE region = ? ORDER BY name', region).map(analyzerOf)
}

export function findAnalyzer(database: Database, arn: string): StoredAnalyzer | null {
  const row = database.get('SELECT * FROM analyzers WHERE arn = ?', arn)
  return row === null ? null : analyzerOf(row)
}

export function insertAnalyzer(database: Database, analyzer: StoredAnalyzer): void {
  const { arn, name, type, region, unusedAccessAge, createdAt } = analyzer
  database.run('INSERT INTO analyzers VALUES (?, ?, ?, ?, ?, ?)', arn, name, type, region, unusedAccessAge, createdAt)
}

function analyzerOf(row: Row): StoredAnalyzer {
  return {
    arn: text(row, 'arn'),
    name: text(row, 'name'),
    type: text(row, 'type') === 'ACCOUNT' ? 'ACCOUNT' : 'ACCOUNT_UNUSED_ACCESS',
    region: text(row, 'region'),
    unusedAccessAge: integerOrNull(row, 'unused_access_age'),
    createdAt: text(row, 'created_at'),
  }
}
