import { createHash } from 'node:crypto'
import type { RoleState } from '../account/role-state.ts'
import { defaultText } from './role-state-policies.ts'

/**
 * Names the permission state that a stage starts from: identity, inline documents, attached documents, boundary. What a
 * scan cannot see (description, tags of policies) and what a stage cannot touch (trust) is left out.
 *
 * @returns SHA-256 in hex
 */
export function stateHash(state: RoleState): string {
  const inline = state.inline.map(({ name, text }) => [name, text]).sort(byFirst)
  const attached = state.attached
    .map(({ arn }) => {
      const managed = state.managed.find((policy) => policy.arn === arn)
      return [arn, managed === undefined ? '' : defaultText(managed)]
    })
    .sort(byFirst)
  return createHash('sha256')
    .update(JSON.stringify([state.arn, state.roleId, inline, attached, state.boundary]))
    .digest('hex')
}

const byFirst = ([a]: readonly string[], [b]: readonly string[]): number => ((a ?? '') < (b ?? '') ? -1 : 1)
