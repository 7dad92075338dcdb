import type { ActionUse, ServiceUse } from '../evidence/evidence.ts'
import { actionKey, type Iso } from '../policy/names.ts'

/** What a source says of one action: Access Analyzer names it with or without the prefix, last-accessed without. */
export type ReadActionUse = (service: string, action: string, lastAccessed: Iso | null) => ActionUse

/** Says "never used" of an action with the same row each time: reports of many roles say it of few actions, a million times. */
export function createUseReader(): ReadActionUse {
  const byService = new Map<string, Map<string, ActionUse>>()
  return (service, action, lastAccessed) => {
    const never = byService.get(service) ?? new Map<string, ActionUse>()
    byService.set(service, never)
    const known = never.get(action) ?? { action: action.includes(':') ? action : `${service}:${action}`, lastAccessed: null }
    never.set(action, known)
    return lastAccessed === null ? known : { action: known.action, lastAccessed }
  }
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
