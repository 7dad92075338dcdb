import type { HistoryEntry } from '../app/views.ts'
import { clean } from '../words/clean.ts'
import { instantText } from './plain-text.ts'
import { type Column, textTable } from './text-table.ts'

const columns: readonly Column<HistoryEntry>[] = [
  { title: 'WHEN (UTC)', text: ({ at }) => instantText(at) },
  { title: 'ROLE', text: ({ roleName }) => roleName },
  { title: 'WHAT', text: ({ kind, stage }) => (stage === null ? kind : `${kind} stage ${stage}`) },
  { title: 'STATE', text: ({ outcome }) => outcome },
  { title: 'CHANGE', text: ({ changeId }) => changeId },
  { title: 'BATCH', text: ({ batchId }) => batchId ?? '' },
  { title: 'BY', text: ({ by }) => by },
  { title: 'WHY', text: whyText },
]

function whyText({ reason, overrides = [], undoes, restoredAfterMs }: HistoryEntry): string {
  const why = reason ?? (undoes === undefined ? '' : `undoes ${undoes}`)
  const after = restoredAfterMs === undefined ? '' : `, ${Math.ceil(restoredAfterMs / 60_000)} min after the first denied call`
  return `${why}${after}${overrides.length === 0 ? '' : ` (overrides ${overrides.join(', ')})`}`
}

export const historyTable = (entries: readonly HistoryEntry[]): string => `${textTable(columns, entries)}${reminders(entries)}`

const reminders = (entries: readonly HistoryEntry[]): string =>
  entries.map(({ roleName, reminder }) => (reminder === undefined ? '' : `${clean(`! ${roleName}: ${reminder}`)}\n`)).join('')
