import type { Observed, RoleCalls } from '../evidence/account-observations.ts'
import type { Arn, Iso } from '../policy/names.ts'
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

export function readUsage(roles: readonly ReportRole[], observed: Observed<readonly RoleCalls[]>, windowStart: number): Usage {
  const { status, why, observedUntil, value } = observed
  const source = { status, why, observedUntil }
  const own = roles.filter(({ isAwsOwned }) => !isAwsOwned)
  if (status === 'missing') return { source, mostActive: [], leastUsed: withoutCalls(own, windowStart) }
  const calls = new Map<Arn, number>(value.map((one) => [one.roleArn, one.calls]))
  // A source that saw only part of the window cannot say that a role made no call.
  const silence = status === 'connected' ? 0 : null
  const counted = own.map(({ role, lastUsed }) => ({ roleName: role.roleName, calls: calls.get(role.arn) ?? silence, lastUsed }))
  const active = counted.filter((one) => (one.calls ?? 0) > 0).toSorted((a, b) => (b.calls ?? 0) - (a.calls ?? 0) || byName(a, b))
  return {
    source,
    mostActive: active.slice(0, MOST_ACTIVE),
    leastUsed: status === 'connected' ? littleUsed(counted) : withoutCalls(own, windowStart),
  }
}

const byName = (a: RoleUsage, b: RoleUsage): number => (a.roleName < b.roleName ? -1 : 1)

const littleUsed = (roles: readonly RoleUsage[]): readonly LittleUsedRole[] =>
  roles
    .flatMap((role): LittleUsedRole[] => {
      const advice = ADVICE.find(([below]) => (role.calls ?? below) < below)?.[1]
      return advice === undefined ? [] : [{ ...role, advice }]
    })
    .toSorted((a, b) => (a.calls ?? 0) - (b.calls ?? 0) || byName(a, b))

/** Roles without a use in the window, the longest idle first. */
const withoutCalls = (roles: readonly ReportRole[], windowStart: number): readonly LittleUsedRole[] =>
  roles
    .filter(({ lastUsed }) => lastUsed === null || Date.parse(lastUsed) < windowStart)
    .map(({ role, lastUsed }): LittleUsedRole => ({ roleName: role.roleName, calls: null, lastUsed, advice: 'review' }))
    .toSorted((a, b) => ((a.lastUsed ?? '') < (b.lastUsed ?? '') ? -1 : (a.lastUsed ?? '') > (b.lastUsed ?? '') ? 1 : byName(a, b)))
