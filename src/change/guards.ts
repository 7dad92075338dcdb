/**
 * The roles that this program does not touch, and the moments at which it does not begin. A guard that can be overridden asks for
 * its name and a reason; the others hold whatever anybody says. Patterns and ids: semantics.md, Guards.
 */
import type { Role } from '../account/account.ts'
import type { PolicyDocument } from '../policy/document.ts'
import type { GuardLists } from '../ports/preferences.ts'
import { isInWindow } from './change-window.ts'
import { isDeployRole } from './deploy-role.ts'
import { iacSign } from './iac-owner.ts'
import { isNamedBy } from './name-pattern.ts'

export type GuardId =
  | 'service-linked'
  | 'identity-center'
  | 'caller-role'
  | 'caller-policy'
  | 'root-caller'
  | 'organization'
  | 'infrastructure'
  | 'break-glass'
  | 'deploy-role'
  | 'iac-owned'
  | 'protected-tag'
  | 'own-operator'
  | 'preferred'
  | 'change-window'
  | 'rehearsal'

export type GuardVerdict = { readonly id: GuardId; readonly reason: string; readonly overridable: boolean }

/** What the guards know of the caller; null where nobody is signed in (offline). */
export type GuardCaller = { readonly roleId: string | null; readonly roleName: string | null; readonly isRoot: boolean }

/** What is about to begin: known only when a change is near. */
export type Moment = {
  readonly now: Date
  /** A policy that the change edits and that the caller gets its rights through; null when there is none. */
  readonly callersPolicy: string | null
  /** Why the stage is not rehearsed; null when it is, or need not be. */
  readonly unrehearsed: string | null
}

export type GuardInput = {
  readonly role: Pick<Role, 'roleName' | 'roleId' | 'path' | 'trust' | 'tags'>
  readonly caller: GuardCaller | null
  readonly documents: readonly PolicyDocument[]
  /** What the admin has said about the account. */
  readonly lists: GuardLists
  /** Where an infrastructure state file holds the role; null when none does. */
  readonly heldBy: string | null
  readonly moment: Moment | null
}

type Guard = {
  readonly id: GuardId
  readonly overridable: boolean
  /** Why the guard refuses; null when it does not. */
  reason(input: GuardInput): string | null
}

const when =
  (applies: (input: GuardInput) => boolean, reason: string) =>
  (input: GuardInput): string | null =>
    applies(input) ? reason : null

const named = (reason: string, ...patterns: readonly RegExp[]) =>
  when(({ role }) => patterns.some((pattern) => pattern.test(role.roleName)), reason)

const GUARDS: readonly Guard[] = [
  {
    id: 'service-linked',
    overridable: false,
    reason: when(({ role }) => role.path.startsWith('/aws-service-role/'), 'AWS owns this service-linked role'),
  },
  {
    id: 'identity-center',
    overridable: false,
    reason: when(
      ({ role }) => role.path.startsWith('/aws-reserved/') || role.roleName.startsWith('AWSReservedSSO_'),
      'IAM Identity Center owns this role: change its permission set',
    ),
  },
  {
    id: 'caller-role',
    overridable: false,
    reason: when(
      ({ role, caller }) =>
        caller !== null &&
        (caller.roleId === null ? caller.roleName?.toLowerCase() === role.roleName.toLowerCase() : caller.roleId === role.roleId),
      'you are signed in with this role',
    ),
  },
  {
    id: 'caller-policy',
    overridable: false,
    reason: ({ moment }) =>
      moment?.callersPolicy == null ? null : `you get your own rights through ${moment.callersPolicy}, which this would edit`,
  },
  {
    id: 'root-caller',
    overridable: false,
    reason: when(({ caller }) => caller?.isRoot === true, 'you are signed in as root: sign in as an admin instead'),
  },
  {
    id: 'organization',
    overridable: true,
    reason: named(
      'the organization reaches the account through this role',
      /^OrganizationAccountAccessRole$/,
      /^AWSControlTower/,
      /^aws-controltower-/,
      /^AWSAFT/,
      /^AWSAccelerator/,
    ),
  },
  {
    id: 'infrastructure',
    overridable: true,
    reason: named('infrastructure tools deploy through this role', /^stacksets-exec-/, /^AWSCloudFormationStackSet/, /^cdk-/),
  },
  {
    id: 'break-glass',
    overridable: true,
    reason: named('its name says that it is for emergencies', /break-?_?glass/i, /emergency/i, /fire-?_?call/i),
  },
  {
    id: 'deploy-role',
    overridable: true,
    reason: when(({ role, documents }) => isDeployRole(role, documents), 'a CI provider or IaC tool deploys with it and writes IAM'),
  },
  {
    id: 'iac-owned',
    overridable: true,
    reason({ role, heldBy }) {
      const sign = heldBy ?? iacSign(role)
      return sign === null ? null : `infrastructure code owns it (${sign}): change it there, or the next deploy puts everything back`
    },
  },
  {
    id: 'protected-tag',
    overridable: true,
    reason: when(
      ({ role }) => role.tags.some(({ key, value }) => key.toLowerCase() === 'zt-tui:protected' && value.toLowerCase() !== 'false'),
      'it carries the tag zt-tui:protected',
    ),
  },
  { id: 'own-operator', overridable: true, reason: named('zt-tui itself works with this role', /^zt-tui-(operator|read-?only)/i) },
  {
    id: 'preferred',
    overridable: true,
    reason: when(({ role, lists }) => isNamedBy(role.roleName, lists.protectedRoles), 'your preferences protect it'),
  },
  {
    id: 'change-window',
    overridable: true,
    reason: when(
      ({ lists: { changeWindows }, moment }) =>
        moment !== null && changeWindows.length > 0 && !changeWindows.some((window) => isInWindow(window, moment.now)),
      'your preferences have no change window now',
    ),
  },
  { id: 'rehearsal', overridable: true, reason: ({ moment }) => moment?.unrehearsed ?? null },
]

/** Every guard that would refuse a change of this role; none means that the role may be changed. */
export function guardsOf(input: GuardInput): readonly GuardVerdict[] {
  return GUARDS.flatMap(({ id, overridable, reason }) => {
    const why = reason(input)
    return why === null ? [] : [{ id, reason: why, overridable }]
  })
}
