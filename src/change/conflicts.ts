/**
 * A rollback that meets edits of somebody else: what conflicts is found before the first write, shown, and only then settled as
 * the admin chose: their edit stays and the rest is rolled back, or the snapshot is put over it.
 */

import type { ManagedPolicyState, RoleState } from '../account/role-state.ts'
import { applyOperations, inlineText, sameName } from '../plan/apply-operation.ts'
import type { Inverse } from '../plan/inverse-operations.ts'
import { type Operation, operationTarget } from '../plan/operation.ts'
import { defaultText } from '../plan/role-state-policies.ts'
import { sameDocument } from '../policy/same-document.ts'
import type { Change } from './change.ts'
import { type Seen, standingOf } from './standing.ts'
import { type PolicyDrift, textsOfState, threeWay, withTrust } from './three-way.ts'

/** What becomes of policies that somebody edited after our change: they stay, or the snapshot is written over them. */
export type DriftChoice = 'theirs' | 'snapshot'

/** An operation that finds something else than the change left, with the text that is there. */
export type Conflict = {
  readonly operation: Operation
  readonly live: string
  /** Where that is the default version of a policy. */
  readonly liveVersionId: string | null
}

/** Attachments cannot conflict: attached or not, both is as before or as after. */
export function findConflicts(live: RoleState, operations: readonly Operation[]): readonly Conflict[] {
  return operations.flatMap((operation) => {
    const text = MAY_CONFLICT.has(operation.kind) ? liveText(live, operation) : null
    return text !== null && isOther(live, operation, text) ? [{ operation, live: text, liveVersionId: liveVersionId(live, operation) }] : []
  })
}

function liveText(live: RoleState, operation: Operation): string | null {
  if (operation.kind === 'UpdateAssumeRolePolicy') return live.trust
  if (!('policyArn' in operation)) return inlineText(live, operation.policyName)
  const managed = managedBy(live, operation)
  return managed === null ? null : defaultText(managed)
}

const managedBy = (live: RoleState, operation: Operation): ManagedPolicyState | null =>
  'policyArn' in operation ? (live.managed.find(({ arn }) => arn === operation.policyArn) ?? null) : null

const liveVersionId = (live: RoleState, operation: Operation): string | null => managedBy(live, operation)?.defaultVersionId ?? null

function isOther(live: RoleState, operation: Operation, text: string): boolean {
  // Until it is detached, a policy of ours is in use: only its text tells whether somebody edited it.
  if (operation.kind === 'DeletePolicy') return !sameDocument(text, operation.document)
  return standingOf(operation, seenIn(live, operation, text)) === 'other'
}

function seenIn(live: RoleState, operation: Operation, text: string): Seen {
  if (operation.kind === 'UpdateAssumeRolePolicy') return { kind: 'trust', text }
  if (!('policyArn' in operation)) return { kind: 'inline', policy: { name: operation.policyName, text } }
  return { kind: 'managed', policy: managedBy(live, operation) }
}

const MAY_CONFLICT: ReadonlySet<Operation['kind']> = new Set([
  'PutRolePolicy',
  'DeleteRolePolicy',
  'SetDefaultPolicyVersion',
  'DeletePolicy',
  'UpdateAssumeRolePolicy',
])

export function resolveConflicts({ restore, tidy }: Inverse, conflicts: readonly Conflict[], choice: DriftChoice): Inverse {
  if (choice === 'snapshot') return { restore: overTheirs(restore, conflicts), tidy: overTheirs(tidy, conflicts) }
  const isOurs = (operation: Operation): boolean => !isTheirs(operation, conflicts)
  return { restore: restore.filter(isOurs), tidy: tidy.filter(isOurs) }
}

/** Whether an operation touches a policy in conflict. */
const isTheirs = (operation: Operation, conflicts: readonly Conflict[]): boolean =>
  conflicts.some(({ operation: theirs }) =>
    'policyArn' in theirs
      ? 'policyArn' in operation && operation.policyArn === theirs.policyArn
      : !('policyArn' in operation) && sameName(operationTarget(operation), operationTarget(theirs)),
  )

/** The same operations, starting from what is there: so their text is in the journal, and this rollback can be undone too. */
export function overTheirs(operations: readonly Operation[], conflicts: readonly Conflict[]): readonly Operation[] {
  return operations.map((operation) => {
    const conflict = conflicts.find((one) => one.operation === operation || isSameSwitch(one.operation, operation))
    if (conflict === undefined) return operation
    const { live, liveVersionId } = conflict
    switch (operation.kind) {
      case 'PutRolePolicy':
      case 'DeleteRolePolicy':
      case 'UpdateAssumeRolePolicy':
        return { ...operation, before: live }
      case 'SetDefaultPolicyVersion':
      case 'DeletePolicyVersion':
        return liveVersionId === null ? operation : { ...operation, over: { versionId: liveVersionId, text: live } }
      case 'DeletePolicy':
        return { ...operation, document: live }
      default:
        return operation
    }
  })
}

/** The switch back and the removal of our version go together. */
const isSameSwitch = (theirs: Operation, operation: Operation): boolean =>
  theirs.kind === 'SetDefaultPolicyVersion' && operation.kind === 'DeletePolicyVersion' && theirs.policyArn === operation.policyArn

/** Policy by policy: as the snapshot has it, as the change left it, as it is now. */
export function driftOf(change: Change, snapshot: RoleState | null, live: RoleState): readonly PolicyDrift[] {
  if (snapshot === null) return []
  const operations = change.operations.map(({ operation }) => operation)
  const touchesTrust = operations.some(({ kind }) => kind === 'UpdateAssumeRolePolicy')
  const looked = (state: RoleState) => (touchesTrust ? withTrust(state) : textsOfState(state))
  return threeWay({ snapshot: looked(snapshot), ours: looked(applyOperations(snapshot, operations)), live: looked(live) })
}
