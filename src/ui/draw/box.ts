import type { Area } from '../layout.ts'
import type { Cursor } from '../screen.ts'
import type { RowLook, Theme } from '../theme.ts'
import type { Glyphs } from './glyphs.ts'
import { fitLine, type Line, lineWidth, type Span, span, type Tone } from './line.ts'
import { joinPainted, type PaintedLine } from './painted.ts'
import { type Pane, splitHeight } from './pane.ts'

export type BoxLook = {
  readonly theme: Theme
  readonly glyphs: Glyphs
  readonly focused: boolean
  /** Says that lines under the rows have no room. */
  readonly hidden: (lines: number) => string
}

type Row = { readonly line: Line; readonly look: RowLook }

const borderTone = (look: BoxLook): Tone => (look.focused ? 'accent' : 'dim')

/** `╭ Title ─────╮`: the title gives way, the corners never. */
function topBorder(title: Line, width: number, look: BoxLook): Line {
  const { glyphs } = look
  const tone = borderTone(look)
  const room = width - 4
  const named: Line = room < 1 || title.length === 0 ? [] : [span(' ', tone), ...cut(title, room, glyphs), span(' ', tone)]
  const fill = Math.max(0, width - 2 - lineWidth(named))
  return [span(glyphs.topLeft, tone), ...named, span(glyphs.horizontal.repeat(fill) + glyphs.topRight, tone)]
}

const cut = (spans: Line, room: number, glyphs: Glyphs): Line => (lineWidth(spans) <= room ? spans : fitLine(spans, room, glyphs.ellipsis))

function bottomBorder(note: string, width: number, look: BoxLook): Line {
  const { glyphs } = look
  const tone = borderTone(look)
  const noted = note === '' || width < note.length + 6 ? [] : [span(` ${note} `, 'dim'), span(glyphs.horizontal, tone)]
  const fill = Math.max(0, width - 2 - lineWidth(noted))
  return [span(glyphs.bottomLeft + glyphs.horizontal.repeat(fill), tone), ...noted, span(glyphs.bottomRight, tone)]
}

/** The stretch of the right border that stands for the window: `[from, to)` in rows, empty when everything is shown. */
function thumbOf(count: number, top: number, rows: number): readonly [number, number] {
  if (count <= rows || rows === 0) return [0, 0]
  const length = Math.max(1, Math.round((rows * rows) / count))
  const from = Math.round((top / (count - rows)) * (rows - length))
  return [from, from + length]
}

function rowsOf(pane: Pane, cursor: Cursor, options: { readonly rows: number; readonly look: BoxLook }): readonly Row[] {
  if (pane.count === 0) return pane.empty.slice(0, options.rows).map((line) => ({ line, look: 'normal' }))
  const last = Math.min(pane.count, cursor.top + options.rows)
  return Array.from({ length: Math.max(0, last - cursor.top) }, (_, offset) => {
    const index = cursor.top + offset
    const here = pane.kind === 'list' && index === cursor.index
    return { line: pane.rowAt(index), look: here ? (options.look.focused ? 'cursor' : 'quiet-cursor') : 'normal' }
  })
}

const plainRows = (lines: readonly Line[], count: number): readonly Row[] =>
  Array.from({ length: count }, (_, index) => ({ line: lines[index] ?? [], look: 'normal' }))

/** What does not fit under the rows is announced, never silently lost. */
function cutFoot(pane: Pane, room: number, { glyphs, hidden: say }: BoxLook): readonly Line[] {
  const hidden = pane.foot.length - room
  if (hidden <= 0 || room === 0) return pane.foot
  return [...pane.foot.slice(0, room - 1), [span(`${glyphs.ellipsis} ${say(hidden + 1)}`, 'dim')]]
}

/** Draws a pane as painted lines, each exactly `area.width` cells, exactly `area.height` of them. */
export function drawPane(pane: Pane, cursor: Cursor, options: { readonly area: Area; readonly look: BoxLook }): readonly PaintedLine[] {
  const { area, look } = options
  const { theme, glyphs } = look
  const height = Math.max(0, area.height - 2)
  const parts = splitHeight(pane, height)
  const listed = rowsOf(pane, cursor, { rows: parts.rows, look })
  const rows: readonly Row[] = [
    ...plainRows(pane.head, parts.head),
    ...listed,
    ...plainRows([], parts.rows - listed.length),
    ...plainRows(cutFoot(pane, parts.foot, look), parts.foot),
  ]
  const [from, to] = thumbOf(pane.count, cursor.top, parts.rows)
  const border = (index: number): Span => {
    const isThumb = index >= parts.head + from && index < parts.head + to
    return isThumb ? span(glyphs.thumb, look.focused ? 'title' : 'plain') : span(glyphs.vertical, borderTone(look))
  }
  const edge = theme.paint([span(glyphs.vertical, borderTone(look))])
  const body = rows.map(({ line, look: rowLook }, index) => {
    const inner: Line = [span(' '), ...fitLine(line, Math.max(0, area.width - 4), glyphs.ellipsis), span(' ')]
    return joinPainted([edge, theme.paint(inner, rowLook), theme.paint([border(index)])])
  })
  return [theme.paint(topBorder(pane.title, area.width, look)), ...body, theme.paint(bottomBorder(pane.note, area.width, look))]
}
