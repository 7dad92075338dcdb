import type { ActionUse, ServiceUse } from '../evidence/evidence.ts'
import { type ActionName, actionKey, type Iso } from '../policy/names.ts'

/** Access Analyzer may name actions with or without the prefix, last-accessed names them without. */
export function qualifyAction(service: string, action: string): ActionName {
  return action.includes(':') ? action : `${service}:${action}`
}

/**
 * One entry per service and action: pages may repeat a service. The more cautious reading wins: the later use, and named
 * actions rather than "the whole service".
 */
export function mergeServices(services: readonly ServiceUse[]): readonly ServiceUse[] {
  const merged = new Map<string, ServiceUse>()
  for (const service of services) {
    const key = service.service.toLowerCase()
    const known = merged.get(key)
    merged.set(key, known === undefined ? service : mergeTwo(known, service))
  }
  return [...merged.values()]
}

function mergeTwo(a: ServiceUse, b: ServiceUse): ServiceUse {
  const actions = a.actions === null ? b.actions : b.actions === null ? a.actions : mergeActions([...a.actions, ...b.actions])
  return { service: a.service, lastAccessed: later(a.lastAccessed, b.lastAccessed), actions }
}

function mergeActions(actions: readonly ActionUse[]): readonly ActionUse[] {
  const merged = new Map<string, ActionUse>()
  for (const use of actions) {
    const known = merged.get(actionKey(use.action))
    merged.set(actionKey(use.action), known === undefined ? use : { ...known, lastAccessed: later(known.lastAccessed, use.lastAccessed) })
  }
  return [...merged.values()]
}

/** `toISOString` texts sort as the times do. */
export function later(a: Iso | null, b: Iso | null): Iso | null {
  if (a === null || b === null) return a ?? b
  return a > b ? a : b
}
