/**
 * The operations that put new texts in their places and take the old ones away, and the names of what they make.
 */
import { createHash } from 'node:crypto'
import { isOwnPolicy, OWN_POLICY_PATH } from '../account/role-policies.ts'
import type { RoleState } from '../account/role-state.ts'
import { type Arn, unreachable } from '../policy/names.ts'
import { sameName } from './apply-operation.ts'
import type { Operation } from './operation.ts'
import type { StatePolicy } from './role-state-policies.ts'

/** A policy and where its new text goes; `gone`: nothing of it stays. */
export type Placed =
  | { readonly place: 'gone'; readonly policy: StatePolicy }
  | { readonly place: 'in-place' | 'version' | 'inline'; readonly policy: StatePolicy; readonly text: string }
  | { readonly place: 'own-policies'; readonly policy: StatePolicy; readonly texts: readonly string[] }

/**
 * Operations for each policy in turn, unordered between policies.
 *
 * @param takenNames names of the account's customer managed policies, lower case
 */
export function placeOperations(state: RoleState, takenNames: ReadonlySet<string>, placed: readonly Placed[]): readonly Operation[] {
  const inlineNames = state.inline.map(({ name }) => name)
  const ownNames = new Set(state.managed.map(({ name }) => name.toLowerCase()))
  const isTaken = (name: string): boolean => ownNames.has(name.toLowerCase()) || takenNames.has(name.toLowerCase())
  const operationsFor = (found: Placed): Operation[] => {
    const { policy } = found
    switch (found.place) {
      case 'gone':
        return leave(policy)
      case 'in-place':
        return [{ kind: 'PutRolePolicy', policyName: policy.name, before: policy.text, after: found.text }]
      case 'inline': {
        const policyName = freeInlineName(state, policy, inlineNames)
        inlineNames.push(policyName)
        return [{ kind: 'PutRolePolicy', policyName, before: null, after: found.text }, ...leave(policy)]
      }
      case 'version':
        return newVersion(policy, found.text)
      case 'own-policies':
        return [
          ...found.texts.flatMap((document, at) => {
            const policyName = freePolicyName(state, isTaken, { policy, document, part: at + 1 })
            ownNames.add(policyName.toLowerCase())
            return ownPolicy(state, policyName, { policy, document })
          }),
          ...leave(policy),
        ]
      default:
        return unreachable(found)
    }
  }
  return placed.flatMap(operationsFor)
}

function newVersion({ arn, managed, text }: StatePolicy, newText: string): Operation[] {
  if (arn === null || managed === null) return []
  return [{ kind: 'CreatePolicyVersion', policyArn: arn, oldVersionId: managed.defaultVersionId, oldText: text, newText }]
}

/** How the old policy goes. */
function leave({ kind, name, arn, text }: StatePolicy): Operation[] {
  if (kind === 'inline') return [{ kind: 'DeleteRolePolicy', policyName: name, before: text }]
  return arn === null ? [] : [{ kind: 'DetachRolePolicy', policyName: name, policyArn: arn }]
}

type OwnText = { readonly policy: StatePolicy; readonly document: string }

function ownPolicy(state: RoleState, policyName: string, { policy, document }: OwnText): Operation[] {
  const policyArn = ownPolicyArn(state.arn, policyName)
  return [
    {
      kind: 'CreatePolicy',
      policyName,
      path: OWN_POLICY_PATH,
      policyArn,
      document,
      description: `${originalName(state, policy)} of role ${state.roleName}, tightened by zt-tui`,
      tags: [{ key: 'zt-tui:role', value: state.roleName }],
    },
    { kind: 'AttachRolePolicy', policyName, policyArn },
  ]
}

/** The ARN that a policy of ours for this role has, in the account of the role. */
export const ownPolicyArn = (roleArn: Arn, name: string): Arn => {
  const [, partition, , , accountId] = roleArn.split(':')
  return `arn:${partition}:iam::${accountId}:policy${OWN_POLICY_PATH}${name}`
}

const NAME_LIMIT = 128
const INLINE_MARK = 'zt-'
const HASH_LENGTH = 6
/** `-part-hash`, as `freePolicyName` ends names. */
const OWN_ENDING = /-\d+-[0-9a-f]{6}$/

/** The name before our earlier stages changed it, so that names do not grow from stage to stage. */
function originalName({ roleName }: RoleState, { name, arn }: StatePolicy): string {
  if (arn === null) return name.startsWith(INLINE_MARK) ? name.slice(INLINE_MARK.length).replace(/-\d$/, '') : name
  const isOurs = isOwnPolicy(arn) && name.startsWith(`${roleName}-`)
  return isOurs ? name.slice(roleName.length + 1).replace(OWN_ENDING, '') : name
}

function freeInlineName(state: RoleState, policy: StatePolicy, taken: readonly string[]): string {
  const base = `${INLINE_MARK}${originalName(state, policy)}`.slice(0, NAME_LIMIT - 4)
  let name = base
  for (let next = 2; taken.some((other) => sameName(other, name)); next++) name = `${base}-${next}`
  return name
}

/** Readable, and unlike any other: role, policy and a short hash of what it grants. */
function freePolicyName(
  state: RoleState,
  isTaken: (name: string) => boolean,
  { policy, document, part }: OwnText & { readonly part: number },
): string {
  const hash = createHash('sha256').update(`${state.roleId}\n${document}`).digest('hex')
  const base = `${state.roleName}-${originalName(state, policy)}`.slice(0, NAME_LIMIT - 16)
  const nameAt = (from: number): string => `${base}-${part}-${hash.slice(from, from + HASH_LENGTH)}`
  let from = 0
  while (isTaken(nameAt(from))) from++
  return nameAt(from)
}
