import { AwsError } from '../aws-error.ts'
import type { CallContext } from '../call-context.ts'
import { page, requiredText } from '../protocol/json-params.ts'
import type { JsonParams, RestOperation } from '../protocol/rest-json.ts'
import { type StoredArchiveRule, setArchiveRules } from '../state/analyzer-table.ts'
import { setFindingStatus } from '../state/finding-table.ts'
import { analysisOf, isArchived } from './analysis.ts'
import { analyzerAsked, analyzerNamed, notFound } from './analyzers.ts'
import { archiveRuleOf } from './archive-rule.ts'

/** Rules that archive findings when they open. */
export const archiveRuleOperations: readonly RestOperation[] = [
  {
    name: 'ListArchiveRules',
    method: 'GET',
    path: '/analyzer/{analyzerName}/archive-rule',
    effect: 'read',
    run(params, context) {
      const { archiveRules, name } = analyzerNamed(params, context)
      const { shown, next } = page(archiveRules, params, `ListArchiveRules ${name}`, 100)
      return { archiveRules: shown.map(summaryOf), ...next }
    },
  },
  {
    name: 'GetArchiveRule',
    method: 'GET',
    path: '/analyzer/{analyzerName}/archive-rule/{ruleName}',
    effect: 'read',
    run: (params, context) => ({ archiveRule: summaryOf(ruleAsked(params, context)) }),
  },
  {
    name: 'CreateArchiveRule',
    method: 'PUT',
    path: '/analyzer/{analyzerName}/archive-rule',
    effect: 'write',
    run(params, context) {
      const { arn, archiveRules } = analyzerNamed(params, context)
      const rule = archiveRuleOf(params, context.now)
      if (archiveRules.some(({ name }) => name === rule.name))
        throw new AwsError('ConflictException', 409, `Rule ${rule.name} already exists`)
      setArchiveRules(context.database, arn, [...archiveRules, rule])
      return {}
    },
  },
  {
    name: 'DeleteArchiveRule',
    method: 'DELETE',
    path: '/analyzer/{analyzerName}/archive-rule/{ruleName}',
    effect: 'write',
    run(params, context) {
      const { arn, archiveRules } = analyzerNamed(params, context)
      const gone = ruleAsked(params, context)
      const left = archiveRules.filter(({ name }) => name !== gone.name)
      setArchiveRules(context.database, arn, left)
      return {}
    },
  },
  {
    name: 'ApplyArchiveRule',
    method: 'PUT',
    path: '/archive-rule',
    effect: 'write',
    run(params, context) {
      const analyzer = analyzerAsked(params, context)
      const rule = analyzer.archiveRules.find(({ name }) => name === params.ruleName)
      if (rule === undefined) throw notFound(String(params.ruleName))
      for (const finding of analysisOf(analyzer, context).values())
        if (finding.status === 'ACTIVE' && isArchived(finding, { ...analyzer, archiveRules: [rule] }))
          setFindingStatus(context.database, finding.id, 'ARCHIVED', context.now)
      return {}
    },
  },
]

function ruleAsked(params: JsonParams, context: CallContext): StoredArchiveRule {
  const name = requiredText(params, 'ruleName')
  const rule = analyzerNamed(params, context).archiveRules.find((known) => known.name === name)
  if (rule === undefined) throw notFound(name)
  return rule
}

function summaryOf({ name, filter, createdAt }: StoredArchiveRule) {
  return { ruleName: name, filter, createdAt, updatedAt: createdAt }
}
