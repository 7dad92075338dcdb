import { wordsOf } from '../words/index.ts'
import { drawPane } from './draw/box.ts'
import { glyphsOf } from './draw/glyphs.ts'
import { fitLine, type Line, line } from './draw/line.ts'
import type { PaintedLine } from './draw/painted.ts'
import { stageOf } from './screens.ts'
import type { State } from './state.ts'
import { type Theme, themeOf } from './theme.ts'
import { footerLine } from './views/footer-view.ts'
import { type OverlayView, overlayView } from './views/overlay-view.ts'
import { sceneOf } from './views/scene.ts'
import { statusLine } from './views/status-view.ts'
import { stripLine, titleLine } from './views/title-view.ts'

/** A rectangle of painted lines at a place of the screen. */
export type Patch = { readonly x: number; readonly y: number; readonly lines: readonly PaintedLine[] }

/** Everything that is on the screen: painted lines from edge to edge, and what lies over them. */
export type Frame = {
  readonly columns: number
  readonly rows: number
  readonly head: readonly PaintedLine[]
  readonly panes: readonly (readonly PaintedLine[])[]
  readonly sideBySide: boolean
  readonly foot: readonly PaintedLine[]
  readonly overlay: Patch | null
}

/** Pure: the same state gives the same frame, exactly `rows` lines of exactly `columns` cells. */
export function frameOf(state: State, options: { readonly colour: boolean }): Frame {
  const { ascii, theme: wished, background = 'auto' } = state.facts
  const theme = themeOf({ colour: options.colour, ascii, name: wished === 'auto' ? background : wished })
  const { columns, rows } = state.size
  const glyphs = glyphsOf(state.facts.ascii)
  const { layout, panes } = stageOf(state)
  const scene = sceneOf(state, columns)
  const hidden = scene.w.hiddenLines
  const paint = (spans: Line): PaintedLine => theme.paint(fitLine(spans, columns, glyphs.ellipsis))
  const empty = { columns, rows, head: [], panes: [], sideBySide: false, foot: [], overlay: null }
  if (layout.kind === 'tiny') return { ...empty, head: [paint(line(wordsOf(state.facts.lang).tooSmall))] }
  const overlay = overlayView(state)
  return {
    columns,
    rows,
    head: [paint(titleLine(scene)), ...(layout.strip ? [paint(stripLine(scene))] : [])],
    panes: panes.map(({ id, pane, area }) =>
      drawPane(pane, state.screen[id], { area, look: { theme, glyphs, hidden, focused: overlay === null && state.screen.focus === id } }),
    ),
    sideBySide: layout.kind === 'wide',
    foot: [paint(statusLine(scene)), paint(footerLine(scene))],
    overlay: overlay === null ? null : placed(overlay, { state, theme }),
  }
}

/** In the middle, a little above it, never off the screen. */
function placed(overlay: OverlayView, { state, theme }: { readonly state: State; readonly theme: Theme }): Patch {
  const { columns, rows } = state.size
  const lines = drawPane(overlay.pane, overlay.cursor, {
    area: overlay.area,
    look: { theme, glyphs: glyphsOf(state.facts.ascii), hidden: wordsOf(state.facts.lang).hiddenLines, focused: true },
  })
  return {
    x: Math.max(0, Math.floor((columns - overlay.area.width) / 2)),
    y: Math.max(0, Math.min(rows - overlay.area.height, Math.floor((rows - overlay.area.height) / 2.5))),
    lines,
  }
}
