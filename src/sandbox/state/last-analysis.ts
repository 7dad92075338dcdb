import type { Database } from './database.ts'
import { readMeta, writeMeta } from './meta.ts'

/** When an analyzer looked last, and at what: `generation` counts the writes to the account, so another number means other policies. */
export type LastAnalysis = { readonly generation: string | null; readonly analyzedAt: string }

export function readLastAnalysis(database: Database, analyzer: string): LastAnalysis | null {
  const kept = readMeta(database, `analysis ${analyzer}`)
  if (kept === null) return null
  const [analyzedAt = '', generation = null] = kept.split(' ')
  return { analyzedAt, generation }
}

export function writeLastAnalysis(database: Database, analyzer: string, { analyzedAt, generation }: LastAnalysis): void {
  writeMeta(database, `analysis ${analyzer}`, [analyzedAt, ...(generation === null ? [] : [generation])].join(' '))
}
