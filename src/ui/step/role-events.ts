import type { RolePlan } from '../../plan/plan.ts'
import type { Event } from '../events.ts'
import { type KnownPlan, knowPlan } from '../known-plan.ts'
import { knowRole } from '../known-role.ts'
import { remember } from '../remember.ts'
import type { Loaded, State } from '../state.ts'
import { type Step, stay, toast, words } from './result.ts'

/** An administrator's role with its actions takes a few megabytes. */
const rolesKept = 16
const plansKept = 8

const knownRole = (state: State, roleName: string) => {
  const loaded = state.known.get(roleName)
  return loaded?.status === 'ready' ? loaded.value : null
}

export function rememberPlan(state: State, roleName: string, value: Loaded<KnownPlan>): State {
  return { ...state, plans: remember(state.plans, { key: roleName, value, limit: plansKept }) }
}

export const learnPlan = (state: State, plan: RolePlan): State =>
  rememberPlan(state, plan.roleName, { status: 'ready', value: knowPlan(plan, knownRole(state, plan.roleName)) })

/** A proposal that came before its role learns the access levels now. */
function regroup(state: State, roleName: string): State {
  const loaded = state.plans.get(roleName)
  return loaded?.status === 'ready' ? learnPlan(state, loaded.value.plan) : state
}

export function onRoleShown(state: State, { roleName, outcome }: Event<'role-shown'>): Step {
  const value: State['known'] extends ReadonlyMap<string, infer V> ? V : never = outcome.ok
    ? { status: 'ready', value: knowRole(outcome.value) }
    : { status: 'failed', refusal: outcome.refusal }
  return stay(regroup({ ...state, known: remember(state.known, { key: roleName, value, limit: rolesKept }) }, roleName))
}

export function onPlanned(state: State, { roleName, outcome }: Event<'planned'>): Step {
  const isChoice = state.replanning?.roleName === roleName
  if (!outcome.ok && isChoice) return stay(withoutChoice(state, outcome.refusal.message))
  const learned = learnAnswer({ ...state, replanning: isChoice ? null : state.replanning }, { roleName, outcome })
  const verdict = outcome.ok ? outcome.value.roles.find((one) => one.roleName === roleName)?.overlay : undefined
  if (!isChoice || verdict?.fits !== false) return learned
  const why = words(state).blocked.noOverlay(verdict.why ?? '')
  return stay({ ...withoutChoice(state, why), plans: learned.state.plans })
}

/** A choice that cannot be proposed is taken back; the proposal before it still stands. */
function withoutChoice(state: State, why: string): State {
  const { replanning } = state
  if (replanning === null) return state
  const choices = new Map([...state.choices, [replanning.roleName, replanning.before] as const])
  return toast({ ...state, choices, replanning: null }, 'warn', why)
}

function learnAnswer(state: State, { roleName, outcome }: Pick<Event<'planned'>, 'roleName' | 'outcome'>): Step {
  if (!outcome.ok) return stay(rememberPlan(state, roleName, { status: 'failed', refusal: outcome.refusal }))
  const plan = outcome.value.roles.find((one) => one.roleName === roleName)
  if (plan !== undefined) return stay(learnPlan(state, plan))
  const refusal = { code: 2, id: 'no-plan', message: words(state).toasts.noPlan(roleName), hint: null } as const
  return stay(rememberPlan(state, roleName, { status: 'failed', refusal }))
}

export const onHistory = (state: State, { entries }: Event<'history'>): Step =>
  stay({ ...state, history: { status: 'ready', value: entries } })
