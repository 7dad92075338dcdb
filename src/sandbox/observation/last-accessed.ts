import { type ActionSet, hasIndex } from '../../policy/action-set.ts'
import { actionKey, serviceOf } from '../../policy/names.ts'
import type { Universe } from '../../policy/universe.ts'
import { newestUse, type Use } from './usage.ts'

/** A tracked action that the principal's policies grant, with its last use in the tracking period. */
export type TrackedAction = { readonly name: string; readonly lastUse: Use | null }

export type ServiceLastAccessed = {
  readonly service: string
  readonly lastUse: Use | null
  /** Only actions that "last accessed" tracks: silence about another one says nothing. */
  readonly tracked: readonly TrackedAction[]
}

/**
 * IAM's "last accessed" view of one principal: the services that its identity policies allow, in order. Uses that are
 * older than the tracking period are forgotten. A service counts as used through any action, tracked or not.
 */
export function lastAccessed(
  universe: Universe,
  granted: ActionSet,
  uses: readonly Use[],
  trackedSince: string,
): readonly ServiceLastAccessed[] {
  const seen = uses.filter((use) => use.at >= trackedSince)
  const byAction = new Map(seen.map((use) => [actionKey(use.action), use]))
  const byService = Map.groupBy(seen, (use) => serviceOf(use.action))
  const services: ServiceLastAccessed[] = []
  for (const service of [...universe.services()].sort()) {
    const indexes = universe.ofService(service).filter((index) => hasIndex(granted, index))
    if (indexes.length === 0) continue
    const tracked = indexes.flatMap((index) => {
      const action = universe.catalogAction(index)
      if (action?.tracked !== true) return []
      return [{ name: action.name.slice(service.length + 1), lastUse: byAction.get(actionKey(action.name)) ?? null }]
    })
    services.push({ service, lastUse: newestUse(byService.get(service) ?? []), tracked })
  }
  return services
}
