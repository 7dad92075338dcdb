import type { Iso } from '../policy/names.ts'

/** `2026-03-01 10:00`, in UTC; `never` where there is no instant. */
export const instantText = (at: Iso | null): string => (at === null ? 'never' : at.slice(0, 16).replace('T', ' '))

export const secondsText = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

/** `1 role`, `3 roles`. */
export const countText = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
