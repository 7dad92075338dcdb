import { hasIndex } from '../../policy/action-set.ts'
import type { ActionName, Iso } from '../../policy/names.ts'
import { hasWildcard, type Universe } from '../../policy/universe.ts'
import type { ReportRole } from '../report-input.ts'
import { type ImpactId, impactIds, impactOf } from './impact.ts'
import { isOverPermissive } from './over-permissive.ts'

/** The zombie permissions of one role: named without a wildcard, of high impact, unused in the whole window. */
export type ZombiePermissions = {
  readonly roleName: string
  readonly actions: readonly ActionName[]
  /** The newest use of any of them before the window; null when no source has ever seen one. */
  readonly lastUsed: Iso | null
  readonly impacts: readonly ImpactId[]
}

/** Those with the gravest impact first, then those with the most. Over-permissive roles are a finding of their own. */
export function findZombies(universe: Universe, roles: readonly ReportRole[]): readonly ZombiePermissions[] {
  const rank = ({ impacts }: ZombiePermissions): number => Math.min(...impacts.map((id) => impactIds.indexOf(id)))
  return roles
    .filter((role) => !role.isAwsOwned && !isOverPermissive(role))
    .flatMap((role) => zombiesOf(universe, role) ?? [])
    .toSorted((a, b) => rank(a) - rank(b) || b.actions.length - a.actions.length || (a.roleName < b.roleName ? -1 : 1))
}

function zombiesOf(universe: Universe, { role, policies, judgement }: ReportRole): ZombiePermissions | null {
  const found = new Map<number, ImpactId>()
  for (const { parsed } of policies) {
    const allows = parsed.ok
      ? parsed.document.statements.filter(({ effect, actions }) => effect === 'Allow' && actions.kind === 'Action')
      : []
    for (const pattern of allows.flatMap(({ actions }) => actions.patterns)) {
      const index = hasWildcard(pattern) ? null : universe.indexOf(pattern)
      if (index === null || !hasIndex(judgement.unused, index)) continue
      const impact = impactOf(universe, index)
      if (impact !== null) found.set(index, impact)
    }
  }
  if (found.size === 0) return null
  const judged = [...found.keys()].map((index) => judgement.explain(index))
  return {
    roleName: role.roleName,
    actions: judged.map(({ action }) => action),
    lastUsed: judged.reduce<Iso | null>((last, { lastAccessed }) => ((lastAccessed ?? '') > (last ?? '') ? lastAccessed : last), null),
    impacts: impactIds.filter((id) => [...found.values()].includes(id)),
  }
}

export const countZombies = (zombies: readonly ZombiePermissions[]): number => zombies.reduce((sum, { actions }) => sum + actions.length, 0)
