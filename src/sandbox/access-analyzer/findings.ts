import type { CallContext } from '../call-context.ts'
import type { UnusedAccess } from '../observation/unused-access.ts'
import type { Use } from '../observation/usage.ts'
import { invalid, optionalText, page, requiredText } from '../protocol/json-params.ts'
import type { RestOperation } from '../protocol/rest-json.ts'
import { analysisOf, type Finding } from './analysis.ts'
import { analyzerAsked, notFound } from './analyzers.ts'
import { matchesFilter, readFilter } from './finding-filter.ts'

export const findingOperations: readonly RestOperation[] = [
  {
    name: 'ListFindingsV2',
    method: 'POST',
    path: '/findingv2',
    effect: 'job',
    run(params, context) {
      const analyzer = analyzerAsked(params, context)
      const filter = readFilter(params.filter)
      const found = [...analysisOf(analyzer, context).values()]
        .map((finding) => summaryOf(finding, context))
        .filter((summary) => matchesFilter(summary, filter))
      const sorted = sortedAs(params.sort, found)
      const { shown, next } = page(sorted, params, `ListFindingsV2 ${analyzer.arn} ${JSON.stringify(filter)}`, 100)
      return { findings: shown, ...next }
    },
  },
  {
    name: 'GetFindingV2',
    method: 'GET',
    path: '/findingv2/{id}',
    effect: 'job',
    run(params, context) {
      const id = requiredText(params, 'id')
      const finding = analysisOf(analyzerAsked(params, context), context).get(id)
      if (finding === undefined) throw notFound(id)
      const { shown, next } = page(finding.content === null ? [] : detailsOf(finding.content), params, `GetFindingV2 ${id}`, 100)
      return { ...summaryOf(finding, context), findingDetails: shown, ...next }
    },
  },
]

function summaryOf(finding: Finding, { accountId }: CallContext) {
  const { id, resource, type, status, createdAt, analyzedAt, updatedAt } = finding
  const about = { resource, resourceType: 'AWS::IAM::Role', resourceOwnerAccount: accountId }
  return { id, ...about, findingType: type, status, createdAt, analyzedAt, updatedAt }
}

/** One element per service. A service without any use has no `actions`. */
function detailsOf(content: UnusedAccess): readonly unknown[] {
  if (content.kind === 'UnusedIAMRole') return [{ unusedIamRoleDetails: lastAccessed(content.lastUse) }]
  return content.services.map(({ service, lastUse, actions }) => {
    const named = actions === null ? {} : { actions: actions.map((action) => ({ action: action.name, ...lastAccessed(action.lastUse) })) }
    return { unusedPermissionDetails: { serviceNamespace: service, ...named, ...lastAccessed(lastUse) } }
  })
}

function lastAccessed(use: Use | null): { readonly lastAccessed?: string } {
  return use === null ? {} : { lastAccessed: use.at }
}

type Summary = ReturnType<typeof summaryOf>

function sortedAs(sort: unknown, found: readonly Summary[]): readonly Summary[] {
  const order = typeof sort === 'object' && sort !== null ? Object.fromEntries(Object.entries(sort)) : {}
  const attribute = optionalText(order, 'attributeName')
  const descending = optionalText(order, 'orderBy') === 'DESC'
  const key = (summary: Summary): string => String(new Map<string, unknown>(Object.entries(summary)).get(attribute ?? 'resource') ?? '')
  if (attribute !== null && found.some((summary) => !(attribute in summary))) throw invalid(`Cannot sort by ${attribute}`)
  return found.toSorted((a, b) => (key(a) < key(b) ? -1 : 1) * (descending ? -1 : 1))
}
