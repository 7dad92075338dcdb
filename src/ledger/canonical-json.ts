import { createHash } from 'node:crypto'

/** JSON with the keys of every object in code point order: equal values have equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}

/** SHA-256 in hexadecimal. */
export const contentHash = (text: string): string => createHash('sha256').update(text).digest('hex')
