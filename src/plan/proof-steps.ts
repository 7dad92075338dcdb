/**
 * Plays a stage forward, and from each step back again, and checks every state on the way:
 *
 *   forward   before ⊇ state ⊇ after, and everything fits
 *   restoring the same; when it is done, state ⊇ before
 *   tidying   state = before in what it grants; when it is done, it is the state before, document for document
 */
import { OWN_POLICY_PATH } from '../account/role-policies.ts'
import type { ManagedPolicyState, RoleState } from '../account/role-state.ts'
import { unreachable } from '../policy/names.ts'
import { sameDocument } from '../policy/same-document.ts'
import { applyOperation, inlineText } from './apply-operation.ts'
import { inverseOperations, isAdditive } from './inverse-operations.ts'
import type { Operation, OwnPolicy } from './operation.ts'
import { changedDeny, changedUnreadable, newAccess, type Side } from './proof-claims.ts'
import { defaultText } from './role-state-policies.ts'
import type { ShapeLimits } from './shape.ts'
import { ownPolicyArn } from './stage-operations.ts'
import { inlineSize, stateSizes } from './state-sizes.ts'

export type Steps = {
  readonly limits: ShapeLimits
  readonly before: RoleState
  readonly after: RoleState
  readonly operations: readonly Operation[]
  sideOf(state: RoleState): Side
}

/** The first step at which something is wrong, in words; null when every step is right. */
export function failingStep(steps: Steps): string | null {
  const { before, after, operations, sideOf } = steps
  const [old, target] = [sideOf(before), sideOf(after)]
  const isBetween = remember((state) => overflow(state, steps) ?? below(sideOf(state), old) ?? below(target, sideOf(state)))
  const hasAll = remember((state) => below(old, sideOf(state)))

  const late = operations.findIndex(
    (operation, at) => isAdditive(operation) && operations.slice(0, at).some((earlier) => !isAdditive(earlier)),
  )
  if (late >= 0) return `step ${late + 1} (${operations[late]?.kind}) adds after something was taken away`
  let state = before
  for (const [at, operation] of operations.entries()) {
    const misfit = misfitOf(operation, state)
    state = applyOperation(state, operation)
    const wrong = misfit ?? isBetween(state) ?? wayBack(state, operations.slice(0, at + 1))
    if (wrong !== null) return `step ${at + 1} (${operation.kind}): ${wrong}`
  }
  return sameState(state, after) ? null : 'the operations do not lead to the documents that are shown'

  function wayBack(from: RoleState, done: readonly Operation[]): string | null {
    const { restore, tidy } = inverseOperations(done)
    const restored = walk(from, restore, isBetween)
    if (typeof restored === 'string') return restored
    const short = hasAll(restored)
    if (short !== null) return `taking it back: ${short}`
    const tidied = walk(restored, tidy, (at) => isBetween(at) ?? hasAll(at))
    if (typeof tidied === 'string') return tidied
    return sameState(tidied, before) ? null : 'taking it back would not put everything back'
  }
}

function walk(from: RoleState, operations: readonly Operation[], check: (state: RoleState) => string | null): RoleState | string {
  let state = from
  for (const operation of operations) {
    state = applyOperation(state, operation)
    const wrong = check(state)
    if (wrong !== null) return `taking it back, ${operation.kind}: ${wrong}`
  }
  return state
}

/** Whether the inner side has nothing that the outer one lacks; the reason when it has. */
const below = (inner: Side, outer: Side): string | null =>
  changedUnreadable(inner, outer) ?? newAccess(inner, outer) ?? changedDeny(outer, inner)

/** The ways back of all steps pass through the same few states, the newest ones first. */
function remember(check: (state: RoleState) => string | null): (state: RoleState) => string | null {
  const known: { readonly state: RoleState; readonly answer: string | null }[] = []
  return (state) => {
    const found = known.findLast((other) => sameGrants(other.state, state))
    if (found !== undefined) return found.answer
    const answer = check(state)
    known.push({ state, answer })
    return answer
  }
}

/** Whether two states have the same texts in the same places. */
function sameGrants(a: RoleState, b: RoleState): boolean {
  if (a.inline.length !== b.inline.length || a.attached.length !== b.attached.length) return false
  return (
    a.inline.every(({ name, text }, at) => name === b.inline[at]?.name && text === b.inline[at]?.text) &&
    a.attached.every(({ arn }, at) => arn === b.attached[at]?.arn && textOf(a, arn) === textOf(b, arn))
  )
}

const managedIn = (state: RoleState, arn: string): ManagedPolicyState | null => state.managed.find((policy) => policy.arn === arn) ?? null

function textOf(state: RoleState, arn: string): string | null {
  const policy = managedIn(state, arn)
  return policy === null ? null : defaultText(policy)
}

/** Why the operation does not start from the state that it stands in; null when it does. */
function misfitOf(operation: Operation, state: RoleState): string | null {
  switch (operation.kind) {
    case 'PutRolePolicy':
    case 'DeleteRolePolicy':
      return inlineText(state, operation.policyName) === operation.before ? null : `${operation.policyName} is not what it replaces`
    case 'AttachRolePolicy':
      return isAttached(state, operation.policyArn) ? `${operation.policyName} is attached already` : null
    case 'DetachRolePolicy':
      return isAttached(state, operation.policyArn) ? null : `${operation.policyName} is not attached`
    case 'CreatePolicy':
      return creationMisfit(operation, state)
    case 'CreatePolicyVersion':
      return versionMisfit(operation.policyArn, { state, oldText: operation.oldText, newText: operation.newText })
    case 'UpdateAssumeRolePolicy':
      return 'no stage touches a trust policy'
    case 'DeletePolicy':
    case 'SetDefaultPolicyVersion':
    case 'DeletePolicyVersion':
      return 'it only takes a change back'
    default:
      return unreachable(operation)
  }
}

const isAttached = (state: RoleState, policyArn: string): boolean => state.attached.some(({ arn }) => arn === policyArn)

/** IAM makes the ARN out of path and name: a plan that says another one would attach another policy than it makes. */
function creationMisfit({ policyName, path, policyArn }: OwnPolicy, state: RoleState): string | null {
  if (managedIn(state, policyArn) !== null) return `${policyName} is there already`
  const isOurs = path === OWN_POLICY_PATH && policyArn === ownPolicyArn(state.arn, policyName) && !policyName.includes('/')
  return isOurs ? null : `${policyArn} is not what making ${path}${policyName} gives`
}

/** A new default version is for everybody who has the policy, so nobody else may. */
function versionMisfit(arn: string, { state, oldText, newText }: { state: RoleState; oldText: string; newText: string }): string | null {
  const policy = managedIn(state, arn)
  if (policy === null || !isAttached(state, arn)) return 'the policy is not attached'
  if (policy.attachmentCount > 1) return `${policy.name} is attached to others too`
  if (policy.boundaryUseCount > 0 || state.boundary === arn) return `${policy.name} is a permissions boundary too`
  if (defaultText(policy) !== oldText) return `${policy.name} is not what it replaces`
  return policy.versions.some(({ text }) => sameDocument(text, newText)) ? `${policy.name} has such a version already` : null
}

/** A quota that the role exceeded before, because AWS raised it or counts otherwise, is no reason to stop. */
function overflow(state: RoleState, { limits, before }: Steps): string | null {
  const { inline, managed } = stateSizes(state, limits)
  if (inline > Math.max(limits.inlineSumPerRole, inlineSize(before))) return `inline policies need ${inline} characters`
  if (state.attached.length > Math.max(limits.attachedPerRole, before.attached.length)) return `${state.attached.length} policies attached`
  const known = stateSizes(before, limits).managed
  const long = managed.find(({ name, size, limit }) => size > limit && !known.some((old) => old.name === name && old.size >= size))
  if (long !== undefined) return `${long.name} needs ${long.size} characters`
  const crowded = state.managed.find(({ versions }) => versions.length > limits.versionsPerPolicy)
  return crowded === undefined ? null : `${crowded.name} has ${crowded.versions.length} versions`
}

/** Equal in all that an operation can change. What is attached counts without order, as IAM has none. */
function sameState(a: RoleState, b: RoleState): boolean {
  const [left, right] = [changeable(a), changeable(b)]
  return left.length === right.length && left.every((one, at) => one === right[at])
}

/** In one row, each list with its length before it. */
function changeable({ inline, attached, managed }: RoleState): readonly (string | number | boolean)[] {
  const arns = attached.map(({ arn }) => arn).sort()
  const versions = arns.flatMap((arn) => {
    const texts = managed.find((policy) => policy.arn === arn)?.versions
    return texts === undefined ? [-1] : [texts.length, ...texts.flatMap(({ isDefault, text }) => [text, isDefault])]
  })
  const own = inline.map(({ name, text }) => [name, text]).sort(byFirst)
  return [own.length, ...own.flat(), arns.length, ...arns, ...versions]
}

const byFirst = ([a = '']: readonly string[], [b = '']: readonly string[]): number => (a < b ? -1 : 1)
