/**
 * Actions that are kept because something else needs them, whatever their own use: no source sees them used in the way
 * that they are needed.
 */
import type { ActionSet } from '../policy/action-set.ts'
import { firstShared, hasIndex, indexesOf, setOf } from '../policy/action-set.ts'
import type { ActionName } from '../policy/names.ts'
import type { Universe } from '../policy/universe.ts'

/** Services call KMS in the caller's name with these, and CloudTrail is the only witness. */
const KMS_IN_PASSING = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*', 'kms:CreateGrant', 'kms:DescribeKey']
export const PASS_ROLE = 'iam:PassRole'

/** Index → why it is required. Used actions are not in it: they need no further reason. */
export type RequiredActions = ReadonlyMap<number, string>

export type RequiredInput = {
  readonly granted: ActionSet
  readonly used: ActionSet
  readonly unknown: ActionSet
  /** Complete evidence shows that the role did not use KMS at all. */
  readonly kmsProvedIdle: boolean
}

/** Finds them for one role after the other. */
export function createRequiring(universe: Universe): (input: RequiredInput) => RequiredActions {
  const kms = KMS_IN_PASSING.flatMap((pattern) => universe.matches(pattern))
  const passRole = universe.indexOf(PASS_ROLE)
  return ({ granted, used, unknown, kmsProvedIdle }) => {
    const required = new Map<number, string>()
    const claim = (index: number | null, reason: string): void => {
      if (index !== null && hasIndex(granted, index) && !hasIndex(used, index) && !required.has(index)) required.set(index, reason)
    }
    if (!kmsProvedIdle) for (const index of kms) claim(index, 'services use this KMS action in the name of the role, unseen by the sources')
    for (const index of indexesOf(used))
      for (const dependency of universe.catalogAction(index)?.dependsOn ?? [])
        if (dependency !== PASS_ROLE) claim(universe.indexOf(dependency), `${universe.names[index]} is used and may need it`)

    if (passRole === null || !hasIndex(granted, passRole) || hasIndex(used, passRole)) return required
    const taker = roleTaker(universe, [used, unknown, ...(required.size === 0 ? [] : [setOf(universe.size, required.keys())])])
    if (taker !== null) claim(passRole, `${taker} stays and takes a role; no source records PassRole`)
    return required
  }
}

/** The first action of the sets that takes a role, so that `iam:PassRole` must stay with it; null when none does. */
export function roleTaker(universe: Universe, sets: readonly ActionSet[]): ActionName | null {
  const takers = universe.dependentsOf(PASS_ROLE)
  const found = sets.flatMap((set) => firstShared(set, takers) ?? [])
  return found.length === 0 ? null : (universe.names[Math.min(...found)] ?? null)
}
