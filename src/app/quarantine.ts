import type { Account } from '../account/account.ts'
import type { RoleState } from '../account/role-state.ts'
import { isInEffect, isOpen } from '../change/lifecycle.ts'
import { sameName } from '../plan/apply-operation.ts'
import type { Operation } from '../plan/operation.ts'
import { INLINE_SUM_LIMIT, policySize } from '../policy/size.ts'
import { beginChange } from './begin-change.ts'
import { carryOut } from './carry-out.ts'
import { checkRights, rightsWarning } from './check-rights.ts'
import type { AppContext } from './context.ts'
import { checkGuards } from './guard-role.ts'
import { done, refuse } from './outcome.ts'
import { rollBackOne } from './roll-back.ts'
import type { Hands } from './run-operation.ts'
import { denyTrust } from './trust-denial.ts'
import type { ChangeOptions, Outcome } from './use-cases.ts'
import type { ChangeReport } from './views.ts'
import { warn } from './warning.ts'
import { withHands } from './with-hands.ts'

const POLICY_NAME = 'zt-tui-quarantine'

/** One Deny on everything. It is found again by its name and its exact text. */
const DOCUMENT = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Sid: 'ZtTuiQuarantine', Effect: 'Deny', Action: '*', Resource: '*' }],
})

/** Sessions that are open keep their credentials and lose the rights. */
export const OPEN_SESSIONS = 'open sessions keep their credentials but lose the rights; the trust policy still lets new ones begin'
const NO_NEW_SESSIONS = 'open sessions keep their credentials but lose the rights; no new ones begin'

export type ToQuarantine = {
  readonly roleName: string /** The newest scan; null where there was none. */
  readonly account: Account | null
}

/** Denies a role everything with one inline policy, removed by one call; with `trust`, new sessions too. */
export async function quarantineRole(
  context: AppContext,
  { roleName, account }: ToQuarantine,
  options: ChangeOptions,
): Promise<Outcome<ChangeReport>> {
  return withHands(context, { what: `quarantine ${roleName}`, signal: options.signal }, async (hands) => {
    const checked = await roleToQuarantine(context, hands, roleName, options)
    if (!checked.ok) return checked
    const { before, overrides } = checked.value
    const trust = options.trust === true ? await denyTrust(hands.live, account, before) : null
    if (trust?.ok === false) return trust
    const deny: Operation = { kind: 'PutRolePolicy', policyName: POLICY_NAME, before: null, after: DOCUMENT }
    const operations = trust === null ? [deny] : [deny, trust.value]
    const rights = await checkRights(hands.live, before, operations)
    if (rights.kind === 'lacking') return refuse(4, 'rights', `you may not quarantine and release ${roleName}: ${rights.list}`)
    const change = beginChange(context, { kind: 'quarantine', before, operations, reason: options.reason ?? null, overrides })
    warn(options, change, rightsWarning(rights))
    const outcome = await carryOut(context, hands, change, before, options)
    const note = trust === null ? OPEN_SESSIONS : NO_NEW_SESSIONS
    return outcome.ok ? done({ ...outcome.value, notes: [...outcome.value.notes, note] }) : outcome
  })
}

async function roleToQuarantine(
  context: AppContext,
  hands: Hands,
  roleName: string,
  options: ChangeOptions,
): Promise<Outcome<{ readonly before: RoleState; readonly overrides: readonly string[] }>> {
  const before = await hands.live.roleState(roleName)
  if (before === null) return refuse(2, 'unknown-role', `there is no role ${roleName} in this account`, 'see the names with: zt-tui roles')
  const open = context.ledger.changes(context.accountKey, { roleId: before.roleId }).find(isOpen)
  if (open !== undefined)
    return refuse(5, 'open-change', `change ${open.changeId} on ${roleName} is not finished`, 'finish it first: zt-tui recover')
  if (before.inline.some(({ name }) => sameName(name, POLICY_NAME))) {
    return refuse(
      4,
      'quarantined',
      `${roleName} has a policy ${POLICY_NAME} already`,
      `to give its rights back: zt-tui release ${roleName}`,
    )
  }
  const inline = before.inline.reduce((sum, { text }) => sum + policySize(text), policySize(DOCUMENT))
  if (inline > INLINE_SUM_LIMIT)
    return refuse(4, 'size', `the inline policies of ${roleName} leave no room for the Deny: they would need ${inline} characters`)
  const guarded = checkGuards(context, before, { account: null, operations: [], stage: null }, options)
  return guarded.ok ? done({ before, overrides: guarded.value }) : guarded
}

/** Takes the newest quarantine of a role back. */
export async function releaseRole(context: AppContext, roleName: string, options: ChangeOptions): Promise<Outcome<ChangeReport>> {
  return withHands(context, { what: `release ${roleName}`, signal: options.signal }, async (hands) => {
    const quarantine = context.ledger
      .changes(context.accountKey)
      .find((change) => change.kind === 'quarantine' && isInEffect(change) && sameName(change.roleName, roleName))
    if (quarantine === undefined) return refuse(4, 'nothing-to-undo', `${roleName} is not in quarantine: there is nothing to release`)
    return rollBackOne(context, hands, quarantine, options, 'release')
  })
}
