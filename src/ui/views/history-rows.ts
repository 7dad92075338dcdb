import type { HistoryEntry } from '../../app/views.ts'
import type { ChangeState } from '../../change/change.ts'
import { type Line, line, span, type Tone } from '../draw/line.ts'
import { type ListRow, notePane, type Pane, textPane } from '../draw/pane.ts'
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

/** Ledger entries as rows: when, what, of which role, how it stands. */
export function historyRows(
  scene: Scene,
  entries: readonly HistoryEntry[],
  options: { readonly withRole?: boolean } = {},
): readonly ListRow[] {
  const name = Math.min(30, Math.max(12, scene.width - 50))
  return entries.map((entry): ListRow => {
    const role: Line = options.withRole === true ? [cell(scene, entry.roleName, name, 'strong'), span('  ')] : []
    return {
      id: entry.changeId,
      line: [
        span(shortAge(scene, entry.at).padStart(7), 'dim'),
        span('  '),
        ...role,
        cell(scene, what(scene, entry), 20),
        span('  '),
        cell(scene, scene.w.changeStates[entry.outcome], 14, changeTone(entry.outcome)),
        span(entry.by, 'dim'),
      ],
    }
  })
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
      ...(entry.undoes === undefined ? [] : [labelled(scene, w.history.undoes, line(entry.undoes))]),
      labelled(scene, w.history.snapshot, line(entry.snapshot, 'dim')),
      [],
      ...prose(scene, w.history.means[entry.outcome], { tone: 'dim' }),
    ],
  )
}
