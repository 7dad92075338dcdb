/**
 * A report between its data and its form: sections of blocks of text. `code` is what came from the account (a name, an ARN,
 * an action) and everything else is words; both renderers clean and escape every piece, whichever it is.
 */
export type Piece = string | { readonly code: string } | { readonly level: string; readonly text: string }

export type Text = readonly Piece[]

export type Column = { readonly title: string; readonly numeric?: true }

export type Cell =
  | { readonly kind: 'text'; readonly text: Text }
  /** `sort` orders what reads as text, such as levels and dates. */
  | { readonly kind: 'sorted'; readonly text: Text; readonly sort: number | string }
  | { readonly kind: 'number'; readonly value: number | null }
  /** 0–100, drawn as a bar where bars can be drawn. */
  | { readonly kind: 'share'; readonly percent: number }

export type Table = { readonly kind: 'table'; readonly columns: readonly Column[]; readonly rows: readonly (readonly Cell[])[] }

export type Block =
  | { readonly kind: 'paragraph'; readonly text: Text }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, text: Text])[] }
  | { readonly kind: 'list'; readonly items: readonly Text[] }
  /** Figures with their levels: cards on a page, a table in plain text. */
  | { readonly kind: 'figures'; readonly columns: Figures; readonly rows: readonly Figure[] }
  | { readonly kind: 'heading'; readonly title: string; readonly count: number | null }
  /** Shown when somebody asks for it. */
  | { readonly kind: 'folded'; readonly title: string; readonly count: number; readonly blocks: readonly Block[] }
  | Table

type Figures = { readonly what: string; readonly count: string; readonly level: string }
type Figure = { readonly label: string; readonly count: number; readonly level: string; readonly levelText: string }

export type Section = { readonly id: string; readonly title: string; readonly blocks: readonly Block[] }

export type ReportDocument = {
  readonly lang: string
  readonly title: string
  readonly sections: readonly Section[]
  readonly footer: string
  readonly words: { readonly more: (count: number) => string; readonly showAll: (count: number) => string }
}

export const text = (...pieces: Text): Cell => ({ kind: 'text', text: pieces })
export const number = (value: number | null): Cell => ({ kind: 'number', value })
export const share = (percent: number): Cell => ({ kind: 'share', percent })
export const paragraph = (...pieces: Text): Block => ({ kind: 'paragraph', text: pieces })
export const heading = (title: string, count: number | null = null): Block => ({ kind: 'heading', title, count })

/** Names side by side. */
export const codes = (names: readonly string[]): Text =>
  names.flatMap((name, at): Piece[] => (at === 0 ? [{ code: name }] : [', ', { code: name }]))

/** The first names, and how many more there are. */
export function firstCodes(names: readonly string[], limit: number, more: (count: number) => string): Text {
  const rest = names.length - limit
  return rest <= 0 ? codes(names) : [...codes(names.slice(0, limit)), ` + ${more(rest)}`]
}

/** A table made of records: one column, one function. */
export type ColumnOf<Row> = Column & { cell(row: Row): Cell }

export function tableOf<Row>(columns: readonly ColumnOf<Row>[], rows: readonly Row[]): Table {
  return {
    kind: 'table',
    columns: columns.map(({ title, numeric }) => (numeric ? { title, numeric } : { title })),
    rows: rows.map((row) => columns.map(({ cell }) => cell(row))),
  }
}
