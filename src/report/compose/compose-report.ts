import { horizons } from '../recommend.ts'
import { statisticIds } from '../statistics.ts'
import type { StatusReport } from '../status-report.ts'
import type { ReportWords } from '../words/report-words.ts'
import { countText, dayOf, instantOf } from './cells.ts'
import { type Block, firstCodes, heading, paragraph, type ReportDocument, type Section, type Text } from './document.ts'
import { findingsSection } from './findings-section.ts'
import { inventorySection } from './inventory-section.ts'
import { settingsSection } from './settings-section.ts'
import { usageSection } from './usage-section.ts'

/** Puts a report into words, in the order of the method: period, statistics, findings, usage, actions, inventory, settings. */
export function composeReport(report: StatusReport, words: ReportWords): ReportDocument {
  return {
    lang: words.lang,
    title: words.title,
    sections: [
      { id: 'period', title: words.sections.period, blocks: [facts(report, words)] },
      statisticsSection(report, words),
      findingsSection(report, words),
      usageSection(report, words),
      actionsSection(report, words),
      inventorySection(report, words),
      settingsSection(report, words),
    ],
    footer: words.footer,
    words: { more: words.more, showAll: words.showAll },
  }
}

function facts({ meta, scope }: StatusReport, words: ReportWords): Block {
  const { period, generatedAt, scanId, minAge, catalogDate } = meta
  const granted = words.grantedOf(countText(scope.unusedActions), countText(scope.unknownActions), countText(scope.grantedActions))
  return {
    kind: 'facts',
    rows: [
      [words.facts.period, [words.period(dayOf(words, period.from), dayOf(words, period.to), period.days)]],
      [words.facts.window, [words.lookedFor(instantOf(period.window.from), instantOf(period.window.to))]],
      [words.facts.account, [{ code: scope.accountId ?? words.unknown }]],
      [words.facts.generated, [instantOf(generatedAt)]],
      [words.facts.granted, [granted]],
      [words.facts.minAge, [words.minAge(minAge)]],
      [words.facts.catalog, [catalogDate]],
      [words.facts.scan, [{ code: scanId }]],
      ...(scope.problems.length === 0 ? [] : [[words.facts.problems, firstCodes(scope.problems, 5, words.more)] satisfies [string, Text]]),
    ],
  }
}

function statisticsSection({ statistics }: StatusReport, words: ReportWords): Section {
  const { what, count, level } = words.columns
  const rows = statisticIds.map((id) => {
    const figure = statistics[id]
    return { label: words.statistics[id], count: figure.count, level: figure.level, levelText: words.levels[figure.level] }
  })
  return { id: 'statistics', title: words.sections.statistics, blocks: [{ kind: 'figures', columns: { what, count, level }, rows }] }
}

const TARGETS = 10

function actionsSection({ actions }: StatusReport, words: ReportWords): Section {
  const blocks = horizons.flatMap((horizon): Block[] => {
    const items = actions[horizon].map(({ id, targets }): Text => {
      const where = id === 'connect-sources' ? [sourceNames(targets, words)] : firstCodes(targets, TARGETS, words.more)
      return [`${words.actions[id]}: `, ...where]
    })
    return [heading(words.horizons[horizon]), items.length === 0 ? paragraph(words.none) : { kind: 'list', items }]
  })
  return { id: 'actions', title: words.sections.actions, blocks }
}

const sourceNames = (ids: readonly string[], { sources }: ReportWords): string => {
  const names: Readonly<Record<string, string>> = sources
  return ids.map((id) => names[id] ?? id).join(', ')
}
