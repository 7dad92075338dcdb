import type { Glyphs } from './glyphs.ts'
import { fitLine, type Line, lineWidth, span } from './line.ts'

/**
 * One column: a fixed width, or `rest` for the one that takes what is left. `from` is the inner width at which it appears.
 * Heading and cells come from the same record, so they cannot drift apart.
 */
export type Column<Row> = {
  readonly id: string
  readonly title: string
  readonly width: number | 'rest'
  readonly align: 'left' | 'right'
  readonly from: number
  /** Made for `width` cells; what is longer is cut. */
  readonly cell: (row: Row, width: number) => Line
}

const gap = 2

type Measured<Row> = { readonly column: Column<Row>; readonly width: number }

export function measureColumns<Row>(columns: readonly Column<Row>[], width: number): readonly Measured<Row>[] {
  const shown = columns.filter((column) => width >= column.from)
  const fixed = shown.reduce((sum, column) => sum + (column.width === 'rest' ? 0 : column.width), 0)
  const rest = Math.max(0, width - fixed - gap * Math.max(0, shown.length - 1))
  return shown.map((column) => ({ column, width: column.width === 'rest' ? rest : column.width }))
}

function place(content: Line, options: { readonly width: number; readonly align: 'left' | 'right'; readonly ellipsis: string }): Line {
  const missing = options.width - lineWidth(content)
  if (options.align === 'right' && missing > 0) return [span(' '.repeat(missing)), ...content]
  return fitLine(content, options.width, options.ellipsis)
}

const joined = (cells: readonly Line[]): Line => cells.flatMap((cell, index) => (index === 0 ? cell : [span(' '.repeat(gap)), ...cell]))

export function tableRow<Row>(measured: readonly Measured<Row>[], row: Row, glyphs: Glyphs): Line {
  return joined(
    measured.map(({ column, width }) => place(column.cell(row, width), { width, align: column.align, ellipsis: glyphs.ellipsis })),
  )
}

export function tableHead<Row>(measured: readonly Measured<Row>[], glyphs: Glyphs): Line {
  return joined(
    measured.map(({ column, width }) => place([span(column.title, 'dim')], { width, align: column.align, ellipsis: glyphs.ellipsis })),
  )
}
