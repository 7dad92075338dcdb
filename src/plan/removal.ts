/**
 * What goes from a role, and what of it is withheld: `iam:PassRole` stays while anything that stays takes a role, be it kept, or
 * unused in a stage that fits nowhere. No source records its use.
 */
import type { RoleJudgement } from '../evidence/judge.ts'
import { PASS_ROLE, roleTaker } from '../evidence/required.ts'
import { type ActionSet, difference, indexesOf, intersection, intersects, isEmptySet } from '../policy/action-set.ts'
import type { ActionName } from '../policy/names.ts'
import { patternSet, type Universe } from '../policy/universe.ts'
import { removedIn } from './overlay-stages.ts'
import type { Cutting } from './stages.ts'

export type Removal = {
  readonly removal: ActionSet
  readonly cutting: Cutting
  /** What would go but for something else that stays, with the reason. */
  readonly withheld: ReadonlyMap<ActionName, string>
}

type Granted = { readonly universe: Universe; readonly granted: ActionSet }

/** @param cut cuts a removal into stages */
export function cutRemoval({ universe, granted }: Granted, wanted: ActionSet, cut: (removal: ActionSet) => Cutting): Removal {
  const passRole = intersection(wanted, patternSet(universe, [PASS_ROLE]))
  const takerBeside = (removed: ActionSet): ActionName | null => roleTaker(universe, [difference(granted, removed)])
  const withhold = (taker: ActionName): Removal => {
    const removal = difference(wanted, passRole)
    const withheld = indexesOf(passRole).map((index) => [universe.names[index] ?? '', takesRole(taker)] as const)
    return { removal, cutting: cutOf(removal, cut), withheld: new Map(withheld) }
  }
  const kept = takerBeside(wanted)
  if (kept !== null) return withhold(kept)
  const cutting = cutOf(wanted, cut)
  const staged = removedIn({ universe }, cutting)
  const left = intersects(staged, passRole) ? takerBeside(staged) : null
  return left === null ? { removal: wanted, cutting, withheld: new Map() } : withhold(left)
}

const cutOf = (removal: ActionSet, cut: (removal: ActionSet) => Cutting): Cutting =>
  isEmptySet(removal) ? { stages: [], left: null } : cut(removal)

const takesRole = (taker: ActionName): string => `${taker} stays and takes a role; no source records PassRole`

/** Why each required action stays: by the evidence, or withheld. */
export function requiredReasons(universe: Universe, judgement: RoleJudgement, { withheld }: Removal): Readonly<Record<ActionName, string>> {
  const judged = indexesOf(judgement.required).map((index) => [universe.names[index] ?? '', judgement.explain(index).reason] as const)
  return Object.fromEntries([...judged, ...withheld])
}
