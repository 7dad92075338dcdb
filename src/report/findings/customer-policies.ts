import type { Account, ManagedPolicy } from '../../account/account.ts'
import { isAwsManaged } from '../../account/role-policies.ts'
import { hasIndex, indexesOf } from '../../policy/action-set.ts'
import type { PolicyDocument, Statement } from '../../policy/document.ts'
import { allowedActions } from '../../policy/grants.ts'
import type { ActionName, Arn } from '../../policy/names.ts'
import type { Universe } from '../../policy/universe.ts'
import type { ReportRole } from '../report-input.ts'

/** A customer managed policy that several roles share and that gives more than they need. */
export type SharedPolicy = {
  readonly policyName: string
  readonly arn: Arn
  readonly roles: readonly string[]
  /** It gives all actions of a service on every resource. */
  readonly isWide: boolean
  readonly grantedActions: number
  /** Actions that none of the roles used. */
  readonly unusedByAll: readonly ActionName[]
}

export type UnattachedPolicy = { readonly policyName: string; readonly arn: Arn }

const isCustomerManaged = ({ arn }: ManagedPolicy): boolean => !isAwsManaged(arn)

export const customerManaged = (account: Account): readonly ManagedPolicy[] => [...account.policies.values()].filter(isCustomerManaged)

/** Attached to nobody and nobody's boundary. What the account does not count is counted here. */
export function findUnattached(account: Account): readonly UnattachedPolicy[] {
  const principals = [...account.roles, ...account.users]
  const used = new Set([
    ...[...principals, ...account.groups].flatMap(({ attached }) => attached.map(({ arn }) => arn)),
    ...principals.flatMap(({ boundary }) => boundary ?? []),
  ])
  return customerManaged(account)
    .filter(({ arn, attachmentCount, boundaryUseCount }) => !used.has(arn) && (attachmentCount ?? 0) === 0 && (boundaryUseCount ?? 0) === 0)
    .map(({ name, arn }) => ({ policyName: name, arn }))
    .toSorted((a, b) => (a.policyName < b.policyName ? -1 : 1))
}

/** Most roles first. */
export function findSharedPolicies(universe: Universe, roles: readonly ReportRole[]): readonly SharedPolicy[] {
  const holders = Map.groupBy(
    roles.filter(({ isAwsOwned }) => !isAwsOwned).flatMap((role) => role.policies.map((policy) => ({ role, policy }))),
    ({ policy }) => (policy.kind === 'managed' ? policy.arn : null),
  )
  return [...holders]
    .flatMap(([arn, held]) => {
      const first = held[0]
      if (arn === null || first === undefined || held.length < 2 || !first.policy.parsed.ok) return []
      const { document } = first.policy.parsed
      const granted = indexesOf(allowedActions(universe, [document]))
      const unusedByAll = granted.filter((index) => held.every(({ role }) => hasIndex(role.judgement.unused, index)))
      return {
        policyName: first.policy.name,
        arn,
        roles: held.map(({ role }) => role.role.roleName).sort(),
        isWide: isWide(document),
        grantedActions: granted.length,
        unusedByAll: unusedByAll.map((index) => universe.names[index] ?? ''),
      }
    })
    .filter(({ isWide: wide, unusedByAll }) => wide || unusedByAll.length > 0)
    .toSorted((a, b) => Number(b.isWide) - Number(a.isWide) || b.roles.length - a.roles.length || (a.policyName < b.policyName ? -1 : 1))
}

const isWide = ({ statements }: PolicyDocument): boolean => statements.some(isWideStatement)

function isWideStatement({ effect, actions, resources, condition }: Statement): boolean {
  if (effect !== 'Allow' || condition !== null) return false
  const everywhere = resources.kind === 'NotResource' || resources.patterns.includes('*')
  return everywhere && (actions.kind === 'NotAction' || actions.patterns.some((pattern) => pattern === '*' || pattern.endsWith(':*')))
}
