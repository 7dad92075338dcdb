import type { AccessLevel } from '../policy/access-level.ts'
import type { ActionSet } from '../policy/action-set.ts'
import { addTo, emptySet, hasIndex, indexesOf } from '../policy/action-set.ts'
import { serviceOf } from '../policy/names.ts'
import type { Universe } from '../policy/universe.ts'

export type DangerClass = 'permissions' | 'write' | 'tagging' | 'read'

/** In the order in which stages remove them. */
export const dangerClasses: readonly { readonly id: DangerClass; readonly title: string }[] = [
  { id: 'permissions', title: 'permission management and escalation' },
  { id: 'write', title: 'deletes and writes' },
  { id: 'tagging', title: 'tagging' },
  { id: 'read', title: 'reads and lists' },
]

const CLASS_OF_LEVEL: Readonly<Record<AccessLevel, DangerClass>> = {
  'Permissions management': 'permissions',
  Write: 'write',
  Tagging: 'tagging',
  Read: 'read',
  List: 'read',
}

/** An action that the catalog does not know may do anything short of permissions: it counts as a write. */
export function dangerClassOf(universe: Universe, escalation: ActionSet, index: number): DangerClass {
  const level = universe.catalogAction(index)?.level ?? 'Write'
  const name = universe.names[index] ?? ''
  const decisive = hasIndex(escalation, index) || (serviceOf(name) === 'iam' && level === 'Write')
  return decisive ? 'permissions' : CLASS_OF_LEVEL[level]
}

export function splitByDanger(universe: Universe, escalation: ActionSet, actions: ActionSet): ReadonlyMap<DangerClass, ActionSet> {
  const classes = new Map<DangerClass, ActionSet>(dangerClasses.map(({ id }) => [id, emptySet(universe.size)]))
  for (const index of indexesOf(actions)) {
    const set = classes.get(dangerClassOf(universe, escalation, index))
    if (set !== undefined) addTo(set, index)
  }
  return classes
}
