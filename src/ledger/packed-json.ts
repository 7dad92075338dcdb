import { gunzipSync, gzipSync } from 'node:zlib'
import type { z } from 'zod'

export const packJson = (content: unknown): Uint8Array => gzipSync(JSON.stringify(content), { level: 1 })

/** Null where the content is not what it should be: only for what can be had again. */
export function unpackJson<T>(schema: z.ZodType<T>, content: Uint8Array): T | null {
  try {
    return schema.safeParse(JSON.parse(gunzipSync(content).toString('utf8'))).data ?? null
  } catch {
    return null
  }
}
