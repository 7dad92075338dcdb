/**
 * The roles that this program does not touch. A guard that can be overridden asks for its name and a reason; the others hold
 * whatever anybody says. Patterns and ids: semantics.md, Guards.
 */
import type { Role, Tag } from '../account/account.ts'
import { readTrust } from '../account/trust.ts'
import type { PolicyDocument } from '../policy/document.ts'

export type GuardId =
  | 'service-linked'
  | 'identity-center'
  | 'caller-role'
  | 'root-caller'
  | 'organization'
  | 'infrastructure'
  | 'break-glass'
  | 'deploy-role'
  | 'iac-owned'
  | 'protected-tag'
  | 'own-operator'

export type GuardVerdict = { readonly id: GuardId; readonly reason: string; readonly overridable: boolean }

/** What the guards know of the caller; null where nobody is signed in (offline). */
export type GuardCaller = { readonly roleId: string | null; readonly roleName: string | null; readonly isRoot: boolean }

export type GuardInput = {
  readonly role: Pick<Role, 'roleName' | 'roleId' | 'path' | 'trust' | 'tags'>
  readonly caller: GuardCaller | null
  readonly documents: readonly PolicyDocument[]
}

type Guard = {
  readonly id: GuardId
  readonly overridable: boolean
  readonly reason: string
  applies(input: GuardInput): boolean
}

const named =
  (...patterns: readonly RegExp[]) =>
  ({ role }: GuardInput): boolean =>
    patterns.some((pattern) => pattern.test(role.roleName))

const GUARDS: readonly Guard[] = [
  {
    id: 'service-linked',
    overridable: false,
    reason: 'AWS owns this service-linked role',
    applies: ({ role }) => role.path.startsWith('/aws-service-role/'),
  },
  {
    id: 'identity-center',
    overridable: false,
    reason: 'IAM Identity Center owns this role: change its permission set',
    applies: ({ role }) => role.path.startsWith('/aws-reserved/') || role.roleName.startsWith('AWSReservedSSO_'),
  },
  {
    id: 'caller-role',
    overridable: false,
    reason: 'you are signed in with this role',
    applies: ({ role, caller }) =>
      caller !== null &&
      (caller.roleId === null ? caller.roleName?.toLowerCase() === role.roleName.toLowerCase() : caller.roleId === role.roleId),
  },
  {
    id: 'root-caller',
    overridable: false,
    reason: 'you are signed in as root: sign in as an admin instead',
    applies: ({ caller }) => caller?.isRoot === true,
  },
  {
    id: 'organization',
    overridable: true,
    reason: 'the organization reaches the account through this role',
    applies: named(/^OrganizationAccountAccessRole$/, /^AWSControlTower/, /^aws-controltower-/, /^AWSAFT/, /^AWSAccelerator/),
  },
  {
    id: 'infrastructure',
    overridable: true,
    reason: 'infrastructure tools deploy through this role',
    applies: named(/^stacksets-exec-/, /^AWSCloudFormationStackSet/, /^cdk-/),
  },
  {
    id: 'break-glass',
    overridable: true,
    reason: 'its name says that it is for emergencies',
    applies: named(/break-?_?glass/i, /emergency/i, /fire-?_?call/i),
  },
  { id: 'deploy-role', overridable: true, reason: 'a CI provider or IaC tool deploys with it and writes IAM', applies: isDeployRole },
  {
    id: 'iac-owned',
    overridable: true,
    reason: 'CloudFormation, CDK or Terraform owns it: change it there, or the next deploy puts everything back',
    applies: ({ role }) => role.tags.some(isIacTag),
  },
  {
    id: 'protected-tag',
    overridable: true,
    reason: 'it carries the tag zt-tui:protected',
    applies: ({ role }) => role.tags.some(({ key, value }) => key.toLowerCase() === 'zt-tui:protected' && value.toLowerCase() !== 'false'),
  },
  { id: 'own-operator', overridable: true, reason: 'zt-tui itself works with this role', applies: named(/^zt-tui-(operator|read-?only)/i) },
]

/** Every guard that would refuse a change of this role; none means that the role may be changed. */
export function guardsOf(input: GuardInput): readonly GuardVerdict[] {
  return GUARDS.filter((guard) => guard.applies(input)).map(({ id, reason, overridable }) => ({ id, reason, overridable }))
}

/** Tags that the tools set themselves, and the custom by which people mark what Terraform owns. */
const isIacTag = ({ key, value }: Tag): boolean =>
  /^aws:(cloudformation|cdk):/i.test(key) ||
  (/^(managed|created|provisioned)[-_]?by$/i.test(key) && /terraform|cloudformation|pulumi|cdk/i.test(value))

const CI_PROVIDERS = /token\.actions\.githubusercontent\.com|gitlab|bitbucket|circleci|app\.terraform\.io|buildkite/i
const IAC_SERVICES = new Set(['cloudformation.amazonaws.com'])

function isDeployRole({ role, documents }: GuardInput): boolean {
  const deploys = readTrust(role.trust).principals.some(
    ({ kind, who }) => (kind === 'web-identity' && CI_PROVIDERS.test(who)) || (kind === 'service' && IAC_SERVICES.has(who)),
  )
  return deploys && documents.some(writesIam)
}

/** Any grant on IAM beyond reading it. */
function writesIam({ statements }: PolicyDocument): boolean {
  return statements.some(
    ({ effect, actions }) =>
      effect === 'Allow' &&
      (actions.kind === 'NotAction'
        ? !actions.patterns.some((pattern) => /^(\*|iam:\*)$/i.test(pattern))
        : actions.patterns.some((pattern) => /^(\*$|iam:)/i.test(pattern) && !/^iam:(Get|List|PassRole)/i.test(pattern))),
  )
}
