/**
 * Gives one removed action back, on the resources and under the conditions that it had: as an inline policy of its own, so that
 * the stage stays in effect for everything else. Proved against the role's pinned original. What an overlay denies comes back by
 * a narrower overlay.
 */

import { createPolicyReader } from '../account/role-policies.ts'
import type { RoleState } from '../account/role-state.ts'
import type { Change } from '../change/change.ts'
import { isInEffect, isStage } from '../change/lifecycle.ts'
import { sameName } from '../plan/apply-operation.ts'
import { narrowOverlay } from '../plan/draft-overlay.ts'
import type { Operation } from '../plan/operation.ts'
import { overlayOn, overlayPatterns, removeOverlay, withoutOverlay } from '../plan/overlay.ts'
import { newAccessIn } from '../plan/proof.ts'
import { stateDocuments } from '../plan/role-state-policies.ts'
import { inlineSize } from '../plan/state-sizes.ts'
import { hasIndex } from '../policy/action-set.ts'
import type { PolicyDocument, Statement } from '../policy/document.ts'
import { statementActions } from '../policy/grants.ts'
import { actionKey } from '../policy/names.ts'
import { INLINE_SUM_LIMIT, policySize } from '../policy/size.ts'
import { createUniverse, patternSet, type Universe } from '../policy/universe.ts'
import { beginChange } from './begin-change.ts'
import { carryOut } from './carry-out.ts'
import type { AppContext } from './context.ts'
import { done, refuse } from './outcome.ts'
import type { ChangeOptions, Outcome } from './use-cases.ts'
import type { ChangeReport } from './views.ts'
import { withHands } from './with-hands.ts'

export async function giveBack(
  context: AppContext,
  changeId: string,
  action: string,
  options: ChangeOptions,
): Promise<Outcome<ChangeReport>> {
  return withHands(context, { what: `give ${action} back`, signal: options.signal }, async (hands) => {
    const change = context.ledger.change(changeId)
    if (change === null) return refuse(2, 'unknown-change', `there is no change ${changeId}`, 'see the changes with: zt-tui history')
    if (!isStage(change) || !isInEffect(change))
      return refuse(4, 'not-in-effect', `change ${changeId} is no stage in effect: ${change.kind}, ${change.state}`)
    const before = await hands.live.roleState(change.roleName)
    if (before === null || before.roleId !== change.roleId)
      return refuse(4, 'drift', `role ${change.roleName} (${change.roleId}) does not exist any more`)
    const operations = operationsThatGiveBack(context, change, before, action)
    if (!operations.ok) return operations
    const begun = beginChange(context, {
      kind: 'give-back',
      before,
      operations: operations.value,
      stage: change.stage,
      reason: options.reason ?? action,
      batchId: options.batchId ?? null,
    })
    return carryOut(context, hands, begun, before, options)
  })
}

function operationsThatGiveBack(context: AppContext, change: Change, before: RoleState, action: string): Outcome<readonly Operation[]> {
  const narrowed = overlayWithout(context, before, action)
  if (!narrowed.ok) return narrowed
  if (change.kind === 'overlay')
    return narrowed.value === null
      ? refuse(2, 'unknown-action', `no overlay denies ${action} to ${change.roleName}`)
      : done([narrowed.value])
  const operation = policyThatGivesBack(context, change, before, action)
  if (!operation.ok) return operation
  return done(narrowed.value === null ? [operation.value] : [operation.value, narrowed.value])
}

/** The overlay that denies the action, without it; null when none does. */
function overlayWithout({ catalog }: AppContext, before: RoleState, action: string): Outcome<Operation | null> {
  const overlay = overlayOn(before)
  const patterns = overlay === null ? [] : (overlayPatterns(overlay) ?? [])
  const universe = createUniverse(catalog, [action, ...patterns])
  const index = universe.indexOf(action)
  if (overlay === null || index === null || !hasIndex(patternSet(universe, patterns), index)) return done(null)
  const room = INLINE_SUM_LIMIT - inlineSize(withoutOverlay(before))
  const narrowed = narrowOverlay(universe, patterns, action, room)
  if (narrowed === null) return done(removeOverlay(overlay))
  if (narrowed.size > room)
    return refuse(4, 'size', `the overlay without ${action} would need ${narrowed.size} characters`, 'roll the overlay back instead')
  return done({ kind: 'PutRolePolicy', policyName: overlay.name, before: overlay.text, after: narrowed.text })
}

function policyThatGivesBack(context: AppContext, change: Change, before: RoleState, action: string): Outcome<Operation> {
  const { ledger, accountKey, catalog } = context
  const read = createPolicyReader()
  const snapshot = ledger.snapshot(change.snapshot)
  const original = ledger.snapshot(ledger.pinnedOriginal(accountKey, change.roleId) ?? change.snapshot)
  if (snapshot === null || original === null) return refuse(5, 'ledger', `the snapshot of change ${change.changeId} is not in the ledger`)
  const universe = createUniverse(catalog, [action])
  const texts = originalGrants(universe, stateDocuments(snapshot, read), action)
  const [text] = texts
  if (text === undefined)
    return refuse(2, 'unknown-action', `${change.roleName} was not allowed ${action} before change ${change.changeId}`)
  if (texts.length > 1)
    return refuse(4, 'two-versions', `${action} was granted by policies of two policy versions: roll the stage back instead`)

  const policyName = `zt-back-${actionKey(action).replaceAll(/[^a-z0-9]+/g, '-')}`.slice(0, 128)
  if (before.inline.some(({ name }) => sameName(name, policyName)))
    return refuse(4, 'given-back', `${action} was given back already, by the inline policy ${policyName}`)
  const inline = before.inline.reduce((sum, policy) => sum + policySize(policy.text), policySize(text))
  if (inline > INLINE_SUM_LIMIT)
    return refuse(
      4,
      'size',
      `the inline policies of ${change.roleName} would need ${inline} characters`,
      `roll the stage back instead: zt-tui rollback ${change.changeId}`,
    )

  const operation: Operation = { kind: 'PutRolePolicy', policyName, before: null, after: text }
  const parsed = read(text)
  const excess = parsed.ok ? newAccessIn([parsed.document], stateDocuments(original, read)) : parsed.problem.message
  return excess === null ? done(operation) : refuse(4, 'proof', `giving ${action} back is not proved: ${excess}`)
}

/** The statements that granted the action, narrowed to it: one text a policy version. */
function originalGrants(universe: Universe, documents: readonly PolicyDocument[], action: string): string[] {
  const index = universe.indexOf(action)
  const byVersion = new Map<string, object[]>()
  for (const { version, statements } of documents)
    for (const statement of statements) {
      if (statement.effect !== 'Allow' || index === null || !hasIndex(statementActions(universe, statement), index)) continue
      const listed = byVersion.get(version) ?? []
      byVersion.set(version, [...listed, narrowed(statement, universe.names[index] ?? action, listed.length + 1)])
    }
  return [...byVersion].map(([Version, Statement]) => JSON.stringify({ Version, Statement }))
}

const narrowed = ({ resources, condition }: Statement, action: string, n: number): object => ({
  Sid: `ZtTuiBack${n}`,
  Effect: 'Allow',
  Action: action,
  [resources.kind]: resources.patterns,
  ...(condition === null ? {} : { Condition: condition }),
})
