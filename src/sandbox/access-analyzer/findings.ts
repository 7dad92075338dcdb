import type { CallContext } from '../call-context.ts'
import type { UnusedService } from '../observation/unused-access.ts'
import type { Use } from '../observation/usage.ts'
import { invalid, optionalText, page, requiredText } from '../protocol/json-params.ts'
import type { JsonParams, RestOperation } from '../protocol/rest-json.ts'
import { setFindingStatus } from '../state/finding-table.ts'
import { analysisOf, type Finding, type FindingContent } from './analysis.ts'
import { analyzerAsked, notFound } from './analyzers.ts'
import type { ExternalAccess } from './external-access.ts'
import { matchesFilter, readFilter } from './finding-filter.ts'

export const findingOperations: readonly RestOperation[] = [
  {
    name: 'ListFindingsV2',
    method: 'POST',
    path: '/findingv2',
    effect: 'job',
    run(params, context) {
      return listed(params, context, 'ListFindingsV2', (finding) => summaryOf(finding, context))
    },
  },
  {
    name: 'GetFindingV2',
    method: 'GET',
    path: '/findingv2/{id}',
    effect: 'job',
    run(params, context) {
      const finding = findingAsked(params, context)
      const { shown, next } = page(finding.content === null ? [] : detailsOf(finding.content), params, `GetFindingV2 ${finding.id}`, 100)
      return { ...summaryOf(finding, context), findingDetails: shown, ...next }
    },
  },
  {
    name: 'ListFindings',
    method: 'POST',
    path: '/finding',
    effect: 'job',
    run(params, context) {
      refuseUnusedAccess(params, context)
      return listed(params, context, 'ListFindings', (finding) => firstGeneration(finding, context))
    },
  },
  {
    name: 'GetFinding',
    method: 'GET',
    path: '/finding/{id}',
    effect: 'job',
    run(params, context) {
      refuseUnusedAccess(params, context)
      return { finding: firstGeneration(findingAsked(params, context), context) }
    },
  },
  {
    name: 'UpdateFindings',
    method: 'PUT',
    path: '/finding',
    effect: 'write',
    run(params, context) {
      const status = requiredText(params, 'status')
      if (status !== 'ACTIVE' && status !== 'ARCHIVED') throw invalid(`status ${status} is not valid`)
      const findings = analysisOf(analyzerAsked(params, context), context)
      const ids: readonly unknown[] = Array.isArray(params.ids) ? params.ids : []
      const arn = optionalText(params, 'resourceArn')
      if (ids.length === 0 && arn === null) throw invalid('ids or resourceArn must be given')
      for (const { id, resource, status: before } of findings.values())
        if ((ids.includes(id) || resource === arn) && before !== 'RESOLVED') setFindingStatus(context.database, id, status, context.now)
      return {}
    },
  },
]

export function findingAsked(params: JsonParams, context: CallContext): Finding {
  const id = requiredText(params, 'id')
  const finding = analysisOf(analyzerAsked(params, context), context).get(id)
  if (finding === undefined) throw notFound(id)
  return finding
}

type Summary = Readonly<Record<string, unknown>>

function listed(params: JsonParams, context: CallContext, operation: string, summarize: (finding: Finding) => Summary) {
  const analyzer = analyzerAsked(params, context)
  const filter = readFilter(params.filter)
  const found = [...analysisOf(analyzer, context).values()]
    .filter((finding) => matchesFilter(summaryOf(finding, context), filter))
    .map(summarize)
  const { shown, next } = page(sortedAs(params.sort, found), params, `${operation} ${analyzer.arn} ${JSON.stringify(filter)}`, 100)
  return { findings: shown, ...next }
}

/** The first generation of the API knows external access only. */
function refuseUnusedAccess(params: JsonParams, context: CallContext): void {
  if (analyzerAsked(params, context).type === 'ACCOUNT_UNUSED_ACCESS')
    throw invalid('The analyzer type is not supported by this operation: use the second generation of the API')
}

function summaryOf(finding: Finding, { accountId }: CallContext): Summary {
  const { id, resource, resourceType, type, status, createdAt, analyzedAt, updatedAt } = finding
  return { id, resource, resourceType, resourceOwnerAccount: accountId, findingType: type, status, createdAt, analyzedAt, updatedAt }
}

function firstGeneration(finding: Finding, context: CallContext): Summary {
  const { findingType: _, ...summary } = summaryOf(finding, context)
  const details = finding.content?.kind === 'ExternalAccess' ? externalDetails(finding.content) : { condition: {} }
  return { ...summary, ...details }
}

function detailsOf(content: FindingContent): readonly unknown[] {
  switch (content.kind) {
    case 'ExternalAccess':
      return [{ externalAccessDetails: externalDetails(content) }]
    case 'UnusedIAMRole':
      return [{ unusedIamRoleDetails: lastAccessed(content.lastUse) }]
    case 'UnusedIAMUserPassword':
      return [{ unusedIamUserPasswordDetails: lastAccessedAt(content.lastUsed) }]
    case 'UnusedIAMUserAccessKey':
      return [{ unusedIamUserAccessKeyDetails: { accessKeyId: content.accessKeyId, ...lastAccessedAt(content.lastUsed) } }]
    case 'UnusedPermission':
      return permissionDetails(content.services)
  }
}

/** One element per service. A service without any use has no `actions`. */
function permissionDetails(services: readonly UnusedService[]): readonly unknown[] {
  return services.map(({ service, lastUse, actions }) => {
    const named = actions === null ? {} : { actions: actions.map((action) => ({ action: action.name, ...lastAccessed(action.lastUse) })) }
    return { unusedPermissionDetails: { serviceNamespace: service, ...named, ...lastAccessed(lastUse) } }
  })
}

function externalDetails({ actions, condition, isPublic, principal }: ExternalAccess) {
  return { action: actions, condition, isPublic, principal, sources: [{ type: 'POLICY' }] }
}

function lastAccessed(use: Use | null): { readonly lastAccessed?: string } {
  return lastAccessedAt(use?.at ?? null)
}

function lastAccessedAt(at: string | null): { readonly lastAccessed?: string } {
  return at === null ? {} : { lastAccessed: at }
}

function sortedAs(sort: unknown, found: readonly Summary[]): readonly Summary[] {
  const order = typeof sort === 'object' && sort !== null ? Object.fromEntries(Object.entries(sort)) : {}
  const attribute = optionalText(order, 'attributeName')
  const descending = optionalText(order, 'orderBy') === 'DESC'
  const key = (summary: Summary): string => String(summary[attribute ?? 'resource'] ?? '')
  if (attribute !== null && found.some((summary) => !(attribute in summary))) throw invalid(`Cannot sort by ${attribute}`)
  return found.toSorted((a, b) => (key(a) < key(b) ? -1 : 1) * (descending ? -1 : 1))
}
