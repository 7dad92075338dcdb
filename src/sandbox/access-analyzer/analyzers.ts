import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import { optionalText, page, requiredText } from '../protocol/json-params.ts'
import type { JsonParams, RestOperation } from '../protocol/rest-json.ts'
import { analyzersIn, findAnalyzer, type StoredAnalyzer } from '../state/analyzer-table.ts'

export const analyzerOperations: readonly RestOperation[] = [
  {
    name: 'ListAnalyzers',
    method: 'GET',
    path: '/analyzer',
    effect: 'read',
    run(params, context) {
      const type = optionalText(params, 'type')
      const found = analyzersIn(context.database, context.region).filter((analyzer) => type === null || analyzer.type === type)
      const { shown, next } = page(found, params, `ListAnalyzers ${type}`, 100)
      return { analyzers: shown.map(summaryOf), ...next }
    },
  },
  {
    name: 'GetAnalyzer',
    method: 'GET',
    path: '/analyzer/{analyzerName}',
    effect: 'read',
    run(params, context) {
      const name = requiredText(params, 'analyzerName')
      const analyzer = analyzersIn(context.database, context.region).find((known) => known.name === name)
      if (analyzer === undefined) throw notFound(name)
      const { unusedAccessAge } = analyzer
      const configuration = unusedAccessAge === null ? {} : { configuration: { unusedAccess: { unusedAccessAge } } }
      return { analyzer: { ...summaryOf(analyzer), ...configuration } }
    },
  },
]

/** The analyzer that `analyzerArn` names, in the Region that is asked. */
export function analyzerAsked(params: JsonParams, context: CallContext): StoredAnalyzer {
  const arn = requiredText(params, 'analyzerArn')
  const analyzer = findAnalyzer(context.database, arn)
  if (analyzer === null || analyzer.region !== context.region) throw notFound(arn)
  return analyzer
}

export function notFound(what: string): AwsError {
  return new AwsError('ResourceNotFoundException', 404, `Resource ${what} was not found`)
}

/** `ListAnalyzers` leaves the configuration out. */
function summaryOf({ arn, name, type, createdAt }: StoredAnalyzer) {
  return { arn, name, type, createdAt, status: 'ACTIVE', tags: {} }
}
