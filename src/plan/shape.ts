/**
 * Shapes one stage: from a role's state and the actions to take away to the operations that do it.
 *
 * Each policy that loses something finds a place for its new text. Places are tried in the order of the table below; a place
 * that does not fit makes the largest text move on to its next one.
 *
 *   inline policy                     in place (PutRolePolicy), else a policy of the role's own
 *   customer managed, this role alone a new default version, else inline, else a policy of the role's own
 *   shared or AWS managed             inline beside the others, else a policy of the role's own; then detached
 *
 * Operations that add come first, so that every step leaves the role with at least its target.
 */
import { createHash } from 'node:crypto'
import { OWN_POLICY_PATH, type PolicyReader } from '../account/role-policies.ts'
import type { RoleState } from '../account/role-state.ts'
import type { ActionSet } from '../policy/action-set.ts'
import type { Arn } from '../policy/names.ts'
import type { RewriteForm } from '../policy/rewrite.ts'
import { policySize } from '../policy/size.ts'
import { splitPolicy } from '../policy/split.ts'
import type { Universe } from '../policy/universe.ts'
import { applyOperations, sameName } from './apply-operation.ts'
import { isAdditive } from './inverse-operations.ts'
import type { Operation } from './operation.ts'
import { draftDropsFuture, draftPolicies, type PolicyDraft, writeDraft } from './policy-drafts.ts'
import { type StatePolicy, statePolicies } from './role-state-policies.ts'

export type ShapeLimits = {
  readonly inlineSumPerRole: number
  readonly managedPolicySize: number
  readonly attachedPerRole: number
  readonly versionsPerPolicy: number
  /** How many policies of the role's own one stage may need. */
  readonly extraPolicies: number
}

export type Shaping = {
  readonly universe: Universe
  readonly read: PolicyReader
  readonly limits: ShapeLimits
  /** Names of the account's customer managed policies, lower case: a new one must differ. */
  readonly takenNames: ReadonlySet<string>
}

export type Shape =
  | { readonly ok: true; readonly operations: readonly Operation[]; readonly after: RoleState; readonly dropsFuture: readonly string[] }
  | { readonly ok: false; readonly why: string }

type Place = 'in-place' | 'version' | 'inline' | 'own-policy'

const FORMS: readonly RewriteForm[] = ['list', 'except']

/** The first wording that fits. */
export function shapeStage(shaping: Shaping, state: RoleState, removed: ActionSet): Shape {
  let refused: Shape = { ok: false, why: 'nothing to remove' }
  for (const form of FORMS) {
    const policies = statePolicies(state, shaping.read)
    const drafts = draftPolicies(shaping.universe, policies, removed, form)
    if (drafts.length === 0) return refused
    const shape = placeDrafts(shaping, state, drafts)
    if (shape.ok) return shape
    if (!refused.ok && refused.why === 'nothing to remove') refused = shape
  }
  return refused
}

function placeDrafts(shaping: Shaping, state: RoleState, drafts: readonly PolicyDraft[]): Shape {
  const places = new Map(drafts.map((draft) => [draft, placesFor(draft.policy, shaping.limits)]))
  for (;;) {
    const crowded = inlineDrafts(drafts, places)
    const budget = inlineBudget(shaping, state, crowded)
    const texts = new Map(drafts.map((draft) => [draft, writeDraft(draft, isInline(places.get(draft)) ? budget.perDraft(draft) : shaping.limits.managedPolicySize).text]))
    const excess = budget.excess(texts)
    const tooLong = drafts.find((draft) => places.get(draft)?.[0] === 'version' && policySize(texts.get(draft) ?? '') > shaping.limits.managedPolicySize)
    const moving = tooLong ?? (excess > 0 ? largest(crowded, texts) : null)
    if (moving === null) return assemble(shaping, state, drafts, places, texts)
    const rest = places.get(moving)?.slice(1) ?? []
    if (rest.length === 0) return { ok: false, why: `${moving.policy.name} does not fit: its tightened text needs ${policySize(texts.get(moving) ?? '')} characters` }
    places.set(moving, rest)
  }
}

type Places = Map<PolicyDraft, readonly Place[]>

function placesFor({ kind, arn, managed }: StatePolicy, limits: ShapeLimits): readonly Place[] {
  if (kind === 'inline') return ['in-place', 'own-policy']
  const alone = kind === 'managed' && managed !== null && managed.attachmentCount <= 1 && managed.boundaryUseCount === 0
  const roomForVersion = managed !== null && managed.versions.length < limits.versionsPerPolicy
  if (alone && roomForVersion && arn !== null) return ['version', 'inline', 'own-policy']
  return ['inline', 'own-policy']
}

const isInline = (places: readonly Place[] | undefined): boolean => places?.[0] === 'in-place' || places?.[0] === 'inline'

const inlineDrafts = (drafts: readonly PolicyDraft[], places: Places): readonly PolicyDraft[] => drafts.filter((draft) => isInline(places.get(draft)))

/** Forks stand beside the old inline texts until those shrink, so old texts count whole while forks are added. */
function inlineBudget({ limits }: Shaping, state: RoleState, crowded: readonly PolicyDraft[]) {
  const standing = state.inline.reduce((sum, { text }) => sum + policySize(text), 0)
  const rewritten = crowded.filter(({ policy }) => policy.kind === 'inline')
  const untouched = standing - rewritten.reduce((sum, { policy }) => sum + policySize(policy.text), 0)
  const share = Math.max(1, crowded.length)
  return {
    perDraft: (draft: PolicyDraft): number =>
      Math.floor((limits.inlineSumPerRole - (draft.policy.kind === 'inline' ? untouched : standing)) / share),
    excess: (texts: ReadonlyMap<PolicyDraft, string | null>): number => {
      const sizeOf = (drafts: readonly PolicyDraft[]): number => drafts.reduce((sum, draft) => sum + policySize(texts.get(draft) ?? ''), 0)
      const forks = sizeOf(crowded.filter(({ policy }) => policy.kind !== 'inline'))
      return Math.max(standing + forks, untouched + forks + sizeOf(rewritten)) - limits.inlineSumPerRole
    },
  }
}

function largest(drafts: readonly PolicyDraft[], texts: ReadonlyMap<PolicyDraft, string | null>): PolicyDraft | null {
  const forks = drafts.filter(({ policy }) => policy.kind !== 'inline')
  const candidates = forks.length > 0 ? forks : drafts
  const size = (draft: PolicyDraft): number => policySize(texts.get(draft) ?? '')
  return [...candidates].sort((a, b) => size(b) - size(a))[0] ?? null
}

function assemble(shaping: Shaping, state: RoleState, drafts: readonly PolicyDraft[], places: Places, texts: ReadonlyMap<PolicyDraft, string | null>): Shape {
  const operations: Operation[] = []
  let own = 0
  for (const draft of drafts) {
    const text = texts.get(draft) ?? null
    const place = text === null ? null : (places.get(draft)?.[0] ?? null)
    const made = operationsFor(shaping, state, draft.policy, text, place)
    if (made === null) return { ok: false, why: `${draft.policy.name} does not fit into policies of ${shaping.limits.managedPolicySize} characters` }
    own += made.filter(({ kind }) => kind === 'CreatePolicy').length
    operations.push(...made)
  }
  const slots = state.attached.length + operations.filter(({ kind }) => kind === 'AttachRolePolicy').length
  if (own > shaping.limits.extraPolicies) return { ok: false, why: `it would need ${own} further policies` }
  if (own > 0 && slots > shaping.limits.attachedPerRole) return { ok: false, why: `all ${shaping.limits.attachedPerRole} attachment slots are taken` }
  const ordered = [...operations.filter(isAdditive), ...operations.filter((operation) => !isAdditive(operation)).sort(shrinkingFirst)]
  return { ok: true, operations: ordered, after: applyOperations(state, ordered), dropsFuture: draftDropsFuture(drafts) }
}

/** Inline texts that grow wait for those that shrink: the sum must fit at each step. */
const growth = (operation: Operation): number => (operation.kind === 'PutRolePolicy' ? policySize(operation.after) - policySize(operation.before ?? '') : -1)
const shrinkingFirst = (a: Operation, b: Operation): number => growth(a) - growth(b)

function operationsFor(shaping: Shaping, state: RoleState, policy: StatePolicy, text: string | null, place: Place | null): Operation[] | null {
  const gone = leave(policy)
  if (text === null || place === null) return gone
  switch (place) {
    case 'in-place':
      return [{ kind: 'PutRolePolicy', policyName: policy.name, before: policy.text, after: text }]
    case 'inline':
      return [{ kind: 'PutRolePolicy', policyName: freeInlineName(state, policy.name), before: null, after: text }, ...gone]
    case 'version':
      return policy.arn === null || policy.managed === null
        ? null
        : [{ kind: 'CreatePolicyVersion', policyArn: policy.arn, oldVersionId: policy.managed.defaultVersionId, oldText: policy.text, newText: text }]
    case 'own-policy': {
      const texts = splitPolicy(text, shaping.limits.managedPolicySize)
      return texts === null ? null : [...texts.flatMap((part, at) => ownPolicy(shaping, state, policy, part, at + 1)), ...gone]
    }
  }
}

/** How the old policy goes. */
function leave({ kind, name, arn, text }: StatePolicy): Operation[] {
  if (kind === 'inline') return [{ kind: 'DeleteRolePolicy', policyName: name, before: text }]
  return arn === null ? [] : [{ kind: 'DetachRolePolicy', policyName: name, policyArn: arn }]
}

function ownPolicy({ takenNames }: Shaping, state: RoleState, policy: StatePolicy, document: string, part: number): Operation[] {
  const policyName = freePolicyName(takenNames, state, policy, document, part)
  const policyArn: Arn = ownPolicyArn(state.arn, policyName)
  return [
    {
      kind: 'CreatePolicy',
      policyName,
      path: OWN_POLICY_PATH,
      policyArn,
      document,
      description: `${policy.name} of role ${state.roleName}, tightened by zt-tui`,
      tags: [{ key: 'zt-tui:role', value: state.roleName }],
    },
    { kind: 'AttachRolePolicy', policyName, policyArn },
  ]
}

const ownPolicyArn = (roleArn: Arn, name: string): Arn => {
  const [, partition, , , accountId] = roleArn.split(':')
  return `arn:${partition}:iam::${accountId}:policy${OWN_POLICY_PATH}${name}`
}

const NAME_LIMIT = 128

function freeInlineName(state: RoleState, policyName: string): string {
  const taken = (name: string): boolean => state.inline.some((policy) => sameName(policy.name, name))
  const base = `zt-${policyName}`.slice(0, NAME_LIMIT - 4)
  let name = base
  for (let next = 2; taken(name); next++) name = `${base}-${next}`
  return name
}

/** Readable, and unlike any other: role, policy and a short hash of what it grants. */
function freePolicyName(takenNames: ReadonlySet<string>, state: RoleState, policy: StatePolicy, document: string, part: number): string {
  const hash = createHash('sha256').update(`${state.roleId}\n${document}`).digest('hex')
  const base = `${state.roleName}-${policy.name}`.slice(0, NAME_LIMIT - 16)
  let name = `${base}-${part}-${hash.slice(0, 6)}`
  for (let at = 6; takenNames.has(name.toLowerCase()); at++) name = `${base}-${part}-${hash.slice(at, at + 6)}`
  return name
}

