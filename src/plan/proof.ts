/**
 * Proves a stage before anybody may apply it. Three claims, each with a counterexample when it fails:
 *
 *   no new access  every atom allowed after is covered by one Allow statement before; every Deny before is there after
 *   used kept      whatever the stage does not remove is still allowed, on the same resources under the same conditions
 *   prefixes       at every step, there and back, the role has at least the target and at most what it had, and fits
 *
 * A policy that does not parse is taken for what it is: it must stay word for word.
 */
import type { RoleState } from '../account/role-state.ts'
import type { PolicyReader } from '../account/role-policies.ts'
import type { ActionSet } from '../policy/action-set.ts'
import { difference, emptySet, indexesOf, isEmptySet, union } from '../policy/action-set.ts'
import { clauseCovers, resourceGlobs } from '../policy/clause-globs.ts'
import { type Atom, allowStatements, atomsOf, conditionCovers, covers, denyStatements, type PlacedStatement, resourceParts } from '../policy/cover.ts'
import type { PolicyDocument } from '../policy/document.ts'
import { statementActions } from '../policy/grants.ts'
import { policySize } from '../policy/size.ts'
import type { Universe } from '../policy/universe.ts'
import { applyOperation } from './apply-operation.ts'
import { inverseOperations } from './inverse-operations.ts'
import type { Operation } from './operation.ts'
import type { PlanSizes, StageProof } from './plan.ts'
import { stateDocuments, statePolicies } from './role-state-policies.ts'
import type { ShapeLimits } from './shape.ts'

export type ProofInput = {
  readonly universe: Universe
  readonly read: PolicyReader
  readonly limits: ShapeLimits
  readonly before: RoleState
  readonly after: RoleState
  readonly operations: readonly Operation[]
  /** What the stage announces to remove. */
  readonly removed: ActionSet
}

export function proveStage(input: ProofInput): StageProof {
  const { universe, read, before, after, removed } = input
  const old = stateDocuments(before, read)
  const target = stateDocuments(after, read)
  const newAccess = unreadableChange(before, after, read) ?? newAccessIn(target, old) ?? changedDeny(old, target)
  const lost = lostIn(universe, old, target, removed)
  const misstep = failingStep(input, old, target)
  return {
    noNewAccess: newAccess === null,
    usedKept: lost === null,
    prefixes: misstep === null,
    counterexample: newAccess ?? lost ?? misstep,
  }
}

export const isProved = (proof: StageProof): boolean => proof.noNewAccess && proof.usedKept && proof.prefixes

/** An atom of `after` that no statement of `before` covers. */
export function newAccessIn(after: readonly PolicyDocument[], before: readonly PolicyDocument[]): string | null {
  const granted = allowStatements(before)
  const known = new Set(granted.map(({ key }) => key))
  for (const placed of allowStatements(after)) {
    if (known.has(placed.key)) continue
    const open = atomsOf(placed).find((atom) => !granted.some((statement) => covers(statement, atom)))
    if (open !== undefined) return `new access: ${describe(open)}`
  }
  return null
}

/** Denies limit what others allow, so none may go and none may change. New ones of the same text are copies in a moved policy. */
function changedDeny(before: readonly PolicyDocument[], after: readonly PolicyDocument[]): string | null {
  const kept = new Set(denyStatements(after).map(({ key }) => key))
  const gone = denyStatements(before).find(({ key }) => !kept.has(key))
  if (gone !== undefined) return `a Deny statement would go: ${gone.statement.actions.patterns.join(', ')}`
  return null
}

/** An action that was allowed on a resource, is not in `removed`, and would not be allowed there any more. */
function lostIn(universe: Universe, before: readonly PolicyDocument[], after: readonly PolicyDocument[], removed: ActionSet): string | null {
  const offered = allowStatements(after)
  const known = new Set(offered.map(({ key }) => key))
  for (const placed of allowStatements(before)) {
    if (known.has(placed.key)) continue
    const kept = difference(statementActions(universe, placed.statement), removed)
    if (isEmptySet(kept)) continue
    const lost = lostOf(universe, placed, kept, offered)
    if (lost !== null) return lost
  }
  const denied = new Set(denyStatements(before).map(({ key }) => key))
  const fresh = denyStatements(after).find(({ key }) => !denied.has(key))
  return fresh === undefined ? null : `a new Deny statement: ${fresh.statement.actions.patterns.join(', ')}`
}

function lostOf(universe: Universe, placed: PlacedStatement, kept: ActionSet, offered: readonly PlacedStatement[]): string | null {
  const { version, statement, tests } = placed
  const sameCondition = offered.filter((candidate) => conditionCovers(candidate.tests, tests))
  for (const part of resourceParts(statement.resources)) {
    const resources = resourceGlobs(part, version)
    const still = sameCondition
      .filter((candidate) => clauseCovers(candidate.resources, resources))
      .reduce((set, candidate) => union(set, statementActions(universe, candidate.statement)), emptySet(universe.size))
    const [first] = indexesOf(difference(kept, still))
    if (first !== undefined) return `lost: ${universe.names[first]} on ${part.patterns.join(', ')}`
  }
  return null
}

/** Walks forward and back again and checks each state on the way. */
function failingStep(input: ProofInput, old: readonly PolicyDocument[], target: readonly PolicyDocument[]): string | null {
  const { restore, tidy } = inverseOperations(input.operations)
  let state = input.before
  for (const [at, operation] of [...input.operations, ...restore, ...tidy].entries()) {
    state = applyOperation(state, operation)
    const documents = stateDocuments(state, input.read)
    const wrong =
      overflow(state, input.limits) ??
      newAccessIn(documents, old) ??
      changedDeny(old, documents) ??
      newAccessIn(target, documents) ??
      changedDeny(documents, old)
    if (wrong !== null) return `step ${at + 1} (${operation.kind}): ${wrong}`
  }
  return null
}

function overflow(state: RoleState, limits: ShapeLimits): string | null {
  const { inline, managed } = stateSizes(state, limits)
  if (inline > limits.inlineSumPerRole) return `inline policies need ${inline} characters`
  if (state.attached.length > limits.attachedPerRole) return `${state.attached.length} policies attached`
  const long = managed.find(({ size, limit }) => size > limit)
  if (long !== undefined) return `${long.name} needs ${long.size} characters`
  const crowded = state.managed.find(({ versions }) => versions.length > limits.versionsPerPolicy)
  return crowded === undefined ? null : `${crowded.name} has ${crowded.versions.length} versions`
}

export function stateSizes(state: RoleState, limits: ShapeLimits): PlanSizes {
  const inline = state.inline.reduce((sum, { text }) => sum + policySize(text), 0)
  const managed = state.attached.flatMap(({ name, arn }) => {
    const policy = state.managed.find((candidate) => candidate.arn === arn)
    const version = policy?.versions.find(({ versionId }) => versionId === policy.defaultVersionId)
    return version === undefined || arn.split(':')[4] === 'aws' ? [] : [{ name, size: policySize(version.text), limit: limits.managedPolicySize }]
  })
  const limitOk = inline <= limits.inlineSumPerRole && managed.every(({ size, limit }) => size <= limit)
  return { inline, inlineLimit: limits.inlineSumPerRole, managed, limitOk }
}

/** Nothing is known about a policy that does not parse, so it may not move. */
function unreadableChange(before: RoleState, after: RoleState, read: PolicyReader): string | null {
  const unreadable = (state: RoleState): string[] =>
    statePolicies(state, read)
      .filter(({ parsed }) => !parsed.ok)
      .map(({ name, text }) => `${name}\n${text}`)
  const kept = new Set(unreadable(after))
  const gone = unreadable(before).find((policy) => !kept.has(policy))
  return gone === undefined ? null : `${gone.split('\n')[0]} does not parse and would change`
}

function describe({ actionClause: actions, resourceClause: resources, condition }: Atom): string {
  const given = condition === null ? '' : ` if ${JSON.stringify(condition)}`
  return `${actions.kind} ${actions.patterns.join(', ')} on ${resources.kind} ${resources.patterns.join(', ')}${given}`
}
