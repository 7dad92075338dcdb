import type { Row } from './database.ts'

/** Readers of columns: a column of another type is a broken file and stops here. */

export function text(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new TypeError(`column ${column} is not text`)
  return value
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column)
}

export function integer(row: Row, column: string): number {
  const value = row[column]
  if (typeof value !== 'number') throw new TypeError(`column ${column} is not a number`)
  return value
}

export function integerOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : integer(row, column)
}

export type StoredTag = { readonly key: string; readonly value: string }

export function tags(row: Row): readonly StoredTag[] {
  const value: unknown = JSON.parse(text(row, 'tags'))
  if (!Array.isArray(value)) throw new TypeError('tags are not a list')
  return value.map((tag: { key: unknown; value: unknown }) => ({ key: String(tag.key), value: String(tag.value) }))
}

/** Rows by the text of a column, in their order. */
export function groupedBy<T>(rows: readonly Row[], column: string, read: (row: Row) => T): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const key = text(row, column)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [read(row)])
    else group.push(read(row))
  }
  return groups
}
