import type { HistoryEntry } from '../../app/views.ts'
import type { ChangeState } from '../../change/change.ts'
import { line, span, type Tone } from '../draw/line.ts'
import { type ListRow, notePane, type Pane, textPane } from '../draw/pane.ts'
import { type Column, measureColumns, tableRow } from '../draw/table.ts'
import { labelled, prose } from './prose.ts'
import { cell, longAge, type Scene, shortAge } from './scene.ts'

const tones: Readonly<Partial<Record<ChangeState, Tone>>> = {
  failed: 'error',
  interrupted: 'error',
  'rolled-back': 'dim',
  settled: 'ok',
  soaking: 'medium',
  applied: 'ok',
  verified: 'ok',
  unobserved: 'ok',
}

export const changeTone = (state: ChangeState): Tone => tones[state] ?? 'plain'

function what(scene: Scene, entry: HistoryEntry): string {
  const { w } = scene
  return entry.stage === null ? w.changeKinds[entry.kind] : `${w.changeKinds[entry.kind]} ${w.stage(entry.stage)}`
}

function columnsOf(scene: Scene, withRole: boolean): readonly Column<HistoryEntry>[] {
  const { w } = scene
  const role: Column<HistoryEntry> = {
    id: 'role',
    title: '',
    width: 'rest',
    align: 'left',
    from: 0,
    cell: (entry) => line(entry.roleName, 'strong'),
  }
  const by: Column<HistoryEntry> = {
    id: 'by',
    title: '',
    width: withRole ? 24 : 'rest',
    align: 'left',
    from: withRole ? 100 : 60,
    cell: (entry) => line(shortActor(entry.by), 'dim'),
  }
  return [
    { id: 'when', title: '', width: 6, align: 'right', from: 0, cell: (entry) => line(shortAge(scene, entry.at), 'dim') },
    ...(withRole ? [role] : []),
    { id: 'what', title: '', width: 18, align: 'left', from: 0, cell: (entry) => line(what(scene, entry)) },
    {
      id: 'state',
      title: '',
      width: 14,
      align: 'left',
      from: 0,
      cell: (entry) => line(w.changeStates[entry.outcome], changeTone(entry.outcome)),
    },
    by,
  ]
}

/** The last part of an ARN tells one person from another in a list; the detail tells all of it. */
const shortActor = (by: string): string => by.slice(by.lastIndexOf('/') + 1)

/** Ledger entries as rows: when, what, of which role, how it stands, by whom. */
export function historyRows(
  scene: Scene,
  entries: readonly HistoryEntry[],
  options: { readonly withRole?: boolean } = {},
): readonly ListRow[] {
  const measured = measureColumns(columnsOf(scene, options.withRole === true), scene.width)
  return entries.map((entry) => ({ id: entry.changeId, line: () => tableRow(measured, entry, scene.g) }))
}

export function historyDetail(scene: Scene, entry: HistoryEntry | null): Pane {
  if (entry === null) return notePane([], '')
  const { w } = scene
  return textPane(
    [span(w.history.change, 'title'), span(` ${entry.changeId}`, 'dim')],
    [
      labelled(scene, w.history.role, line(entry.roleName, 'strong')),
      labelled(scene, w.history.what, line(what(scene, entry))),
      labelled(scene, w.history.state, [span(w.changeStates[entry.outcome], changeTone(entry.outcome))]),
      labelled(scene, w.history.when, [span(entry.at), span(`  ${longAge(scene, entry.at)}`, 'dim')]),
      labelled(scene, w.history.by, line(entry.by)),
      ...(entry.reason === undefined ? [] : prose(scene, entry.reason, { lead: [cell(scene, w.history.reason, 12, 'dim')] })),
      ...(entry.overrides === undefined || entry.overrides.length === 0
        ? []
        : prose(scene, entry.overrides.join(', '), { lead: [cell(scene, w.history.overrode, 12, 'dim')], tone: 'warn' })),
      ...(entry.undoes === undefined ? [] : [labelled(scene, w.history.undoes, line(entry.undoes))]),
      labelled(scene, w.history.snapshot, line(entry.snapshot, 'dim')),
      [],
      ...prose(scene, w.history.means[entry.outcome], { tone: 'dim' }),
      ...(entry.reminder === undefined ? [] : prose(scene, entry.reminder, { tone: 'warn' })),
    ],
  )
}
