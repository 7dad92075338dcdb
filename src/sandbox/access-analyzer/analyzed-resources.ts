import type { CallContext } from '../call-context.ts'
import { invalid, optionalText, page, requiredText } from '../protocol/json-params.ts'
import type { JsonParams, RestOperation } from '../protocol/rest-json.ts'
import type { StoredAnalyzer } from '../state/analyzer-table.ts'
import type { StoredResource } from '../state/resource-table.ts'
import { analysisOf } from './analysis.ts'
import { analyzerAsked, notFound } from './analyzers.ts'
import { externalResources } from './external-access.ts'

/** What an analyzer of external access has looked at. It looks whenever it is asked, so a scan on request changes nothing. */
export const analyzedResourceOperations: readonly RestOperation[] = [
  {
    name: 'ListAnalyzedResources',
    method: 'POST',
    path: '/analyzed-resource',
    effect: 'read',
    run(params, context) {
      const analyzer = externalAnalyzerAsked(params, context)
      const type = optionalText(params, 'resourceType')
      const wanted = externalResources(analyzer, context).filter((resource) => type === null || resource.type === type)
      const { shown, next } = page(wanted, params, `ListAnalyzedResources ${analyzer.arn} ${type}`, 100)
      return { analyzedResources: shown.map((resource) => summaryOf(resource, context)), ...next }
    },
  },
  {
    name: 'GetAnalyzedResource',
    method: 'GET',
    path: '/analyzed-resource',
    effect: 'job',
    run(params, context) {
      const analyzer = externalAnalyzerAsked(params, context)
      const resource = resourceAsked(analyzer, params, context)
      const open = [...analysisOf(analyzer, context).values()].filter(
        (finding) => finding.resource === resource.arn && finding.content !== null,
      )
      const contents = open.flatMap(({ content }) => (content?.kind === 'ExternalAccess' ? [content] : []))
      const shared =
        contents.length === 0 ? {} : { actions: [...new Set(contents.flatMap(({ actions }) => actions))], status: open[0]?.status }
      const times = { createdAt: analyzer.createdAt, analyzedAt: context.now, updatedAt: open[0]?.updatedAt ?? analyzer.createdAt }
      return { resource: { ...summaryOf(resource, context), ...times, isPublic: contents.some(({ isPublic }) => isPublic), ...shared } }
    },
  },
  {
    name: 'StartResourceScan',
    method: 'POST',
    path: '/resource/scan',
    effect: 'read',
    run(params, context) {
      resourceAsked(externalAnalyzerAsked(params, context), params, context)
      return {}
    },
  },
]

function externalAnalyzerAsked(params: JsonParams, context: CallContext): StoredAnalyzer {
  const analyzer = analyzerAsked(params, context)
  if (analyzer.type !== 'ACCOUNT') throw invalid(`The analyzer type ${analyzer.type} is not supported by this operation`)
  return analyzer
}

function resourceAsked(analyzer: StoredAnalyzer, params: JsonParams, context: CallContext): StoredResource {
  const arn = requiredText(params, 'resourceArn')
  const resource = externalResources(analyzer, context).find((known) => known.arn === arn)
  if (resource === undefined) throw notFound(arn)
  return resource
}

function summaryOf({ arn, type }: StoredResource, { accountId }: CallContext) {
  return { resourceArn: arn, resourceType: type, resourceOwnerAccount: accountId }
}
