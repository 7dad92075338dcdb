import type { Account } from '../account/account.ts'
import { isAwsManaged } from '../account/role-policies.ts'
import type { Arn } from '../policy/names.ts'
import { customerManaged } from './findings/customer-policies.ts'
import type { ReportRole } from './report-input.ts'
import { figuresOf, type RoleFigures } from './role-figures.ts'

export type RoleEntry = RoleFigures & {
  readonly roleName: string
  readonly arn: Arn
  readonly policies: readonly string[]
  readonly guards: readonly string[]
}

/** Everything that the account holds, by name. */
export type Inventory = {
  readonly users: readonly {
    readonly userName: string
    readonly arn: Arn
    readonly groups: readonly string[]
    readonly policies: readonly string[]
  }[]
  readonly groups: readonly {
    readonly groupName: string
    readonly arn: Arn
    readonly members: number
    readonly policies: readonly string[]
  }[]
  readonly roles: readonly RoleEntry[]
  readonly customerManagedPolicies: readonly {
    readonly policyName: string
    readonly arn: Arn
    readonly attachments: number
    readonly boundaryUses: number
    readonly versions: number
  }[]
  readonly awsManagedPolicies: readonly { readonly policyName: string; readonly arn: Arn; readonly attachments: number }[]
}

export function takeInventory(account: Account, roles: readonly ReportRole[]): Inventory {
  const attachments = countBy(
    [...account.users, ...account.groups, ...account.roles].flatMap(({ attached }) => attached.map(({ arn }) => arn)),
  )
  const boundaries = countBy([...account.users, ...account.roles].flatMap(({ boundary }) => boundary ?? []))
  const members = countBy(account.users.flatMap(({ groups }) => groups))
  const names = new Map(
    [...account.users, ...account.groups, ...account.roles].flatMap(({ attached }) => attached.map(({ arn, name }) => [arn, name])),
  )
  return {
    users: account.users
      .map((user) => ({ userName: user.userName, arn: user.arn, groups: user.groups, policies: policyNames(user) }))
      .toSorted(by(({ userName }) => userName)),
    groups: account.groups
      .map((group) => ({
        groupName: group.groupName,
        arn: group.arn,
        members: members.get(group.groupName) ?? 0,
        policies: policyNames(group),
      }))
      .toSorted(by(({ groupName }) => groupName)),
    roles: roles.map(roleEntry).toSorted((a, b) => b.riskScore - a.riskScore || (a.roleName < b.roleName ? -1 : 1)),
    customerManagedPolicies: customerManaged(account)
      .map(({ name, arn, attachmentCount, boundaryUseCount, versions }) => ({
        policyName: name,
        arn,
        attachments: attachmentCount ?? attachments.get(arn) ?? 0,
        boundaryUses: boundaryUseCount ?? boundaries.get(arn) ?? 0,
        versions: versions.length,
      }))
      .toSorted(by(({ policyName }) => policyName)),
    awsManagedPolicies: [...attachments]
      .filter(([arn]) => isAwsManaged(arn))
      .map(([arn, count]) => ({ policyName: names.get(arn) ?? arn, arn, attachments: count }))
      .toSorted((a, b) => b.attachments - a.attachments || (a.policyName < b.policyName ? -1 : 1)),
  }
}

const roleEntry = (found: ReportRole): RoleEntry => ({
  roleName: found.role.roleName,
  arn: found.role.arn,
  ...figuresOf(found),
  policies: policyNames(found.role),
  guards: found.guards,
})

type Holder = { readonly attached: readonly { readonly name: string }[]; readonly inline: readonly { readonly name: string }[] }

const policyNames = ({ attached, inline }: Holder): readonly string[] => [...attached, ...inline].map(({ name }) => name)

const by =
  <Entry>(name: (entry: Entry) => string) =>
  (a: Entry, b: Entry): number =>
    name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0

function countBy(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}
