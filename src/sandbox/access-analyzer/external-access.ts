/**
 * Who outside the account can reach a resource, read from the resource's own policy, or the trust policy of a role:
 * one finding for each resource and outside principal.
 *
 *   bucket policy: Allow s3:GetObject to "*"                          →   public
 *   queue policy:  Allow sqs:* to arn:aws:iam::464622532012:root      →   that account
 *   the same, only where aws:SourceAccount is the own account         →   nothing
 */
import type { CallContext } from '../call-context.ts'
import { listOf } from '../iam/malformed-policy.ts'
import { principalsOf } from '../iam/principals.ts'
import { entityArn } from '../iam/shapes.ts'
import type { StoredAnalyzer } from '../state/analyzer-table.ts'
import { uuidFrom } from '../state/ids.ts'
import { resourcesIn, type StoredResource } from '../state/resource-table.ts'
import { rolesAfter } from '../state/role-table.ts'
import type { Found } from './analysis.ts'

export type ExternalAccess = {
  readonly kind: 'ExternalAccess'
  readonly principal: Readonly<Record<string, string>>
  readonly actions: readonly string[]
  /** Keys with one value, as findings show them. */
  readonly condition: Readonly<Record<string, string>>
  readonly isPublic: boolean
}

type Statement = Readonly<Record<string, unknown>>

/** Keys that tie a request to one account, whoever the principal is. */
const OWNER_KEYS =
  /^(aws:SourceAccount|aws:PrincipalAccount|aws:SourceOwner|kms:CallerAccount|lambda:FunctionUrlAuthType|aws:PrincipalOrgID)$/i

export function externalContents(analyzer: StoredAnalyzer, context: CallContext): ReadonlyMap<string, Found> {
  const found = new Map<string, Found>()
  for (const resource of externalResources(analyzer, context))
    for (const content of accessOf(resource, context.accountId)) {
      const key = `${JSON.stringify(content.principal)} ${content.actions.join()} ${JSON.stringify(content.condition)}`
      found.set(uuidFrom(`${analyzer.arn} ${resource.arn} ${key}`), {
        resource: resource.arn,
        resourceType: resource.type,
        since: analyzer.createdAt,
        content,
      })
    }
  return found
}

/** What has a policy that may let strangers in: the Region's resources, and all roles. */
export function externalResources({ region }: StoredAnalyzer, context: CallContext): readonly StoredResource[] {
  const roles = rolesAfter(context.database, { after: '', limit: -1 }).map((role): StoredResource => {
    const arn = entityArn(context, 'role', role.path, role.name)
    return { arn, type: 'AWS::IAM::Role', region, policy: role.trust }
  })
  return [...resourcesIn(context.database, region), ...roles]
}

function accessOf({ policy }: StoredResource, accountId: string): readonly ExternalAccess[] {
  return statementsOf(policy).flatMap((statement) => {
    if (statement.Effect !== 'Allow') return []
    const condition = conditionOf(statement.Condition)
    if (Object.entries(condition).some(([key, value]) => OWNER_KEYS.test(key) && (value === accountId || key.endsWith('OrgID')))) return []
    const outside = principalsOf(statement.Principal).filter(([kind, name]) => isOutside(kind, name, accountId))
    return outside.map(([kind, name]) => ({
      kind: 'ExternalAccess' as const,
      principal: { [kind]: accountOf(name) },
      actions: listOf(statement.Action ?? statement.NotAction).map(String),
      condition,
      isPublic: name === '*' && Object.keys(condition).length === 0,
    }))
  })
}

/** Services act for the account; everybody else outside it is a stranger. */
function isOutside(kind: string, name: string, accountId: string): boolean {
  if (kind === 'Service') return false
  if (kind === 'AWS') return !name.includes(accountId) && !/^A(RO|ID)A[A-Z0-9]+$/.test(name)
  return true
}

/** A whole account shows as its number. */
function accountOf(name: string): string {
  return /^arn:[\w-]+:iam::(\d{12}):root$/.exec(name)?.[1] ?? name
}

function conditionOf(condition: unknown): Readonly<Record<string, string>> {
  if (typeof condition !== 'object' || condition === null) return {}
  const tests = Object.values(condition).flatMap((keys) => Object.entries(Object(keys)))
  return Object.fromEntries(tests.map(([key, values]) => [key, listOf(values).map(String).join(',')]))
}

function statementsOf(text: string): readonly Statement[] {
  const document: unknown = JSON.parse(text)
  if (typeof document !== 'object' || document === null || !('Statement' in document)) return []
  return listOf(document.Statement).map((one) => Object.fromEntries(Object.entries(Object(one))))
}
