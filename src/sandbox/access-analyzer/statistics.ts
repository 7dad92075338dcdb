import type { RestOperation } from '../protocol/rest-json.ts'
import type { FindingStatus } from '../state/finding-table.ts'
import { analysisOf, type Finding } from './analysis.ts'
import { analyzerAsked } from './analyzers.ts'

export const statisticsOperations: readonly RestOperation[] = [
  {
    name: 'GetFindingsStatistics',
    method: 'POST',
    path: '/analyzer/findings/statistics',
    effect: 'job',
    run(params, context) {
      const analyzer = analyzerAsked(params, context)
      const findings = [...analysisOf(analyzer, context).values()]
      const statistics =
        analyzer.type === 'ACCOUNT'
          ? { externalAccessFindingsStatistics: externalStatistics(findings) }
          : { unusedAccessFindingsStatistics: unusedStatistics(findings, context.accountId) }
      return { findingsStatistics: [statistics], lastUpdatedAt: context.now }
    },
  },
]

function unusedStatistics(findings: readonly Finding[], account: string) {
  const active = findings.filter(({ status }) => status === 'ACTIVE')
  const byType = Object.entries(countBy(active, ({ type }) => type)).map(([unusedAccessType, total]) => ({ unusedAccessType, total }))
  const details = Object.fromEntries(byType.map(({ unusedAccessType, total }) => [unusedAccessType, total]))
  return {
    unusedAccessTypeStatistics: byType,
    topAccounts: [{ account, numberOfActiveFindings: active.length, details }],
    ...totals(findings),
  }
}

function externalStatistics(findings: readonly Finding[]) {
  const active = Object.groupBy(
    findings.filter(({ status }) => status === 'ACTIVE'),
    ({ resourceType }) => resourceType,
  )
  const resourceTypeStatistics = Object.fromEntries(
    Object.entries(active).map(([type, list = []]) => {
      const open = list.filter(({ content }) => content?.kind === 'ExternalAccess' && content.isPublic).length
      return [type, { totalActivePublic: open, totalActiveCrossAccount: list.length - open, totalActiveErrors: 0 }]
    }),
  )
  return { resourceTypeStatistics, ...totals(findings) }
}

function totals(findings: readonly Finding[]) {
  const count = (status: FindingStatus) => findings.filter((finding) => finding.status === status).length
  return {
    totalActiveFindings: count('ACTIVE'),
    totalArchivedFindings: count('ARCHIVED'),
    totalResolvedFindings: count('RESOLVED'),
  }
}

function countBy<T>(items: readonly T[], key: (item: T) => string): Readonly<Record<string, number>> {
  return Object.fromEntries([...Map.groupBy(items, key)].map(([name, list]) => [name, list.length]))
}
