import type { Role } from '../account/account.ts'
import { readableDocuments } from '../account/role-policies.ts'
import { judgeRole } from '../evidence/judge.ts'
import { baseline, overlayOn } from '../plan/overlay.ts'
import type { RolePlan } from '../plan/plan.ts'
import { hasIndex, indexesOf } from '../policy/action-set.ts'
import { grantedActions } from '../policy/grants.ts'
import { type ActionName, actionKey } from '../policy/names.ts'
import { patternSet } from '../policy/universe.ts'
import type { AccountAnalysis } from './analysis.ts'
import { done, refuse } from './outcome.ts'
import type { Outcome } from './use-cases.ts'

/** Evidence may be a week old for a plan, and a day for what removes something. */
const APPLY_FRESH_DAYS = 1

/**
 * Whether a stage still removes only what is unused: a plan may have soaked for weeks, and the newest scan may rest on evidence
 * that is fit for a plan but not for a change.
 */
export function checkEvidence(analysis: AccountAnalysis, plan: RolePlan, removes: readonly ActionName[]): Outcome<null> {
  const { roleName, asked } = plan
  const { universe, evidence, window } = analysis
  const role = analysis.find(roleName)
  if (role === null) return done(null)
  const { judgement, ages, policies } = analysis.role(role)
  // A plan file may name patterns: what they match is removed.
  const indexes = indexesOf(patternSet(universe, removes))
  const denied = new Set(deniedMeanwhile(role, plan).map(actionKey))
  const isOpen = (index: number): boolean => !denied.has(universe.keys[index] ?? '')
  const nowUsed = indexes.find((index) => hasIndex(judgement.used, index) || (hasIndex(judgement.required, index) && isOpen(index)))
  if (nowUsed !== undefined) {
    const message = `${universe.names[nowUsed]} is ${judgement.explain(nowUsed).state} now: the plan is older than that`
    return refuse(4, 'used-since', message, `make a new plan: zt-tui plan ${roleName} --fresh`)
  }
  const agreed = new Set(asked.map(actionKey))
  const unproved = indexes.find((index) => hasIndex(judgement.unknown, index) && isOpen(index) && !agreed.has(universe.keys[index] ?? ''))
  if (unproved !== undefined) {
    const { action, reason } = judgement.explain(unproved)
    return refuse(4, 'not-unused', `nothing proves that ${action} is unused: ${reason}`, `make a new plan: zt-tui plan ${roleName} --fresh`)
  }
  const granted = grantedActions(universe, readableDocuments(baseline(policies)))
  const toJudge = { granted, young: ages.young, evidence: evidence.byRole.get(role.arn) ?? null, lastUsed: role.lastUsed }
  const fresh = judgeRole(universe, toJudge, { ...window, freshDays: APPLY_FRESH_DAYS })
  const stale = indexes.find((index) => hasIndex(judgement.unused, index) && !hasIndex(fresh.unused, index))
  if (stale === undefined) return done(null)
  const message = `the evidence that ${universe.names[stale]} is unused is older than a day: ${fresh.explain(stale).reason}`
  return refuse(4, 'stale-evidence', message, 'scan again when the source has newer evidence')
}

/**
 * What the plan's own overlay denies by now. It was proved unused when the overlay was put; since then a report may not list a
 * service that the role cannot reach, and a denied attempt would still show as use.
 */
function deniedMeanwhile(role: Role, { stages }: RolePlan): readonly ActionName[] {
  return overlayOn(role) === null ? [] : stages.filter(({ kind }) => kind === 'overlay').flatMap(({ removes }) => removes)
}
