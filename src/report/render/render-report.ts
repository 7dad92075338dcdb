import { jsonText } from '../../words/json-text.ts'
import { composeReport } from '../compose/compose-report.ts'
import type { StatusReport } from '../status-report.ts'
import { reportWords } from '../words/report-words.ts'
import { asciiHtml, asciiJson, asciiMarkdown } from './ascii-only.ts'
import { renderHtml } from './render-html.ts'
import { reportValue } from './render-json.ts'
import { renderMarkdown } from './render-markdown.ts'

export const reportFormats = ['md', 'html', 'json'] as const
export type ReportFormat = (typeof reportFormats)[number]

type Lang = Parameters<typeof reportWords>[0]

const renderings: Readonly<Record<ReportFormat, (report: StatusReport, lang: Lang) => string>> = {
  md: (report, lang) => renderMarkdown(composeReport(report, reportWords(lang))),
  html: (report, lang) => renderHtml(composeReport(report, reportWords(lang))),
  json: (report, lang) => jsonText(reportValue(report, reportWords(lang))),
}

export const renderReport = (report: StatusReport, format: ReportFormat, lang: Lang): string => renderings[format](report, lang)

/** Makes a rendered report ASCII, whatever names and language it has. */
export const asciiReport: Readonly<Record<ReportFormat, (text: string) => string>> = {
  md: asciiMarkdown,
  html: asciiHtml,
  json: asciiJson,
}
