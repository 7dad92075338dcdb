import type { ExternalAccess } from '../../evidence/account-observations.ts'
import type { AccessLevel } from '../../policy/access-level.ts'
import type { Universe } from '../../policy/universe.ts'

export type ExternalRisk =
  | 'anyone-writes'
  | 'anyone-reads'
  | 'anyone-uses'
  | 'outsiders-write'
  | 'outsiders-read'
  | 'outsiders-take-role'
  | 'not-readable'
export type Urgency = 'at-once' | 'soon'

/** A resource that outsiders reach, with what that means and how soon it must end. */
export type ExternalAccessRisk = {
  readonly id: string
  readonly resourceType: string
  readonly resource: string
  readonly risk: ExternalRisk
  readonly urgency: Urgency
  readonly principals: readonly string[]
  readonly actions: readonly string[]
  readonly isConditional: boolean
}

/** What must end at once comes first. */
export function readExternalAccess(universe: Universe, found: readonly ExternalAccess[]): readonly ExternalAccessRisk[] {
  const order: readonly Urgency[] = ['at-once', 'soon']
  return distinct(found)
    .map(({ id, resourceType, resource, principals, actions, isConditional, ...finding }): ExternalAccessRisk => {
      const access = { ...finding, resourceType, principals, actions, isConditional }
      const risk = riskOf(universe, access)
      return { id, resourceType, resource, risk, urgency: isOpenToAnyone(access) ? 'at-once' : 'soon', principals, actions, isConditional }
    })
    .toSorted((a, b) => order.indexOf(a.urgency) - order.indexOf(b.urgency) || (a.resource < b.resource ? -1 : 1))
}

/** IAM roles are reported by the analyzer of every Region: the same access counts once. */
function distinct(found: readonly ExternalAccess[]): readonly ExternalAccess[] {
  const keyOf = ({ resource, principals, actions }: ExternalAccess): string =>
    JSON.stringify([resource, principals.toSorted(), actions.toSorted()])
  return [...new Map(found.map((one) => [keyOf(one), one])).values()]
}

type Access = Pick<ExternalAccess, 'resourceType' | 'isPublic' | 'principals' | 'actions' | 'complete' | 'isConditional'>

/** Access Analyzer calls it public, or it names everybody without a condition. */
const isOpenToAnyone = ({ isPublic, principals, isConditional }: Access): boolean =>
  isPublic || (principals.includes('*') && !isConditional)

function riskOf(universe: Universe, access: Access): ExternalRisk {
  if (!access.complete) return 'not-readable'
  if (access.resourceType === 'AWS::IAM::Role') return 'outsiders-take-role'
  const levels = new Set(access.actions.map((action) => levelOf(universe, action)))
  const writes = [...changing].some((level) => levels.has(level))
  if (!isOpenToAnyone(access)) return writes ? 'outsiders-write' : 'outsiders-read'
  if (access.resourceType === 'AWS::Lambda::Function') return 'anyone-uses'
  return writes ? 'anyone-writes' : 'anyone-reads'
}

const changing: ReadonlySet<AccessLevel> = new Set<AccessLevel>(['Write', 'Permissions management', 'Tagging'])

/** A pattern, or an action that the catalog does not know, may change things. */
function levelOf(universe: Universe, action: string): AccessLevel {
  const index = universe.indexOf(action)
  return (index === null ? null : universe.catalogAction(index)?.level) ?? 'Write'
}
