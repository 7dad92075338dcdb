import type { CallContext } from '../../call-context.ts'
import { type Span, type Tally, talliesIn } from '../../life/tallies.ts'
import type { Condition } from './parse-condition.ts'
import type { Expression, Query } from './parse-query.ts'

/** One row: a list of maps with one key each, in the order of the select list. */
export type ResultRow = readonly Readonly<Record<string, string>>[]

export type QueryResult = { readonly rows: readonly ResultRow[]; readonly scanned: number; readonly matched: number }

const DAY = 86_400_000

export function runQuery(query: Query, retentionDays: number, context: CallContext): QueryResult {
  const now = Date.parse(context.now)
  const whole = { from: now - retentionDays * DAY, to: now }
  const tallies = talliesIn(spanOf(query.condition, whole), context)
  const matching = tallies.filter((tally) => query.condition === null || holds(query.condition, tally))
  const groups = grouped(matching, query)
  const sorted = query.order === null ? groups : groups.toSorted(byOrder(query))
  const rows = sorted.slice(0, query.limit ?? sorted.length).map((group) => rowOf(group, query))
  const sum = (list: readonly Tally[]) => list.reduce((total, { count }) => total + count, 0)
  return { rows, scanned: sum(tallies), matched: sum(matching) }
}

/** The time that the tests of `eventtime` leave: those that must all hold. They are exact, so they need not be asked again. */
function spanOf(condition: Condition | null, whole: Span): Span {
  if (condition === null) return whole
  if (condition.kind === 'all') return condition.parts.reduce((span, part) => spanOf(part, span), whole)
  if (condition.kind !== 'test' || condition.column !== 'eventtime') return whole
  const [first = Number.NaN, second = Number.NaN] = condition.values.map(instantOf)
  switch (condition.sign) {
    case '>':
    case '>=':
      return { ...whole, from: Math.max(whole.from, first) }
    case '<':
    case '<=':
      return { ...whole, to: Math.min(whole.to, first) }
    case 'between':
      return { from: Math.max(whole.from, first), to: Math.min(whole.to, second) }
    default:
      return whole
  }
}

/** `2026-11-01`, `2026-11-01 08:00:00.000`, or the same with a T and a Z. Always UTC. */
function instantOf(text: string): number {
  const [, day, time = '00:00:00'] = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?Z?$/.exec(text.trim()) ?? []
  return Date.parse(`${day}T${time}Z`)
}

function holds(condition: Condition, tally: Tally): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.parts.every((part) => holds(part, tally))
    case 'any':
      return condition.parts.some((part) => holds(part, tally))
    case 'not':
      return !holds(condition.part, tally)
    case 'test':
      return condition.column === 'eventtime' || passes(condition, tally.columns[condition.column] ?? null)
  }
}

function passes({ sign, values }: Extract<Condition, { kind: 'test' }>, value: string | null): boolean {
  const [first = ''] = values
  if (sign === 'is null') return value === null
  if (sign === 'is not null') return value !== null
  if (value === null) return false
  switch (sign) {
    case '=':
      return value === first
    case '<>':
      return value !== first
    case 'in':
      return values.includes(value)
    case 'like':
      return likeExpression(first).test(value)
    default:
      return false
  }
}

function likeExpression(pattern: string): RegExp {
  const escaped = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.')
  return new RegExp(`^${escaped}$`, 's')
}

type Group = { readonly columns: Tally['columns']; readonly tallies: readonly Tally[] }

/** With GROUP BY or an aggregate: one group for each combination of the plain columns; else each tally by itself. */
function grouped(tallies: readonly Tally[], { selected, isGrouped }: Query): readonly Group[] {
  const names = selected.flatMap(({ expression }) => (expression.kind === 'column' ? [expression.name] : []))
  const aggregates = isGrouped || selected.some(({ expression }) => /^(count|newest|oldest)$/.test(expression.kind))
  if (!aggregates) return tallies.map((tally) => ({ columns: tally.columns, tallies: [tally] }))
  const keyed = Map.groupBy(tallies, ({ columns }) => JSON.stringify(names.map((name) => columns[name] ?? null)))
  if (names.length === 0 && keyed.size === 0) return [{ columns: {}, tallies: [] }]
  return [...keyed.values()].map((list) => ({ columns: list[0]?.columns ?? {}, tallies: list }))
}

function rowOf(group: Group, { selected }: Query): ResultRow {
  return selected.flatMap(({ name, expression }) => {
    if (expression.kind === 'everything') return everyColumn(group)
    const value = cellOf(expression, group)
    return value === null ? [] : [{ [name]: value }]
  })
}

function everyColumn({ columns, tallies }: Group): ResultRow {
  const cells = { eventtime: timestamp(tallies[0]?.last ?? 0), ...columns }
  return Object.entries(cells).flatMap(([name, value]) => (value === null || value === undefined ? [] : [{ [name]: value }]))
}

function cellOf(expression: Expression, { columns, tallies }: Group): string | null {
  const times = tallies.map(({ last }) => last)
  switch (expression.kind) {
    case 'count':
      return String(tallies.reduce((sum, { count }) => sum + count, 0))
    case 'newest':
      return times.length === 0 ? null : timestamp(Math.max(...times))
    case 'oldest':
      return times.length === 0 ? null : timestamp(Math.min(...times))
    case 'everything':
      return null
    case 'column':
      return expression.name === 'eventtime' ? timestamp(times[0] ?? 0) : (columns[expression.name] ?? null)
  }
}

function byOrder({ order, selected }: Query): (a: Group, b: Group) => number {
  const expression = selected.find(({ name, expression: one }) => name.toLowerCase() === order?.key || one.kind === order?.key)?.expression
  const wanted: Expression = expression ?? { kind: 'column', name: order?.key ?? '' }
  const sign = order?.descending === true ? -1 : 1
  return (a, b) => {
    const [left, right] = [cellOf(wanted, a) ?? '', cellOf(wanted, b) ?? '']
    return sign * (wanted.kind === 'count' ? Number(left) - Number(right) : left < right ? -1 : left > right ? 1 : 0)
  }
}

function timestamp(at: number): string {
  return new Date(at).toISOString().replace('T', ' ').replace('Z', '')
}
