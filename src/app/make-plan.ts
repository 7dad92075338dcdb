import type { Role } from '../account/account.ts'
import { stagesInEffect } from '../change/lifecycle.ts'
import { summarise } from '../plan/decisions.ts'
import type { PlanFile, RolePlan } from '../plan/plan.ts'
import type { ShapeLimits } from '../plan/shape.ts'
import { countOf, hasIndex } from '../policy/action-set.ts'
import { INLINE_SUM_LIMIT, MANAGED_POLICY_LIMIT } from '../policy/size.ts'
import { patternSet } from '../policy/universe.ts'
import type { AccountSession } from './account-session.ts'
import type { AccountAnalysis } from './analysis.ts'
import type { AppContext } from './context.ts'
import { isFuture } from './keep-future.ts'
import { done, refuse } from './outcome.ts'
import { createProposer } from './propose-role.ts'
import { sharedPolicies } from './shared-policies.ts'
import type { Outcome, PlanOptions } from './use-cases.ts'

/** Plans of roles: the frozen ones where a plan is under way, fresh proposals for the others. */
export async function makePlan(
  context: AppContext,
  session: AccountSession,
  roleNames: readonly string[],
  options: PlanOptions,
): Promise<Outcome<PlanFile>> {
  const analysis = await session.analysis({ signal: options.signal })
  const { universe } = analysis
  const isKnown = (pattern: string): boolean => isFuture(universe, pattern) || universe.matches(pattern).length > 0
  const nonsense =
    (options.keep ?? []).find((pattern) => !isKnown(pattern)) ?? options.remove?.find((pattern) => universe.matches(pattern).length === 0)
  if (nonsense !== undefined)
    return refuse(2, 'unknown-action', `${nonsense} names no action that is known or granted here`, 'write it as s3:GetObject or s3:Get*')
  const limits = await shapeLimits(context)
  const propose = createProposer(analysis, limits, options)
  const roles: RolePlan[] = []
  for (const roleName of roleNames) {
    const role = analysis.find(roleName)
    if (role === null) return refuse(2, 'unknown-role', `there is no role ${roleName} in this account`, 'see the names with: zt-tui roles')
    const used = usedButRemoved(analysis, role, options.remove ?? [])
    if (used !== null) return refuse(2, 'used-action', `${used} is used or required by ${role.roleName}: it cannot be removed`)
    roles.push(frozenPlan(context, role, options) ?? withAdvice(withShared(analysis, propose(role)), context.window))
  }
  const { accountId } = analysis.account
  const { scanId } = analysis
  return done({
    planVersion: 1,
    accountId,
    scanId,
    createdAt: context.clock.now().toISOString(),
    window: context.window,
    minAge: context.minAge,
    summary: summarise(roles),
    roles,
  })
}

/** A plan that was begun stays what it was until it is finished, rolled back, or asked for anew. */
function frozenPlan({ ledger, accountKey }: AppContext, role: Role, { fresh, keep, remove, overlay }: PlanOptions): RolePlan | null {
  if (fresh === true || (keep?.length ?? 0) > 0 || (remove?.length ?? 0) > 0) return null
  const frozen = ledger.frozenPlan(accountKey, role.roleId)
  if (frozen === null || (overlay === true && !hasOverlay(frozen.plan))) return null
  const applied = stagesInEffect(ledger.changes(accountKey, { roleId: role.roleId }), frozen.plan.stateHash).length
  return applied > 0 && applied < frozen.plan.stages.length ? frozen.plan : null
}

const hasOverlay = ({ stages }: RolePlan): boolean => stages.some(({ kind }) => kind === 'overlay')

const withShared = ({ account }: AccountAnalysis, plan: RolePlan): RolePlan => ({ ...plan, shared: sharedPolicies(account, plan) })

/** What runs once a year looks unused in any shorter window. */
const RARE = /backup|restore|disaster|failover|(^|[-_])dr([-_]|$)/i
const YEAR = 365

function withAdvice(plan: RolePlan, window: number): RolePlan {
  if (!RARE.test(plan.roleName) || window >= YEAR || plan.stages.length === 0) return plan
  const advice = `its name speaks of backup or recovery, which may run once a year: look back a year with --window ${YEAR}`
  return { ...plan, notes: [...plan.notes, advice] }
}

/** Policies that one stage may add: more would be hard to keep in view. What stays in the end may need a few more. */
const EXTRA_POLICIES = 3
const FINAL_POLICIES = 5

/** The account's own quotas where they can be read, AWS's documented defaults elsewhere. */
export async function shapeLimits({ live }: AppContext): Promise<ShapeLimits> {
  const quotas = live === null ? null : await live.quotas()
  const free = quotas === null ? FINAL_POLICIES : Math.max(0, quotas.policiesPerAccount - quotas.policiesInAccount)
  return {
    inlineSumPerRole: quotas?.inlineSumPerRole ?? INLINE_SUM_LIMIT,
    managedPolicySize: quotas?.managedPolicySize ?? MANAGED_POLICY_LIMIT,
    attachedPerRole: quotas?.attachedPerRole ?? 10,
    versionsPerPolicy: quotas?.versionsPerPolicy ?? 5,
    extraPolicies: Math.min(EXTRA_POLICIES, free),
    finalPolicies: Math.min(FINAL_POLICIES, free),
    ...(quotas === null ? {} : { freePolicies: free }),
  }
}

function usedButRemoved(analysis: AccountAnalysis, role: Role, remove: readonly string[]): string | null {
  const { universe } = analysis
  const { used, required } = analysis.role(role).judgement
  const asked = patternSet(universe, remove)
  if (countOf(asked) === 0) return null
  const index = universe.names.findIndex((_, at) => hasIndex(asked, at) && (hasIndex(used, at) || hasIndex(required, at)))
  return index < 0 ? null : (universe.names[index] ?? null)
}
