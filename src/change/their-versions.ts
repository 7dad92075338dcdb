/**
 * Which versions of a policy are not ours: those that were listed when the change began. A version of theirs may have our very
 * text, and is neither taken for done nor deleted.
 */
import type { RoleState } from '../account/role-state.ts'
import type { Operation, VersionSwitch } from '../plan/operation.ts'
import type { Change } from './change.ts'

/** Marks what is listed before the first write, where nothing is marked yet. */
export const markTheirVersions = (before: RoleState, operations: readonly Operation[]): readonly Operation[] =>
  operations.map((operation) => {
    if (operation.kind !== 'CreatePolicyVersion' || operation.theirs !== undefined) return operation
    const versions = before.managed.find(({ arn }) => arn === operation.policyArn)?.versions ?? []
    return { ...operation, theirs: versions.map(({ versionId }) => versionId) }
  })

/** What a plan says of versions does not count. */
export const unmarked = (operations: readonly Operation[]): readonly Operation[] => operations.map(withoutMark)

/**
 * The operations that an undoing inverts, with what is known now of versions. Once ours is deleted, whatever has its text is
 * theirs; made again by an undone rollback, it is known by what was listed then.
 *
 * @param ofRole all changes of the role, newest first
 */
export const operationsToUndo = ({ operations }: Change, ofRole: readonly Change[]): readonly Operation[] =>
  operations.map(({ operation, outcome }) => {
    if (operation.kind === 'DeletePolicyVersion' && (outcome === 'done' || outcome === 'already-done')) return withoutMark(operation)
    return operation.kind === 'CreatePolicyVersion' ? (newestMaking(operation, ofRole) ?? operation) : operation
  })

const newestMaking = ({ policyArn, newText }: VersionSwitch, ofRole: readonly Change[]): Operation | undefined =>
  ofRole
    .flatMap(({ operations }) => operations.map(({ operation }) => operation))
    .find((other) => other.kind === 'CreatePolicyVersion' && other.policyArn === policyArn && other.newText === newText)

function withoutMark(operation: Operation): Operation {
  return 'theirs' in operation ? { ...operation, theirs: undefined } : operation
}
