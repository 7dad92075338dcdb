import { type Line, line } from './line.ts'

/**
 * What a box on the screen holds, ready to be moved in and drawn. A list has rows with identities and a cursor; a text only
 * scrolls. Rows are made when asked for: a list of 10,000 roles costs what its window shows.
 */
export type Pane = {
  readonly kind: 'list' | 'text'
  readonly title: Line
  /** At the right end of the lower border. */
  readonly note: string
  /** Lines above the rows that do not scroll. */
  readonly head: readonly Line[]
  readonly count: number
  readonly idAt: (index: number) => string
  readonly rowAt: (index: number) => Line
  /** Lines under the rows that do not scroll, about what the cursor is on. */
  readonly foot: readonly Line[]
  /** Instead of rows when there are none. */
  readonly empty: readonly Line[]
}

/** A line that is made when it comes into the window: long lists and documents hand these over. */
export type LazyLine = Line | (() => Line)

const made = (lazy: LazyLine | undefined): Line => (typeof lazy === 'function' ? lazy() : (lazy ?? []))

export function textPane(title: Line, lines: readonly LazyLine[], head: readonly Line[] = []): Pane {
  return {
    kind: 'text',
    title,
    note: '',
    head,
    count: lines.length,
    idAt: String,
    rowAt: (index) => made(lines[index]),
    foot: [],
    empty: [],
  }
}

export type ListRow = { readonly id: string; readonly line: LazyLine }

export function listPane(options: {
  readonly title: Line
  readonly rows: readonly ListRow[]
  readonly note?: string
  readonly head?: readonly Line[]
  readonly foot?: readonly Line[]
  readonly empty?: readonly Line[]
}): Pane {
  const { rows } = options
  return {
    kind: 'list',
    title: options.title,
    note: options.note ?? '',
    head: options.head ?? [],
    count: rows.length,
    idAt: (index) => rows[index]?.id ?? '',
    rowAt: (index) => made(rows[index]?.line),
    foot: options.foot ?? [],
    empty: options.empty ?? [],
  }
}

/** A pane that says in one line why it has nothing to show. */
export const notePane = (title: Line, text: string): Pane => textPane(title, [line(text, 'dim')])

/** How many of `height` inner lines each part of a pane gets: rows are never squeezed out by what stands under them. */
export function splitHeight(pane: Pane, height: number): { readonly head: number; readonly rows: number; readonly foot: number } {
  const head = Math.min(pane.head.length, Math.max(0, height - 1))
  const left = height - head
  if (pane.foot.length === 0) return { head, rows: left, foot: 0 }
  const wanted = Math.max(1, pane.count === 0 ? pane.empty.length : pane.count)
  const rows = Math.min(left, wanted, Math.max(Math.ceil(left / 2), left - pane.foot.length))
  return { head, rows, foot: left - rows }
}
