import type { Size } from './state.ts'

/** Outer size of a box on the screen, borders included. */
export type Area = { readonly width: number; readonly height: number }

/**
 * Where things stand, from columns and rows alone. Wide: two panes side by side. Medium: the detail below. Narrow: the
 * focused pane only. Tiny: one line that can still quit.
 */
export type Layout = {
  readonly kind: 'wide' | 'medium' | 'narrow' | 'tiny'
  readonly columns: number
  readonly rows: number
  /** The line of figures under the title. */
  readonly strip: boolean
  readonly main: Area
  /** Null where one pane has the screen to itself. */
  readonly detail: Area | null
}

export const smallest = { columns: 20, rows: 6 }

const wideFrom = 120
const mediumFrom = { columns: 70, rows: 24 }
const stripFrom = 16

/** Title, status and footer lines. */
const chrome = 3

function kindOf({ columns, rows }: Size): Layout['kind'] {
  if (columns < smallest.columns || rows < smallest.rows) return 'tiny'
  if (columns >= wideFrom) return 'wide'
  return columns >= mediumFrom.columns && rows >= mediumFrom.rows ? 'medium' : 'narrow'
}

/** `share` is the main pane's part of the width or height where both panes are shown. */
export function layoutOf(size: Size, share: number): Layout {
  const kind = kindOf(size)
  const { columns, rows } = size
  const strip = kind !== 'tiny' && rows >= stripFrom
  const height = Math.max(0, rows - chrome - (strip ? 1 : 0))
  const whole = { kind, columns, rows, strip, main: { width: columns, height }, detail: null }
  if (kind === 'wide') {
    const width = Math.round(columns * share)
    return { ...whole, main: { width, height }, detail: { width: columns - width, height } }
  }
  if (kind === 'medium') {
    const upper = Math.round(height * share)
    return { ...whole, main: { width: columns, height: upper }, detail: { width: columns, height: height - upper } }
  }
  return whole
}

/** Cells inside a pane: its border and one blank on both sides are taken off. */
export const innerWidth = (area: Area): number => Math.max(0, area.width - 4)
export const innerHeight = (area: Area): number => Math.max(0, area.height - 2)
