import { unreachable } from '../policy/names.ts'
import type { Operation, VersionSwitch } from './operation.ts'
import { isOverlay } from './overlay.ts'

/**
 * What takes a change back, in two halves: `restore` gives rights back, `tidy` removes what the change made. Between them the
 * role holds the union of both states, so it never has less than the one it is going to.
 */
export type Inverse = { readonly restore: readonly Operation[]; readonly tidy: readonly Operation[] }

/**
 * The inverses in reverse order, restoring ones first. Operations run additive first, so their reverse does too: this also
 * takes back a rollback.
 */
export function inverseOperations(operations: readonly Operation[]): Inverse {
  const inverses = [...operations].reverse().map(inverseOf)
  return { restore: inverses.flatMap(({ restore }) => restore), tidy: inverses.flatMap(({ tidy }) => tidy) }
}

const NOTHING: Inverse = { restore: [], tidy: [] }

function inverseOf(operation: Operation): Inverse {
  switch (operation.kind) {
    case 'PutRolePolicy':
      return inverseOfPut(operation)
    case 'DeleteRolePolicy':
      return { ...NOTHING, restore: [{ kind: 'PutRolePolicy', policyName: operation.policyName, before: null, after: operation.before }] }
    case 'AttachRolePolicy':
      return { ...NOTHING, tidy: [{ ...operation, kind: 'DetachRolePolicy' }] }
    case 'DetachRolePolicy':
      return { ...NOTHING, restore: [{ ...operation, kind: 'AttachRolePolicy' }] }
    case 'UpdateAssumeRolePolicy':
      return { ...NOTHING, restore: [{ ...operation, before: operation.after, after: operation.before }] }
    case 'CreatePolicy':
      return { ...NOTHING, tidy: [{ ...operation, kind: 'DeletePolicy' }] }
    case 'DeletePolicy':
      return { ...NOTHING, restore: [{ ...operation, kind: 'CreatePolicy' }] }
    case 'CreatePolicyVersion':
      return { restore: [{ ...operation, kind: 'SetDefaultPolicyVersion' }], tidy: [{ ...operation, kind: 'DeletePolicyVersion' }] }
    case 'DeletePolicyVersion':
      // Over a version of theirs, ours had no effect any more.
      return operation.over === undefined ? { ...NOTHING, restore: [{ ...operation, kind: 'CreatePolicyVersion' }] } : NOTHING
    case 'SetDefaultPolicyVersion':
      if (operation.over !== undefined) return { ...NOTHING, restore: [backToTheirs(operation, operation.over)] }
      // Always followed by the DeletePolicyVersion of the same pair, whose inverse makes the new version the default again.
      return NOTHING
    default:
      return unreachable(operation)
  }
}

const backToTheirs = (operation: VersionSwitch, { versionId, text }: NonNullable<VersionSwitch['over']>): Operation => ({
  kind: 'SetDefaultPolicyVersion',
  policyArn: operation.policyArn,
  oldVersionId: versionId,
  oldText: text,
  newText: operation.oldText,
})

/** Taking an overlay away gives rights back; taking any other new policy away only tidies. */
function inverseOfPut({ policyName, before, after }: Operation & { kind: 'PutRolePolicy' }): Inverse {
  if (before !== null) return { ...NOTHING, restore: [{ kind: 'PutRolePolicy', policyName, before: after, after: before }] }
  const half = isOverlay({ name: policyName, text: after }) ? 'restore' : 'tidy'
  return { ...NOTHING, [half]: [{ kind: 'DeleteRolePolicy', policyName, before: after }] }
}

/** Operations that only add: they come before all others, so that the role never has less than its target. */
export const isAdditive = (operation: Operation): boolean =>
  operation.kind === 'CreatePolicy' ||
  operation.kind === 'AttachRolePolicy' ||
  (operation.kind === 'PutRolePolicy' && operation.before === null)

/** Operations of a rollback's first half: what takes away comes in the second one, whatever it takes back. */
export const isRestoring = ({ kind }: Operation): boolean => !/^(Delete|Detach)/.test(kind)
