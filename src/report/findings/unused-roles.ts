import type { Trust } from '../../account/trust.ts'
import { daysBetween, isInside, type Window } from '../../evidence/reading.ts'
import type { Arn, Iso } from '../../policy/names.ts'
import type { ReportRole } from '../report-input.ts'

export type UnusedRole = {
  readonly roleName: string
  readonly arn: Arn
  readonly lastUsed: Iso | null
  readonly idleDays: number | null
  readonly riskScore: number
  readonly advice: 'quarantine' | 'ask-owner'
}

/** Roles that are older than the window and were not used in it, by a source that would have seen it. Worst first. */
export function findUnusedRoles(roles: readonly ReportRole[], accountId: string | null, window: Window): readonly UnusedRole[] {
  return roles
    .filter((found) => !found.isAwsOwned && isUnused(found, window))
    .toSorted((a, b) => b.riskScore - a.riskScore || (a.role.roleName < b.role.roleName ? -1 : 1))
    .map(({ role, lastUsed, riskScore, ...found }) => ({
      roleName: role.roleName,
      arn: role.arn,
      lastUsed,
      idleDays: lastUsed === null ? null : daysBetween(lastUsed, window.now),
      riskScore,
      advice: isIdleByDesign(found, accountId) ? 'ask-owner' : 'quarantine',
    }))
}

function isUnused({ role, lastUsed, evidence }: ReportRole, window: Window): boolean {
  const isOld = role.createDate !== null && !isInside(role.createDate, window)
  const isWitnessed =
    role.lastUsed !== null ||
    evidence?.lastAccessed?.complete === true ||
    evidence?.findings.some(({ findingType, status }) => findingType === 'UnusedIAMRole' && status === 'ACTIVE') === true
  return isOld && isWitnessed && !isInside(lastUsed, window)
}

/** A protected role, or one that outsiders may take, waits for a day that may come: its owner decides. */
export const isIdleByDesign = ({ guards, trust }: Pick<ReportRole, 'guards' | 'trust'>, accountId: string | null): boolean =>
  guards.length > 0 || trustsOutside(trust, accountId)

const trustsOutside = ({ principals }: Trust, accountId: string | null): boolean =>
  principals.some(({ kind, who }) => kind === 'anyone' || (kind === 'account' && who !== accountId))
