/**
 * Asks the guards about one role: for lists and screens as the account was scanned, and once more right before the first write,
 * on what is live then. The admin's lists are read anew each time, and where they cannot be read, nothing is changed.
 */
import type { Account, Role } from '../account/account.ts'
import { createPolicyReader } from '../account/role-policies.ts'
import type { RoleState } from '../account/role-state.ts'
import { type GuardVerdict, guardsOf, type Moment } from '../change/guards.ts'
import { stagesInEffect } from '../change/lifecycle.ts'
import { isNamedBy } from '../change/name-pattern.ts'
import { hasBeenThrough, rehearsalOf } from '../change/rehearsal.ts'
import type { Operation } from '../plan/operation.ts'
import { stateDocuments } from '../plan/role-state-policies.ts'
import type { PolicyDocument } from '../policy/document.ts'
import type { Arn } from '../policy/names.ts'
import type { Caller } from '../ports/aws.ts'
import type { AppContext } from './context.ts'
import { done, refuse } from './outcome.ts'
import type { ChangeOptions, Outcome } from './use-cases.ts'

/** What is known of a role when it is only looked at: how the analysis of a scan asks. */
export type Guarding = {
  guardsOf(role: Role, documents: readonly PolicyDocument[]): readonly GuardVerdict[]
  flagsOf(role: Pick<Role, 'roleName'>): readonly string[]
}

export function guardingOf({ guardLists, caller, infrastructure }: AppContext): Guarding {
  const { lists } = guardLists()
  return {
    guardsOf: (role, documents) => guardsOf({ role, caller, documents, lists, heldBy: infrastructure.get(role.arn) ?? null, moment: null }),
    flagsOf: ({ roleName }) => (isNamedBy(roleName, lists.crownJewels) ? ['crown-jewel'] : []),
  }
}

/** What is about to be done to a role. `account` is null where none was read. */
export type Approach = {
  readonly account: Account | null
  readonly operations: readonly Operation[]
  /** Null for what is no stage of a plan. */
  readonly stage: number | null
}

/** Every guard that would refuse this right now. */
export function verdictsNow(context: AppContext, state: RoleState, approach: Approach): readonly GuardVerdict[] {
  const { guardLists, caller, infrastructure } = context
  const { lists } = guardLists()
  const documents = stateDocuments(state, createPolicyReader())
  const moment = momentOf(context, state, approach)
  return guardsOf({ role: state, caller, documents, lists, heldBy: infrastructure.get(state.arn) ?? null, moment })
}

/** The guards that were overridden, or the first one that refuses. */
export function checkGuards(
  context: AppContext,
  state: RoleState,
  approach: Approach,
  { overrides = [], reason }: ChangeOptions,
): Outcome<readonly string[]> {
  const { problem } = context.guardLists()
  if (problem !== null)
    return refuse(4, 'guard:unreadable', `which roles are guarded cannot be read: ${problem}`, 'repair the file, or see: zt-tui config')
  const clock = clockProblem(context)
  if (clock !== null) return refuse(4, 'clock', clock, 'set the clock of this machine right')
  const verdicts = verdictsNow(context, state, approach)
  const standing = verdicts.find(({ id, overridable }) => !(overridable && overrides.includes(id)))
  if (standing !== undefined) {
    const hint = standing.overridable ? `if you are sure: --override ${standing.id} --reason "…"` : null
    return refuse(4, `guard:${standing.id}`, `${state.roleName} is guarded (${standing.id}): ${standing.reason}`, hint)
  }
  if (verdicts.length > 0 && !reason) return refuse(4, 'reason', 'an override needs a reason that goes into the ledger', 'add --reason "…"')
  return done(verdicts.map(({ id }) => id))
}

/** Clocks are corrected by seconds; more than that is a clock that was set back. */
const CLOCK_TOLERANCE_MS = 60_000

/** Whether evidence is fresh and a change has soaked is told by the clock: one that lies decides nothing. */
function clockProblem({ ledger, accountKey, clock }: AppContext): string | null {
  const newest = ledger.changes(accountKey)[0]?.at
  const now = clock.now()
  if (newest === undefined || Date.parse(newest) <= now.getTime() + CLOCK_TOLERANCE_MS) return null
  return `the clock says ${now.toISOString()}, but the ledger holds a change of ${newest}: it was set back`
}

function momentOf(context: AppContext, role: Pick<Role, 'roleName' | 'tags'>, { account, operations, stage }: Approach): Moment {
  const mine = account === null || context.caller === null ? new Set<Arn>() : policiesOfCaller(account, context.caller)
  const callersPolicy = operations.flatMap((operation) => editedPolicy(operation) ?? []).find((arn) => mine.has(arn)) ?? null
  const unrehearsed = stage === null || account === null ? null : rehearsalMissing(context, role, { account, stage })
  return { now: context.clock.now(), callersPolicy, unrehearsed }
}

/** The managed policy whose text an operation changes for everybody who has it. */
const editedPolicy = (operation: Operation): Arn | null =>
  /Policy(Version)?$/.test(operation.kind) && 'policyArn' in operation && !/^(Attach|Detach|Create)(Role)?Policy$/.test(operation.kind)
    ? operation.policyArn
    : null

/** The managed policies that a caller gets rights from: attached to the role or the user, through groups, as boundary. */
export function policiesOfCaller(account: Account, caller: Caller): ReadonlySet<Arn> {
  const user = account.users.find(({ arn }) => arn === caller.arn)
  const role = account.roles.find(({ roleId }) => roleId === caller.roleId)
  const groups = account.groups.filter(({ groupName }) => user?.groups.includes(groupName))
  const attached = [user, role, ...groups].flatMap((principal) => principal?.attached.map(({ arn }) => arn) ?? [])
  return new Set([...attached, ...[user, role].flatMap((principal) => principal?.boundary ?? [])])
}

/** Why a stage of a production role is not rehearsed; null when its test twin has been through it, or it is no production role. */
function rehearsalMissing(
  { guardLists, ledger, accountKey }: AppContext,
  role: Pick<Role, 'roleName' | 'tags'>,
  { account, stage }: { readonly account: Account; readonly stage: number },
): string | null {
  const rehearsal = rehearsalOf(role, guardLists().lists.rehearsal, account.roles)
  if (rehearsal === null) return null
  const { wanted, twins } = rehearsal
  if (twins.length === 0) return `it is a production role, and its test twin is not here: ${wanted}`
  const isRehearsed = twins.some(({ roleId }) =>
    hasBeenThrough(stage, {
      changes: ledger.changes(accountKey, { roleId }),
      stages: ledger.frozenPlan(accountKey, roleId)?.plan.stages.length ?? null,
    }),
  )
  const names = twins.map(({ roleName }) => roleName).join(', ')
  return isRehearsed ? null : `it is a production role, and its test twin ${names} has not been through stage ${stage}`
}

/** The number of the stage that is next for a role, by the ledger. */
export function stageAhead({ ledger, accountKey }: AppContext, { roleId }: Pick<Role, 'roleId'>): number {
  const plan = ledger.frozenPlan(accountKey, roleId)?.plan
  return plan === undefined ? 1 : stagesInEffect(ledger.changes(accountKey, { roleId }), plan.stateHash).length + 1
}
