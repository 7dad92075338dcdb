import type { Database } from '../state/database.ts'
import { readMeta } from '../state/meta.ts'

/**
 * What was written of users, roles, groups and policies, by their ids, until the account changes. Every write of any process
 * counts the account's generation up inside its own transaction, so a text of this generation is what would be written again.
 * Texts are kept as the bytes that are sent: megabytes of them are no weight for the collector of garbage.
 */
export type WrittenDetails = (database: Database) => Map<string, Uint8Array>

export function writtenDetails(): WrittenDetails {
  let version: string | null = null
  let texts = new Map<string, Uint8Array>()
  return (database) => {
    const current = `${readMeta(database, 'epoch')} ${readMeta(database, 'generation')}`
    if (current !== version) {
      version = current
      texts = new Map()
    }
    return texts
  }
}
