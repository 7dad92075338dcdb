import type { Role } from '../account/account.ts'
import type { Observed, RoleCalls } from '../evidence/account-observations.ts'
import type { Arn, Iso } from '../policy/names.ts'
import { isIdleByDesign } from './findings/unused-roles.ts'
import type { ReportRole } from './report-input.ts'

export type UsageAdvice = 'remove' | 'review' | 'merge'

export type RoleUsage = { readonly roleName: string; readonly calls: number | null; readonly lastUsed: Iso | null }
export type LittleUsedRole = RoleUsage & { readonly advice: UsageAdvice }

/** How often roles call AWS. Without a source of calls only the last use tells, and `calls` is null. */
export type Usage = {
  readonly source: Pick<Observed<unknown>, 'status' | 'why' | 'observedUntil'>
  readonly mostActive: readonly RoleUsage[]
  readonly leastUsed: readonly LittleUsedRole[]
}

const MOST_ACTIVE = 10

/** Fewer calls in the window than this → what to think of. */
const ADVICE: readonly (readonly [below: number, advice: UsageAdvice])[] = [
  [1, 'remove'],
  [10, 'review'],
  [100, 'merge'],
]

type Scope = { readonly accountId: string | null; readonly windowStart: number }

export function readUsage(
  roles: readonly ReportRole[],
  observed: Observed<readonly RoleCalls[]>,
  { accountId, windowStart }: Scope,
): Usage {
  const { status, why, observedUntil, value } = observed
  const source = { status, why, observedUntil }
  const own = roles.filter(({ isAwsOwned }) => !isAwsOwned)
  const grown = own.filter(({ role }) => isGrown(role, windowStart))
  if (status === 'missing') return { source, mostActive: [], leastUsed: withoutCalls(grown, windowStart) }
  const calls = new Map<Arn, number>(value.map((one) => [one.roleArn, one.calls]))
  // A source that saw only part of the window cannot say that a role made no call.
  const silence = status === 'connected' ? 0 : null
  const usageOf = ({ role, lastUsed }: ReportRole): RoleUsage => ({
    roleName: role.roleName,
    calls: calls.get(role.arn) ?? silence,
    lastUsed,
  })
  const active = own
    .map(usageOf)
    .filter((one) => (one.calls ?? 0) > 0)
    .toSorted((a, b) => (b.calls ?? 0) - (a.calls ?? 0) || byName(a, b))
  return {
    source,
    mostActive: active.slice(0, MOST_ACTIVE),
    leastUsed:
      status === 'connected'
        ? littleUsed(
            grown.map((role) => ({ role, usage: usageOf(role) })),
            accountId,
          )
        : withoutCalls(grown, windowStart),
  }
}

/** A role that is younger than the window has not had the time to make its calls. */
const isGrown = ({ createDate }: Role, windowStart: number): boolean => createDate === null || Date.parse(createDate) < windowStart

const byName = (a: RoleUsage, b: RoleUsage): number => (a.roleName < b.roleName ? -1 : 1)

type Counted = { readonly role: ReportRole; readonly usage: RoleUsage }

const littleUsed = (roles: readonly Counted[], accountId: string | null): readonly LittleUsedRole[] =>
  roles
    .flatMap(({ role, usage }): LittleUsedRole[] => {
      const advice = ADVICE.find(([below]) => (usage.calls ?? below) < below)?.[1]
      if (advice === undefined) return []
      return [{ ...usage, advice: isIdleByDesign(role, accountId) ? 'review' : advice }]
    })
    .toSorted((a, b) => (a.calls ?? 0) - (b.calls ?? 0) || byName(a, b))

/** Roles without a use in the window, the longest idle first. */
const withoutCalls = (roles: readonly ReportRole[], windowStart: number): readonly LittleUsedRole[] =>
  roles
    .filter(({ lastUsed }) => lastUsed === null || Date.parse(lastUsed) < windowStart)
    .map(({ role, lastUsed }): LittleUsedRole => ({ roleName: role.roleName, calls: null, lastUsed, advice: 'review' }))
    .toSorted((a, b) => ((a.lastUsed ?? '') < (b.lastUsed ?? '') ? -1 : (a.lastUsed ?? '') > (b.lastUsed ?? '') ? 1 : byName(a, b)))
