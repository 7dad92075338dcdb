import { clean } from '../words/clean.ts'
import { fit, widthOf } from '../words/width.ts'

export type Column<Row> = {
  readonly title: string
  readonly align?: 'left' | 'right'
  text(row: Row): string
}

/** Rows under their titles, each column as wide as its widest cell. Ends with a newline. */
export function textTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [columns.map(({ title }) => title), ...rows.map((row) => columns.map((column) => clean(column.text(row))))]
  const widths = columns.map((_, at) => Math.max(...lines.map((cells) => widthOf(cells[at] ?? ''))))
  const drawn = lines.map((cells) =>
    cells.map((cell, at) => fit(cell, widths[at] ?? 0, { align: columns[at]?.align ?? 'left' })).join('  '),
  )
  return drawn.map((line) => `${line.trimEnd()}\n`).join('')
}
