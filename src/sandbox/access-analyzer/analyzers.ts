import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import { invalid, optionalText, page, requiredText, textMap } from '../protocol/json-params.ts'
import type { JsonParams, RestOperation } from '../protocol/rest-json.ts'
import {
  type AnalyzerType,
  analyzersIn,
  deleteAnalyzer,
  findAnalyzer,
  insertAnalyzer,
  type StoredAnalyzer,
  setUnusedAccessAge,
} from '../state/analyzer-table.ts'
import { archiveRuleOf } from './archive-rule.ts'

const TYPES: readonly AnalyzerType[] = ['ACCOUNT', 'ACCOUNT_UNUSED_ACCESS']
const DEFAULT_AGE = 90

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
      const analyzer = analyzerNamed(params, context)
      const { unusedAccessAge } = analyzer
      const configuration = unusedAccessAge === null ? {} : { configuration: { unusedAccess: { unusedAccessAge } } }
      return { analyzer: { ...summaryOf(analyzer), ...configuration } }
    },
  },
  {
    name: 'CreateAnalyzer',
    method: 'PUT',
    path: '/analyzer',
    effect: 'write',
    run(params, context) {
      const name = requiredText(params, 'analyzerName')
      const type = TYPES.find((known) => known === params.type)
      if (type === undefined) throw invalid(`The analyzer type ${String(params.type)} is not supported in this account`)
      if (!/^[A-Za-z][A-Za-z0-9_.-]{0,254}$/.test(name)) throw invalid(`analyzerName ${name} is not valid`)
      const here = analyzersIn(context.database, context.region)
      if (here.some((analyzer) => analyzer.name === name))
        throw new AwsError('ConflictException', 409, `An analyzer named ${name} already exists`)
      if (here.some((analyzer) => analyzer.type === type))
        throw new AwsError('ServiceQuotaExceededException', 402, `The quota for analyzers of type ${type} is 1`)
      const arn = `arn:${context.partition}:access-analyzer:${context.region}:${context.accountId}:analyzer/${name}`
      const rules: readonly unknown[] = Array.isArray(params.archiveRules) ? params.archiveRules : []
      insertAnalyzer(context.database, {
        arn,
        name,
        type,
        region: context.region,
        unusedAccessAge: type === 'ACCOUNT' ? null : ageAsked(params, DEFAULT_AGE),
        createdAt: context.now,
        archiveRules: rules.map((rule) => archiveRuleOf(Object(rule), context.now)),
        tags: textMap(params, 'tags'),
      })
      return { arn }
    },
  },
  {
    name: 'UpdateAnalyzer',
    method: 'PUT',
    path: '/analyzer/{analyzerName}',
    effect: 'write',
    run(params, context) {
      const { arn, type, unusedAccessAge: before } = analyzerNamed(params, context)
      if (type === 'ACCOUNT') throw invalid('An analyzer for external access has no configuration')
      const unusedAccessAge = ageAsked(params, before ?? DEFAULT_AGE)
      setUnusedAccessAge(context.database, arn, unusedAccessAge)
      return { configuration: { unusedAccess: { unusedAccessAge } } }
    },
  },
  {
    name: 'DeleteAnalyzer',
    method: 'DELETE',
    path: '/analyzer/{analyzerName}',
    effect: 'write',
    run(params, context) {
      deleteAnalyzer(context.database, analyzerNamed(params, context).arn)
      return {}
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

export function analyzerNamed(params: JsonParams, context: CallContext): StoredAnalyzer {
  const name = requiredText(params, 'analyzerName')
  const analyzer = analyzersIn(context.database, context.region).find((known) => known.name === name)
  if (analyzer === undefined) throw notFound(name)
  return analyzer
}

export function notFound(what: string): AwsError {
  return new AwsError('ResourceNotFoundException', 404, `Resource ${what} was not found`)
}

function ageAsked({ configuration }: JsonParams, fallback: number): number {
  const asked = Object(Object(configuration).unusedAccess)
  if (asked.analysisRule !== undefined) throw invalid('Analysis rules are not supported in this account')
  const age: unknown = asked.unusedAccessAge ?? fallback
  if (typeof age !== 'number' || !Number.isInteger(age) || age < 1 || age > 365) throw invalid('unusedAccessAge must be from 1 to 365')
  return age
}

/** `ListAnalyzers` leaves the configuration out. */
function summaryOf({ arn, name, type, createdAt, tags }: StoredAnalyzer) {
  return { arn, name, type, createdAt, status: 'ACTIVE', tags }
}
