import { line, span, type Tone } from '../draw/line.ts'
import { listPane, notePane, textPane } from '../draw/pane.ts'
import type { LogScreen } from '../screen.ts'
import { shortCall } from '../short-call.ts'
import type { LogEntry } from '../state.ts'
import { labelled, prose } from './prose.ts'
import { type ScreenView, shortAge } from './scene.ts'

const tones: Readonly<Record<LogEntry['tone'], Tone>> = { ok: 'ok', info: 'plain', warn: 'warn', error: 'error', call: 'accent' }

export const logView: ScreenView<LogScreen> = {
  share: 0.6,
  main: (scene, screen) => {
    const { w, state } = scene
    const entries = state.log.toReversed()
    return listPane({
      title: [span(w.log.title, 'title'), span(` ${entries.length}`, 'dim')],
      note: entries.length === 0 ? '' : w.place(Math.min(screen.main.index + 1, entries.length), entries.length),
      rows: entries.map((entry) => ({
        id: String(entry.n),
        line: () => [
          span(shortAge(scene, new Date(entry.at).toISOString()).padStart(6), 'dim'),
          span('  '),
          span(entry.cli === null ? '' : '$ ', 'dim'),
          span(entry.cli === null ? entry.text : shortCall(entry.cli, scene.g.ellipsis), tones[entry.tone]),
        ],
      })),
      empty: [line(w.log.none, 'dim')],
    })
  },
  detail: (scene, screen) => {
    const entry = scene.state.log.toReversed()[screen.main.index]
    if (entry === undefined) return notePane([], '')
    const { w } = scene
    return textPane(
      [span(entry.cli === null ? w.log.message : w.run.call, 'title')],
      [
        labelled(scene, w.history.when, line(new Date(entry.at).toISOString())),
        [],
        ...prose(scene, entry.text, { tone: tones[entry.tone] }),
        ...(entry.cli === null ? [] : [[], ...prose(scene, entry.cli, { lead: [span('$ ', 'dim')] })]),
      ],
    )
  },
}
