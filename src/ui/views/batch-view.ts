import { durationOf } from '../../words/age.ts'
import type { BatchItem } from '../change-run.ts'
import { meter } from '../draw/bars.ts'
import { type Line, line, span, type Tone } from '../draw/line.ts'
import { listPane, textPane } from '../draw/pane.ts'
import type { BatchScreen } from '../screen.ts'
import { changeView } from './change-view.ts'
import { prose } from './prose.ts'
import { cell, type Scene, type ScreenView } from './scene.ts'

const looks: Readonly<
  Record<BatchItem['status'], { readonly glyph: 'pending' | 'started' | 'yes' | 'no' | 'minus'; readonly tone: Tone }>
> = {
  waiting: { glyph: 'pending', tone: 'dim' },
  running: { glyph: 'started', tone: 'accent' },
  done: { glyph: 'yes', tone: 'ok' },
  refused: { glyph: 'no', tone: 'warn' },
  skipped: { glyph: 'minus', tone: 'dim' },
}

/** How far a batch is and how fast it goes, while it goes. */
function progressLines(scene: Scene, { ended, of }: { readonly ended: number; readonly of: number }): readonly Line[] {
  if (of === 0 || ended === of) return []
  const { w, g, state } = scene
  const elapsed = state.now - state.batchSince
  const rate = ended === 0 || elapsed < 1000 ? '' : `  ${w.batch.rate((ended / elapsed) * 60_000)}`
  return [
    [
      ...meter(ended / of, Math.min(30, Math.max(8, scene.width - 30)), { glyphs: g, tone: 'accent' }),
      span(`  ${durationOf(w, Math.floor(elapsed / 1000) * 1000)}${rate}`, 'dim'),
    ],
  ]
}

export const batchView: ScreenView<BatchScreen> = {
  share: 0.55,
  main: (scene, screen) => {
    const { w, g, state } = scene
    const { batch } = state
    const ended = batch.filter(({ status }) => status !== 'waiting' && status !== 'running').length
    const done = batch.filter(({ status }) => status === 'done').length
    const nameWidth = Math.max(14, Math.floor(scene.width * 0.42))
    return listPane({
      title: [span(w.batch.title, 'title'), span(` ${w.preview.of(String(ended), String(batch.length))}`, 'dim')],
      note: batch.length === 0 ? '' : w.place(Math.min(screen.main.index + 1, batch.length), batch.length),
      head: [
        ...prose(scene, w.batch.sum[state.batchWay](done, batch.length), { tone: ended === batch.length ? 'strong' : 'plain' }),
        ...progressLines(scene, { ended, of: batch.length }),
        [],
      ],
      rows: batch.map(({ roleName, status, text }) => ({
        id: roleName,
        line: () => [
          span(`${g[looks[status].glyph]} `, looks[status].tone),
          cell(scene, roleName, nameWidth, 'strong'),
          span(`  ${text === '' ? w.batch.states[status] : text}`, looks[status].tone),
        ],
      })),
      empty: [line(w.batch.none, 'dim')],
    })
  },
  detail: (scene, screen) => {
    const item = scene.state.batch[screen.main.index]
    const isTold = item !== undefined && item.status !== 'running' && item.roleName !== scene.state.run?.roleName
    if (!isTold) return changeView.main(scene, { ...screen, kind: 'change', main: screen.detail })
    const text = item.text === '' ? scene.w.batch.states[item.status] : item.text
    return textPane([span(item.roleName, 'title')], prose(scene, text, { tone: looks[item.status].tone }))
  },
}
