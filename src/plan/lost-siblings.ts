/**
 * Warns of a role that may make something and not undo it: it keeps `CreateBucket` and loses `DeleteBucket`. What was only ever
 * seen making things cleans up on another day, or when a deployment is rolled back (failures.md, F9).
 */
import type { ActionSet } from '../policy/action-set.ts'
import { hasIndex, indexesOf } from '../policy/action-set.ts'
import { type ActionName, actionKey } from '../policy/names.ts'
import type { Universe } from '../policy/universe.ts'

/** An action that stays, and the actions that undo or change what it makes and that go. */
export type LostSiblings = { readonly keeps: ActionName; readonly drops: readonly ActionName[] }

/** Verb → verbs that change or undo the same thing. */
const SIBLINGS: Readonly<Record<string, readonly string[]>> = {
  Create: ['Delete', 'Update', 'Modify', 'Terminate'],
  Put: ['Delete', 'Remove'],
  Attach: ['Detach'],
  Register: ['Deregister'],
  Add: ['Remove'],
  Associate: ['Disassociate'],
  Enable: ['Disable'],
  Allocate: ['Release'],
  Authorize: ['Revoke'],
  Run: ['Terminate', 'Stop'],
  Start: ['Stop'],
  Subscribe: ['Unsubscribe'],
  Tag: ['Untag'],
}

const NAMED = new RegExp(`^([^:]+:)(${Object.keys(SIBLINGS).join('|')})([A-Z].*)$`)

export function lostSiblings(universe: Universe, kept: ActionSet, removed: ActionSet): readonly LostSiblings[] {
  return indexesOf(kept).flatMap((index): LostSiblings[] => {
    const keeps = universe.names[index] ?? ''
    const drops = siblingsOf(universe, keeps).filter((at) => hasIndex(removed, at))
    return drops.length === 0 ? [] : [{ keeps, drops: drops.map((at) => universe.names[at] ?? '') }]
  })
}

/** `sns:Subscribe` has no noun of its own; `ssm:PutParameter` has siblings in the singular and in the plural. */
function siblingsOf(universe: Universe, action: ActionName): readonly number[] {
  const [, service, verb, noun] = NAMED.exec(action) ?? []
  if (service === undefined || verb === undefined || noun === undefined) return []
  return (SIBLINGS[verb] ?? []).flatMap((other) =>
    [noun, `${noun}s`].flatMap((thing) => universe.indexOf(actionKey(`${service}${other}${thing}`)) ?? []),
  )
}
