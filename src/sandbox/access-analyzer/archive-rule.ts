import { invalid, requiredText } from '../protocol/json-params.ts'
import type { JsonParams } from '../protocol/rest-json.ts'
import type { StoredArchiveRule } from '../state/analyzer-table.ts'
import { readFilter } from './finding-filter.ts'

/** A rule as a request gives it, checked. */
export function archiveRuleOf(params: JsonParams, now: string): StoredArchiveRule {
  const filter = params.filter
  if (typeof filter !== 'object' || filter === null) throw invalid('filter must be a map')
  readFilter(filter)
  return { name: requiredText(params, 'ruleName'), filter, createdAt: now }
}
