import type { CallContext } from '../call-context.ts'
import { invalid, requiredText, textMap } from '../protocol/json-params.ts'
import type { JsonParams, RestOperation } from '../protocol/rest-json.ts'
import { findAnalyzer, type StoredAnalyzer, setAnalyzerTags } from '../state/analyzer-table.ts'
import { notFound } from './analyzers.ts'

/** Only analyzers have tags here. */
export const analyzerTagOperations: readonly RestOperation[] = [
  {
    name: 'ListTagsForResource',
    method: 'GET',
    path: '/tags/{resourceArn}',
    effect: 'read',
    run: (params, context) => ({ tags: taggedAnalyzer(params, context).tags }),
  },
  {
    name: 'TagResource',
    method: 'POST',
    path: '/tags/{resourceArn}',
    effect: 'write',
    run(params, context) {
      const { arn, tags } = taggedAnalyzer(params, context)
      setAnalyzerTags(context.database, arn, { ...tags, ...textMap(params, 'tags') })
      return {}
    },
  },
  {
    name: 'UntagResource',
    method: 'DELETE',
    path: '/tags/{resourceArn}',
    effect: 'write',
    run(params, context) {
      const { arn, tags } = taggedAnalyzer(params, context)
      const gone = [params.tagKeys ?? []].flat()
      if (gone.length === 0) throw invalid('tagKeys must not be empty')
      setAnalyzerTags(context.database, arn, Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.includes(key))))
      return {}
    },
  },
]

function taggedAnalyzer(params: JsonParams, { database, region }: CallContext): StoredAnalyzer {
  const arn = requiredText(params, 'resourceArn')
  const analyzer = findAnalyzer(database, arn)
  if (analyzer === null || analyzer.region !== region) throw notFound(arn)
  return analyzer
}
