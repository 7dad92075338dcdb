/**
 * Shapes one stage: from a role's state and the actions to take away to the operations that do it.
 *
 * Each policy that loses something finds a place for its new text. Places are tried in the order of the table below; a place
 * that does not fit makes the largest text move on to its next one.
 *
 *   inline policy                     in place (PutRolePolicy), else policies of the role's own
 *   customer managed, this role alone a new default version, else inline, else policies of the role's own
 *   shared or AWS managed             inline beside the others, else policies of the role's own; then detached
 *
 * Everything is named literally where that fits; wildcards come only as far as size needs them.
 */
import type { PolicyReader } from '../account/role-policies.ts'
import type { RoleState } from '../account/role-state.ts'
import type { ActionSet } from '../policy/action-set.ts'
import type { PatternGroup, PatternGrouper } from '../policy/pattern-groups.ts'
import type { RewriteForm, Wording } from '../policy/rewrite.ts'
import { sameDocument } from '../policy/same-document.ts'
import { policySize } from '../policy/size.ts'
import { splitPolicy } from '../policy/split.ts'
import type { Universe } from '../policy/universe.ts'
import { applyOperations } from './apply-operation.ts'
import { isAdditive } from './inverse-operations.ts'
import { noSlot, tooLong, tooManyPolicies } from './no-room.ts'
import type { Operation } from './operation.ts'
import { chooseWildcards, draftDropsFuture, draftPolicies, type PolicyDraft, sizeWith, writeDraft } from './policy-drafts.ts'
import { type StatePolicy, statePolicies } from './role-state-policies.ts'
import { type Placed, placeOperations } from './stage-operations.ts'
import { inlineSize } from './state-sizes.ts'

export type ShapeLimits = {
  readonly inlineSumPerRole: number
  readonly managedPolicySize: number
  readonly attachedPerRole: number
  readonly versionsPerPolicy: number
  /** How many policies of the role's own one stage may need. */
  readonly extraPolicies: number
  /** The same for the last stage, which is no intermediate; absent: no more than the others. */
  readonly finalPolicies?: number
  /** How many more the account may have; absent: not known to be a limit. */
  readonly freePolicies?: number
}

export type Shaping = {
  readonly universe: Universe
  readonly read: PolicyReader
  readonly limits: ShapeLimits
  /** Names of the account's customer managed policies, lower case: a new one must differ. */
  readonly takenNames: ReadonlySet<string>
  readonly group: PatternGrouper
  /** Where later actions shall stay granted; absent: nowhere. */
  readonly future?: FutureToKeep
}

/** `everything`: a `*` stays open too, which only a `NotAction` can be. */
export type FutureToKeep = { readonly everything: boolean; readonly services: ReadonlySet<string> }

/** `why` is put into words only when it is asked for: most attempts that do not fit are followed by one that does. */
export type Shape =
  | { readonly ok: true; readonly operations: readonly Operation[]; readonly after: RoleState; readonly dropsFuture: readonly string[] }
  | { readonly ok: false; why(): string }

type Place = 'in-place' | 'version' | 'inline' | 'own-policies'
/** The places that a draft has left, the current one first. */
type Places = Map<PolicyDraft, readonly Place[]>

/** Naming what stays is the tighter wording and comes first, unless the future shall stay. */
function wordingsFor({ future, group }: Shaping): readonly Wording[] {
  const forms: readonly RewriteForm[] = future?.everything === true ? ['except'] : ['list', 'except']
  const keepsFuture = (service: string): boolean => future !== undefined && (future.everything || future.services.has(service))
  return forms.map((form) => ({ form, keepsFuture, group }))
}

/** The first wording that fits. */
export function shapeStage(shaping: Shaping, state: RoleState, removed: ActionSet): Shape {
  let refused: Shape | null = null
  for (const wording of wordingsFor(shaping)) {
    const drafts = draftPolicies(shaping.universe, statePolicies(state, shaping.read), removed, wording)
    if (drafts.length === 0) break
    const shape = placeDrafts(shaping, state, drafts)
    if (shape.ok) return shape
    refused ??= shape
  }
  return refused ?? { ok: false, why: () => 'nothing to remove' }
}

function placeDrafts(shaping: Shaping, state: RoleState, drafts: readonly PolicyDraft[]): Shape {
  const places: Places = new Map(drafts.map((draft) => [draft, draft.isEmpty ? [] : placesFor(draft.policy, shaping.limits)]))
  for (;;) {
    const fit = fitInline(shaping, state, places)
    const moving = fit.tooLarge ?? drafts.find((draft) => places.get(draft)?.[0] === 'version' && !fitsAsVersion(shaping, draft)) ?? null
    if (moving === null) return assemble(shaping, state, { drafts, places, wildcards: fit.wildcards })
    const rest = places.get(moving)?.slice(1) ?? []
    if (rest.length === 0) return { ok: false, why: () => doesNotFit(shaping, state, moving) }
    places.set(moving, rest)
  }
}

/** The text of an inline policy gives its old place up. */
function doesNotFit({ limits }: Shaping, state: RoleState, draft: PolicyDraft): string {
  const given = draft.policy.kind === 'inline' ? policySize(draft.policy.text) : 0
  return tooLong(draft, limits, limits.inlineSumPerRole - inlineSize(state) + given)
}

function placesFor({ kind, arn, managed }: StatePolicy, limits: ShapeLimits): readonly Place[] {
  if (kind === 'inline') return ['in-place', 'own-policies']
  const alone = kind === 'managed' && managed !== null && managed.attachmentCount <= 1 && managed.boundaryUseCount === 0
  const roomForVersion = managed !== null && managed.versions.length < limits.versionsPerPolicy
  if (alone && roomForVersion && arn !== null) return ['version', 'inline', 'own-policies']
  return ['inline', 'own-policies']
}

/**
 * The wildcards with which all inline texts fit, and the text that must go elsewhere when they do not. Forks stand beside the
 * old texts until those shrink, so the old ones count whole while forks are added.
 */
function fitInline(
  { limits }: Shaping,
  state: RoleState,
  places: Places,
): { wildcards: ReadonlySet<PatternGroup>; tooLarge: PolicyDraft | null } {
  const at = (place: Place): PolicyDraft[] => [...places].filter(([, [first]]) => first === place).map(([draft]) => draft)
  const forks = at('inline')
  const rewritten = at('in-place')
  const standing = state.inline.reduce((sum, { text }) => sum + policySize(text), 0)
  const untouched = standing - rewritten.reduce((sum, { policy }) => sum + policySize(policy.text), 0)
  const limit = Math.max(limits.inlineSumPerRole, standing)

  const forForks = chooseWildcards(forks, limit - standing)
  const forkSize = sizeOf(forks, forForks)
  const roomInPlace = limit - untouched - forkSize
  const inPlace = chooseWildcards(rewritten, roomInPlace)
  const isOver = forkSize > limit - standing || sizeOf(rewritten, inPlace) > roomInPlace
  return { wildcards: new Set([...forForks, ...inPlace]), tooLarge: isOver ? largest(forks.length > 0 ? forks : rewritten) : null }
}

const sizeOf = (drafts: readonly PolicyDraft[], wildcards: ReadonlySet<PatternGroup>): number =>
  drafts.reduce((sum, draft) => sum + sizeWith(draft, wildcards), 0)

const largest = (drafts: readonly PolicyDraft[]): PolicyDraft | null => [...drafts].sort((a, b) => b.leastSize - a.leastSize)[0] ?? null

/** A version with the same text that is there already would be taken for the new one when the change is taken back. */
function fitsAsVersion({ limits }: Shaping, draft: PolicyDraft): boolean {
  if (draft.leastSize > limits.managedPolicySize) return false
  const written = writeDraft(draft, chooseWildcards([draft], limits.managedPolicySize))
  return !(draft.policy.managed?.versions.some(({ text }) => sameDocument(text, written)) ?? false)
}

type Fitted = { readonly drafts: readonly PolicyDraft[]; readonly places: Places; readonly wildcards: ReadonlySet<PatternGroup> }

function assemble(shaping: Shaping, state: RoleState, { drafts, places, wildcards }: Fitted): Shape {
  const { limits } = shaping
  const placed: Placed[] = []
  for (const draft of drafts) {
    const found = placeText(limits, draft, { place: places.get(draft)?.[0] ?? null, wildcards })
    if (found === null) return { ok: false, why: () => doesNotFit(shaping, state, draft) }
    placed.push(found)
  }
  const operations = placeOperations(state, shaping.takenNames, placed)
  const own = operations.filter(({ kind }) => kind === 'CreatePolicy').length
  const slots = state.attached.length + operations.filter(({ kind }) => kind === 'AttachRolePolicy').length
  if (own > limits.extraPolicies) return { ok: false, why: () => tooManyPolicies(limits, own) }
  if (own > 0 && slots > limits.attachedPerRole) return { ok: false, why: () => noSlot(limits, slots) }
  const ordered = [...operations.filter(isAdditive), ...operations.filter((operation) => !isAdditive(operation)).sort(shrinkingFirst)]
  return {
    ok: true,
    operations: ordered,
    after: applyOperations(state, ordered),
    dropsFuture: futureDropped(limits, { drafts, places, wildcards }),
  }
}

/** Policies of our own may use fewer wildcards than are counted here. */
function futureDropped({ managedPolicySize }: ShapeLimits, { drafts, places, wildcards }: Fitted): readonly string[] {
  const inline: readonly (Place | undefined)[] = ['in-place', 'inline']
  const dropped = drafts.flatMap((draft) =>
    draftDropsFuture(draft, inline.includes(places.get(draft)?.[0]) ? wildcards : chooseWildcards([draft], managedPolicySize)),
  )
  return [...new Set(dropped)].sort()
}

function placeText(
  limits: ShapeLimits,
  draft: PolicyDraft,
  { place, wildcards }: { place: Place | null; wildcards: Fitted['wildcards'] },
): Placed | null {
  const { policy } = draft
  switch (place) {
    case null:
      return { place: 'gone', policy }
    case 'own-policies': {
      const texts = ownTexts(limits, draft)
      return texts === null ? null : { place, policy, texts }
    }
    default: {
      const text = writeDraft(draft, place === 'version' ? chooseWildcards([draft], limits.managedPolicySize) : wildcards)
      return text === null ? null : { place, policy, text }
    }
  }
}

/** As few documents as can be, with as many literal names as these hold. */
function ownTexts({ managedPolicySize, extraPolicies }: ShapeLimits, draft: PolicyDraft): readonly string[] | null {
  const roomInNext = managedPolicySize - draft.frameSize - LONGEST_NAME
  const fewest = Math.max(1, Math.ceil(draft.leastSize / managedPolicySize))
  for (let count = fewest; count <= extraPolicies; count++) {
    const text = writeDraft(draft, chooseWildcards([draft], managedPolicySize + (count - 1) * Math.max(0, roomInNext)))
    const texts = text === null ? null : splitPolicy(text, managedPolicySize)
    if (texts !== null && texts.length <= count) return texts
  }
  return null
}

/** What a document may leave empty because the next name does not fit. */
const LONGEST_NAME = 80

/** Inline texts that grow wait for those that shrink: the sum must fit at each step. */
const growth = (operation: Operation): number =>
  operation.kind === 'PutRolePolicy' ? policySize(operation.after) - policySize(operation.before ?? '') : -1
const shrinkingFirst = (a: Operation, b: Operation): number => growth(a) - growth(b)
