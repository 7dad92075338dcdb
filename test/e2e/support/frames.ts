import type headless from '@xterm/headless'

/** One cell as it is drawn: its text, its colours as `#rrggbb` (null: the default), and whether it is bold or dim. */
export type Cell = {
  readonly text: string
  readonly width: number
  readonly fore: string | null
  readonly back: string | null
  readonly isBold: boolean
  readonly isDim: boolean
  readonly isUnderlined: boolean
}

const standard = ['#1d2330', '#ff6b6b', '#6bd08f', '#e5c07b', '#6aa5ff', '#c792ea', '#56c7d8', '#c9d1dc'] as const
const bright = ['#5b6475', '#ff8787', '#8be3a8', '#f2d694', '#8dbbff', '#dab6f5', '#7fdbe8', '#ffffff'] as const
const palette: readonly string[] = [...standard, ...bright]

type BufferCell = NonNullable<ReturnType<NonNullable<ReturnType<headless.Terminal['buffer']['active']['getLine']>>['getCell']>>

const colour = (cell: BufferCell, which: 'Fg' | 'Bg'): string | null => {
  const [isDefault, value] = which === 'Fg' ? [cell.isFgDefault(), cell.getFgColor()] : [cell.isBgDefault(), cell.getBgColor()]
  return isDefault ? null : (palette[value] ?? null)
}

function cellOf(cell: BufferCell): Cell {
  const [fore, back] = [colour(cell, 'Fg'), colour(cell, 'Bg')]
  const isInverse = cell.isInverse() !== 0
  return {
    text: cell.getChars(),
    width: cell.getWidth(),
    fore: isInverse ? (back ?? '#1d2330') : fore,
    back: isInverse ? (fore ?? '#c9d1dc') : back,
    isBold: cell.isBold() !== 0,
    isDim: cell.isDim() !== 0,
    isUnderlined: cell.isUnderline() !== 0,
  }
}

/** What the emulator shows now, row by row. */
export function cellsOf(emulator: headless.Terminal): readonly (readonly Cell[])[] {
  const { active } = emulator.buffer
  return Array.from({ length: emulator.rows }, (_, row) => {
    const line = active.getLine(active.baseY + row)
    return Array.from({ length: emulator.cols }, (__, column) => line?.getCell(column)).flatMap((cell) =>
      cell === undefined ? [] : [cellOf(cell)],
    )
  })
}
