import { createHash } from 'node:crypto'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export type IdPrefix = 'AROA' | 'AIDA' | 'AGPA' | 'ANPA' | 'AIPA' | 'AKIA' | 'ASIA'

/** A unique id as IAM writes them, decided by its seed: `AROA` and 17 characters; access keys have one less. */
export function entityId(prefix: IdPrefix, seed: string): string {
  const characters = prefix === 'AKIA' || prefix === 'ASIA' ? 16 : 17
  const digest = createHash('sha256').update(`${prefix}\n${seed}`).digest()
  return prefix + Array.from(digest.subarray(0, characters), (byte) => BASE32.charAt(byte & 31)).join('')
}

/** A UUID decided by its seed. */
export function uuidFrom(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}
