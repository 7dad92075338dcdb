import { text } from './column.ts'
import type { Database } from './database.ts'

/** A resource outside IAM that has a policy of its own. */
export type StoredResource = { readonly arn: string; readonly type: string; readonly region: string; readonly policy: string }

export function resourcesIn(database: Database, region: string): readonly StoredResource[] {
  return database.all('SELECT * FROM resources WHERE region = ? ORDER BY arn', region).map((row) => ({
    arn: text(row, 'arn'),
    type: text(row, 'type'),
    region: text(row, 'region'),
    policy: text(row, 'policy'),
  }))
}

export function insertResource(database: Database, { arn, type, region, policy }: StoredResource): void {
  database.run('INSERT INTO resources VALUES (?, ?, ?, ?)', arn, type, region, policy)
}
