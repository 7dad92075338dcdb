import type { ServiceLastAccessed } from './last-accessed.ts'
import type { Use } from './usage.ts'

/** One service of an unused-permission finding. `actions` null: the whole service is unused. */
export type UnusedService = {
  readonly service: string
  readonly lastUse: Use | null
  readonly actions: readonly { readonly name: string; readonly lastUse: Use | null }[] | null
}

export type UnusedAccess =
  | { readonly kind: 'UnusedIAMRole'; readonly lastUse: Use | null }
  | { readonly kind: 'UnusedPermission'; readonly services: readonly UnusedService[] }

/**
 * What Access Analyzer finds unused about a role: the role itself when it did nothing since `unusedSince`; else each granted
 * service without any use, and each granted tracked action without use of a service that is used. Null: nothing.
 */
export function unusedAccess(
  role: { readonly newest: Use | null; readonly services: readonly ServiceLastAccessed[] },
  unusedSince: string,
): UnusedAccess | null {
  if (!isRecent(role.newest, unusedSince)) return { kind: 'UnusedIAMRole', lastUse: role.newest }
  const services = role.services.flatMap((service): readonly UnusedService[] => {
    if (!isRecent(service.lastUse, unusedSince)) return [{ service: service.service, lastUse: service.lastUse, actions: null }]
    const actions = service.tracked.filter((action) => !isRecent(action.lastUse, unusedSince))
    return actions.length === 0 ? [] : [{ service: service.service, lastUse: service.lastUse, actions }]
  })
  return services.length === 0 ? null : { kind: 'UnusedPermission', services }
}

function isRecent(use: Use | null, since: string): boolean {
  return use !== null && use.at >= since
}
