import type { StoredUsage } from '../state/usage-table.ts'

/** One action as a role used it: last at `at`. */
export type Use = { readonly action: string; readonly at: string; readonly region: string }

/**
 * When an action was last used, seen from `now`. A habit goes on: its uses lie at whole periods around the stored one, so
 * that an account which is opened months later is as alive as on its first day, and an earlier `now` sees no future.
 */
export function lastUseAt(usage: StoredUsage, now: string): string | null {
  if (usage.everySeconds === null) return usage.lastUsed <= now ? usage.lastUsed : null
  const anchor = Date.parse(usage.lastUsed)
  const period = usage.everySeconds * 1000
  const periods = Math.floor((Date.parse(now) - anchor) / period)
  return `${new Date(anchor + periods * period).toISOString().slice(0, 19)}Z`
}

/** All actions used by `now`, each with its last use. */
export function usesAt(usages: readonly StoredUsage[], now: string): readonly Use[] {
  return usages.flatMap((usage) => {
    const at = lastUseAt(usage, now)
    return at === null ? [] : [{ action: usage.action, at, region: usage.region }]
  })
}

/** The newest of some uses. */
export function newestUse(uses: readonly Use[]): Use | null {
  return uses.reduce<Use | null>((newest, use) => (newest === null || use.at > newest.at ? use : newest), null)
}
