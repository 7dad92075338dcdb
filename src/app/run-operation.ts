/**
 * Carries one operation out: look, write, read back. What is written is decided by what is seen, never by what should have
 * happened, so the same room serves a first run, a retry after a lost answer and a resume after a crash.
 */
import type { ManagedPolicyState } from '../account/role-state.ts'
import { hasVersion, isInUse, type Seen, type Standing, sightFor, spareVersion, standingOf } from '../change/standing.ts'
import type { Operation, OwnPolicy, VersionSwitch } from '../plan/operation.ts'
import { unreachable } from '../policy/names.ts'
import type { LiveReader, RoleWriter } from '../ports/aws.ts'
import { AwsFailure } from '../ports/aws-failure.ts'
import type { Clock } from '../ports/clock.ts'

export type Hands = { readonly live: LiveReader; readonly writer: RoleWriter; readonly clock: Clock }

export type Carried =
  | { readonly kind: 'done' }
  | { readonly kind: 'already-done' }
  /** The live account is neither what the operation starts from nor what it leads to. */
  | { readonly kind: 'drift' }
  /** Somebody deleted the role and made another one of its name. */
  | { readonly kind: 'another-role' }
  /** A policy of ours that somebody else uses now: it stays. */
  | { readonly kind: 'orphan-kept' }
  | { readonly kind: 'failed'; readonly failure: AwsFailure }

/** Throttling, 5xx and lost answers: tried this often, with doubling pauses. */
const ATTEMPTS = 12
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 4_000
/** Reads may lag behind a write for this long. */
const READ_BACK_MS = 30_000
const READ_BACK_PAUSE_MS = 500
/** How long a write without an answer may take to show. */
const UNANSWERED_MS = 10_000

const PASSING_CODES: ReadonlySet<string> = new Set(['ConcurrentModification', 'EntityTemporarilyUnmodifiable'])
/** Codes that mean that the work may be done already: look again. */
const LOOK_AGAIN: Partial<Record<Operation['kind'], string>> = {
  DetachRolePolicy: 'NoSuchEntity',
  DeleteRolePolicy: 'NoSuchEntity',
  DeletePolicy: 'NoSuchEntity',
  DeletePolicyVersion: 'NoSuchEntity',
  CreatePolicy: 'EntityAlreadyExists',
  // The spare version that was seen is gone.
  CreatePolicyVersion: 'NoSuchEntity',
}

export type OperationRun = {
  readonly roleName: string
  readonly roleId: string
  readonly changeId: string
  readonly operation: Operation
  /** Whether the role was last seen long ago: then it is looked at again before the first write too. */
  readonly isRoleDoubted?: boolean | undefined
  /** What a dead process may have changed an instant ago: where it looks like this, it is looked at again before it counts. */
  readonly doubted?: Standing | undefined
  /** Told before each wait that AWS asks for, in ms. */
  readonly onThrottled?: ((ms: number) => void) | undefined
}

export async function runOperation(hands: Hands, run: OperationRun): Promise<Carried> {
  const { roleName, changeId, operation, doubted, onThrottled } = run
  let wrote = false
  let failure: AwsFailure | null = null
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const mayBeAnother = attempt > 0 || run.isRoleDoubted === true
    if (mayBeAnother && (await hands.live.roleId(roleName)) !== run.roleId) return { kind: 'another-role' }
    const seen = await lookPatiently(hands, roleName, operation, attempt === 0 ? doubted : undefined)
    const standing = standingOf(operation, seen)
    if (standing === 'after') return { kind: wrote ? 'done' : 'already-done' }
    if (standing === 'other') return isUsedElsewhere(operation, seen) ? { kind: 'orphan-kept' } : { kind: 'drift' }
    try {
      await write(hands.writer, roleName, changeId, operation, seen)
      return await readBack(hands, roleName, operation, READ_BACK_MS)
    } catch (error) {
      if (!(error instanceof AwsFailure)) throw error
      failure = error
      if (!mayPass(error, operation)) return { kind: 'failed', failure }
      if (error.kind === 'unknown-outcome') {
        wrote = true
        const shown = await readBack(hands, roleName, operation, UNANSWERED_MS)
        if (shown.kind !== 'failed') return shown
      } else {
        const pause = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS)
        if (error.kind === 'throttled') onThrottled?.(pause)
        await hands.clock.sleep(pause)
      }
    }
  }
  return { kind: 'failed', failure: failure ?? notShown(operation) }
}

const mayPass = (failure: AwsFailure, operation: Operation): boolean =>
  failure.kind === 'throttled' ||
  failure.kind === 'unavailable' ||
  failure.kind === 'unknown-outcome' ||
  PASSING_CODES.has(failure.code) ||
  LOOK_AGAIN[operation.kind] === failure.code

/**
 * Managed policies are touched by several operations of one change, and a read may lag behind the one before. So what looks
 * like somebody else's doing is looked at again before it counts.
 */
async function lookPatiently({ live, clock }: Hands, roleName: string, operation: Operation, doubted?: Standing): Promise<Seen> {
  const until = clock.now().getTime() + UNANSWERED_MS
  for (;;) {
    const seen = await look(live, roleName, operation)
    const standing = standingOf(operation, seen)
    const isDoubtful = standing === doubted || (seen.kind === 'managed' && standing === 'other')
    if (!isDoubtful || clock.now().getTime() >= until) return seen
    await clock.sleep(READ_BACK_PAUSE_MS)
  }
}

/** Success is what a read shows, never what a write answered. */
async function readBack({ live, clock }: Hands, roleName: string, operation: Operation, patience: number): Promise<Carried> {
  const until = clock.now().getTime() + patience
  for (;;) {
    const standing = standingOf(operation, await look(live, roleName, operation))
    if (standing === 'after') return { kind: 'done' }
    if (standing === 'other') return { kind: 'drift' }
    if (clock.now().getTime() >= until) return { kind: 'failed', failure: notShown(operation) }
    await clock.sleep(READ_BACK_PAUSE_MS)
  }
}

const notShown = ({ kind }: Operation): AwsFailure =>
  new AwsFailure({ kind: 'unknown-outcome', code: '', operation: kind, message: `${kind}: its effect does not show when read back` })

const isUsedElsewhere = (operation: Operation, seen: Seen): boolean =>
  operation.kind === 'DeletePolicy' && seen.kind === 'managed' && seen.policy !== null && isInUse(seen.policy)

export async function look(live: LiveReader, roleName: string, operation: Operation): Promise<Seen> {
  const sight = sightFor(operation)
  switch (sight.kind) {
    case 'inline':
      return { kind: 'inline', policy: await live.inlinePolicy(roleName, sight.policyName) }
    case 'attached':
      return { kind: 'attached', policies: (await live.attachedPolicies(roleName)) ?? [] }
    case 'managed':
      return { kind: 'managed', policy: await live.managedPolicy(sight.policyArn) }
    case 'trust':
      return { kind: 'trust', text: await live.trustPolicy(roleName) }
    default:
      return unreachable(sight)
  }
}

async function write(writer: RoleWriter, roleName: string, changeId: string, operation: Operation, seen: Seen): Promise<void> {
  const managed = seen.kind === 'managed' ? seen.policy : null
  switch (operation.kind) {
    case 'PutRolePolicy':
      return writer.putRolePolicy(roleName, operation.policyName, operation.after)
    case 'DeleteRolePolicy':
      return writer.deleteRolePolicy(roleName, operation.policyName)
    case 'AttachRolePolicy':
      return writer.attachRolePolicy(roleName, operation.policyArn)
    case 'DetachRolePolicy':
      return writer.detachRolePolicy(roleName, operation.policyArn)
    case 'UpdateAssumeRolePolicy':
      return writer.updateAssumeRolePolicy(roleName, operation.after)
    case 'CreatePolicy':
      return createPolicy(writer, changeId, operation)
    case 'DeletePolicy':
      return deletePolicy(writer, operation, managed)
    case 'CreatePolicyVersion':
      return createVersion(writer, operation, managed)
    case 'SetDefaultPolicyVersion':
      return restoreVersion(writer, operation, managed)
    case 'DeletePolicyVersion':
      return deleteVersion(writer, operation, managed)
    default:
      return unreachable(operation)
  }
}

async function createPolicy(
  writer: RoleWriter,
  changeId: string,
  { policyName: name, path, document, description, tags }: OwnPolicy,
): Promise<void> {
  await writer.createPolicy({ name, path, document, description, tags: [...tags, { key: 'zt-tui:change', value: changeId }] })
}

/** IAM deletes a policy only when its default version is the last one. */
async function deletePolicy(writer: RoleWriter, { policyArn }: OwnPolicy, managed: ManagedPolicyState | null): Promise<void> {
  for (const { versionId, isDefault } of managed?.versions ?? []) if (!isDefault) await writer.deletePolicyVersion(policyArn, versionId)
  await writer.deletePolicy(policyArn)
}

/** A version with this text may be left from an interrupted rollback: then it only becomes the default again. */
async function createVersion(writer: RoleWriter, version: VersionSwitch, managed: ManagedPolicyState | null): Promise<void> {
  const spare = managed === null ? null : spareVersion(managed, version)
  if (spare === null) await writer.createPolicyVersion(version.policyArn, version.newText)
  else await writer.setDefaultPolicyVersion(version.policyArn, spare)
}

/** Somebody may have deleted the old version: then its text is written again. */
async function restoreVersion(writer: RoleWriter, version: VersionSwitch, managed: ManagedPolicyState | null): Promise<void> {
  const { policyArn, oldVersionId, oldText } = version
  if (managed !== null && !hasVersion(managed, oldVersionId)) await writer.createPolicyVersion(policyArn, oldText)
  else await writer.setDefaultPolicyVersion(policyArn, oldVersionId)
}

async function deleteVersion(writer: RoleWriter, version: VersionSwitch, managed: ManagedPolicyState | null): Promise<void> {
  const spare = managed === null ? null : spareVersion(managed, version)
  if (spare !== null) await writer.deletePolicyVersion(version.policyArn, spare)
}
