import type { StatusReport } from '../status-report.ts'
import type { LittleUsedRole, RoleUsage } from '../usage.ts'
import type { ReportWords } from '../words/report-words.ts'
import { dayCell } from './cells.ts'
import { type Block, type ColumnOf, heading, number, paragraph, type Section, tableOf, text } from './document.ts'

/** The most and the least active roles; without a source of calls, the roles that were not used. */
export function usageSection({ usage }: StatusReport, words: ReportWords): Section {
  const { columns } = words
  const { status, why } = usage.source
  const role: ColumnOf<RoleUsage> = { title: columns.role, cell: ({ roleName }) => text({ code: roleName }) }
  const calls: ColumnOf<RoleUsage> = { title: columns.calls, numeric: true, cell: (one) => number(one.calls) }
  const last: ColumnOf<RoleUsage> = { title: columns.lastUsed, cell: ({ lastUsed }) => dayCell(words, lastUsed) }
  const advice: ColumnOf<LittleUsedRole> = { title: columns.advice, cell: (one) => text(words.usageAdvice[one.advice]) }
  const orNone = (table: Block, isEmpty: boolean): Block => (isEmpty ? paragraph(words.none) : table)
  const mostActive = orNone(tableOf([role, calls, last], usage.mostActive), usage.mostActive.length === 0)
  const leastUsed = tableOf<LittleUsedRole>(status === 'connected' ? [role, calls, last, advice] : [role, last, advice], usage.leastUsed)
  const blocks: Block[] = [
    ...(status === 'connected'
      ? []
      : [paragraph(`${status === 'missing' ? words.notConnected : words.partly}: ${why}. ${words.usage.withoutCalls}`)]),
    ...(status === 'missing' ? [] : [heading(words.usage.mostActive), mostActive]),
    heading(words.usage.leastUsed, usage.leastUsed.length),
    orNone(leastUsed, usage.leastUsed.length === 0),
  ]
  return { id: 'usage', title: words.sections.usage, blocks }
}
