import type { Account } from '../account/account.ts'
import { isAwsManaged, isOwnPolicy } from '../account/role-policies.ts'
import type { RolePlan, SharedPolicy } from '../plan/plan.ts'

/** The account's own policies that a plan leaves to others: each gets a copy for this role alone, and the others keep the old one. */
export function sharedPolicies(account: Account, { roleName, stages }: Pick<RolePlan, 'roleName' | 'stages'>): readonly SharedPolicy[] {
  const left = stages.flatMap(({ operations }) =>
    operations.flatMap((operation) => (operation.kind === 'DetachRolePolicy' ? [operation.policyArn] : [])),
  )
  return [...new Set(left)]
    .filter((arn) => !isAwsManaged(arn) && !isOwnPolicy(arn))
    .flatMap((policyArn): SharedPolicy[] => {
      const holds = ({ attached }: { readonly attached: readonly { readonly arn: string }[] }): boolean =>
        attached.some(({ arn }) => arn === policyArn)
      const roles = account.roles.filter((role) => role.roleName !== roleName && holds(role)).map((role) => role.roleName)
      const users = account.users.filter(holds).map(({ userName }) => userName)
      const groups = account.groups.filter(holds).map(({ groupName }) => groupName)
      const policyName = account.policies.get(policyArn)?.name ?? policyArn
      return roles.length + users.length + groups.length === 0 ? [] : [{ policyName, policyArn, roles, users, groups }]
    })
}
