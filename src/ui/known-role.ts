import type { RoleView } from '../app/views.ts'
import type { ActionState, JudgedAction } from '../evidence/action-state.ts'
import type { AccessLevel } from '../policy/access-level.ts'
import { type Iso, serviceOf } from '../policy/names.ts'

/** From what breaks most to what breaks least. */
export const levelsByDanger: readonly AccessLevel[] = ['Permissions management', 'Write', 'Tagging', 'Read', 'List']

export function dangerOf(level: AccessLevel | null): number {
  const place = level === null ? -1 : levelsByDanger.indexOf(level)
  return place < 0 ? levelsByDanger.length : place
}

/** A role's actions of one service, folded into one decision. */
export type ServiceGroup = {
  readonly service: string
  readonly counts: Readonly<Record<ActionState, number>>
  /** Levels of its unused actions, the most dangerous first. */
  readonly levels: readonly AccessLevel[]
  readonly lastAccessed: Iso | null
  readonly actions: readonly JudgedAction[]
}

/** A role as the core tells it, with what the screens need of it worked out once: an administrator has 20,000 actions. */
export type KnownRole = { readonly view: RoleView; readonly services: readonly ServiceGroup[] }

const stateOrder: readonly ActionState[] = ['unused', 'unknown', 'required', 'used']

const byAction = (a: JudgedAction, b: JudgedAction): number =>
  stateOrder.indexOf(a.state) - stateOrder.indexOf(b.state) ||
  dangerOf(a.accessLevel) - dangerOf(b.accessLevel) ||
  (a.action < b.action ? -1 : 1)

function groupOf(service: string, actions: readonly JudgedAction[]): ServiceGroup {
  const counts: Record<ActionState, number> = { used: 0, unused: 0, unknown: 0, required: 0 }
  const levels = new Set<AccessLevel>()
  let lastAccessed: Iso | null = null
  for (const action of actions) {
    counts[action.state]++
    if (action.state === 'unused' && action.accessLevel !== null) levels.add(action.accessLevel)
    if (action.lastAccessed !== null && (lastAccessed === null || action.lastAccessed > lastAccessed)) lastAccessed = action.lastAccessed
  }
  return { service, counts, levels: levelsByDanger.filter((level) => levels.has(level)), lastAccessed, actions: actions.toSorted(byAction) }
}

const byDanger = (a: ServiceGroup, b: ServiceGroup): number =>
  Number(b.counts.unused > 0) - Number(a.counts.unused > 0) ||
  dangerOf(a.levels[0] ?? null) - dangerOf(b.levels[0] ?? null) ||
  b.counts.unused - a.counts.unused ||
  (a.service < b.service ? -1 : 1)

export function knowRole(view: RoleView): KnownRole {
  const byService = Map.groupBy(view.actions, (action) => serviceOf(action.action))
  const services = [...byService].map(([service, actions]) => groupOf(service, actions)).toSorted(byDanger)
  return { view, services }
}
