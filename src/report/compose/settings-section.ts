import type { StatusReport } from '../status-report.ts'
import type { ReportWords } from '../words/report-words.ts'
import { instantOf } from './cells.ts'
import { type Block, codes, heading, paragraph, type Section, tableOf, text } from './document.ts'

/** How the account is watched, and what each source of this report had to say. */
export function settingsSection({ settings }: StatusReport, words: ReportWords): Section {
  return {
    id: 'settings',
    title: words.sections.settings,
    blocks: [...analyzers(settings, words), ...trails(settings, words), heading(words.settings.sources), sources(settings, words)],
  }
}

type Settings = StatusReport['settings']

const whyMissing = ({ sources: all }: Settings, id: string, words: ReportWords): Block => {
  const source = all.find((one) => one.id === id)
  return paragraph(source === undefined || source.status !== 'missing' ? words.none : `${words.notConnected}: ${source.why}`)
}

function analyzers(settings: Settings, words: ReportWords): readonly Block[] {
  const { columns } = words
  const table = tableOf(
    [
      { title: columns.name, cell: ({ name }) => text({ code: name }) },
      { title: columns.region, cell: ({ region }) => text({ code: region }) },
      { title: columns.watches, cell: ({ watches }) => text(words.watches[watches]) },
      { title: columns.window, cell: ({ unusedAccessAge }) => text(unusedAccessAge === null ? '' : words.days(unusedAccessAge)) },
      { title: columns.state, cell: ({ isActive }) => text(isActive ? words.on : words.off) },
    ],
    settings.analyzers,
  )
  return [heading(words.settings.analyzers), settings.analyzers.length === 0 ? whyMissing(settings, 'analyzers', words) : table]
}

function trails(settings: Settings, words: ReportWords): readonly Block[] {
  const { columns } = words
  const known = (value: boolean | null, yes: string, no: string): string => (value === null ? words.unknown : value ? yes : no)
  const table = tableOf(
    [
      { title: columns.name, cell: ({ name }) => text({ code: name }) },
      { title: columns.state, cell: ({ isLogging }) => text(known(isLogging, words.trail.logging, words.trail.stopped)) },
      { title: columns.storedIn, cell: ({ storedIn }) => text(storedIn === null ? words.unknown : { code: storedIn }) },
      {
        title: columns.dataEvents,
        cell: ({ dataEvents }) =>
          dataEvents === null ? text(words.unknown) : dataEvents.length === 0 ? text(words.trail.noDataEvents) : text(...codes(dataEvents)),
      },
      { title: columns.insights, cell: ({ hasInsights }) => text(known(hasInsights, words.on, words.off)) },
    ],
    settings.trails,
  )
  return [heading(words.settings.trails), settings.trails.length === 0 ? whyMissing(settings, 'trails', words) : table]
}

const sourceNames = (words: ReportWords): Readonly<Record<string, string>> => words.sources

function sources({ sources: all }: Settings, words: ReportWords): Block {
  const { columns } = words
  return tableOf(
    [
      { title: columns.source, cell: ({ id }) => text(sourceNames(words)[id] ?? id) },
      { title: columns.state, cell: ({ status }) => text(words.sourceStates[status]) },
      { title: columns.until, cell: ({ observedUntil }) => text(observedUntil === null ? '' : instantOf(observedUntil)) },
      { title: columns.why, cell: ({ why }) => text(why) },
    ],
    all,
  )
}
