/**
 * The part of Logs Insights' language that counts and lists events of a trail:
 *
 *   fields eventTime, eventName | filter errorCode like /AccessDenied/ and eventSource = "iam.amazonaws.com"
 *   | stats count(*) as calls by eventName, errorCode | sort calls desc | limit 20
 */
import type { Tally } from '../life/tallies.ts'

export type InsightsRow = readonly { readonly field: string; readonly value: string }[]

type Step = (rows: readonly InsightsRow[]) => readonly InsightsRow[]

type Pipeline = { readonly filters: readonly ((tally: Tally) => boolean)[]; shape(tallies: readonly Tally[]): readonly InsightsRow[] }

/** Throws `SyntaxError`. */
export function parseInsights(text: string): Pipeline {
  const filters: ((tally: Tally) => boolean)[] = []
  const steps: Step[] = []
  let shape = listing(['eventTime', 'eventName'])
  for (const command of text.split(/\|(?![^/]*\/)/).map((part) => part.trim())) {
    const [, name = '', rest = ''] = /^(\w+)\s+([\s\S]*)$/.exec(command) ?? []
    if (name === 'filter') filters.push(parseFilter(rest))
    else if (name === 'fields' || name === 'display') shape = listing(rest.split(',').map((field) => field.trim()))
    else if (name === 'stats') shape = parseStats(rest)
    else if (name === 'sort') steps.push(parseSort(rest))
    else if (name === 'limit') steps.push((rows) => rows.slice(0, Number(rest)))
    else throw new SyntaxError(`unexpected symbol found ${command.slice(0, 20)}`)
  }
  const last = shape
  return { filters, shape: (tallies) => steps.reduce((rows, step) => step(rows), last(tallies)) }
}

const TEST = /^([\w.@]+)\s*(=~|!=|=|like|not like|in)\s*(\/.*\/|\[.*\]|"[^"]*"|'[^']*'|\S+)$/i

/** Tests joined by `and`; within one test alternatives by `in` or a pattern. */
function parseFilter(text: string): (tally: Tally) => boolean {
  const tests = text.split(/\s+and\s+/i).map((part) => {
    const presence = /^ispresent\(([\w.@]+)\)$/i.exec(part.trim())
    if (presence !== null) return (tally: Tally) => fieldOf(tally, presence[1] ?? '') !== null
    const [, field, sign, value] = TEST.exec(part.trim()) ?? []
    if (field === undefined || sign === undefined || value === undefined)
      throw new SyntaxError(`unexpected symbol found ${part.slice(0, 20)}`)
    return (tally: Tally) => compares(fieldOf(tally, field), sign.toLowerCase(), value)
  })
  return (tally) => tests.every((test) => test(tally))
}

function compares(actual: string | null, sign: string, written: string): boolean {
  if (actual === null) return sign === '!=' || sign === 'not like'
  if (sign === 'in') return listOf(written).includes(actual)
  if (sign === '=') return actual === plain(written)
  if (sign === '!=') return actual !== plain(written)
  const found = written.startsWith('/') ? new RegExp(written.slice(1, -1)).test(actual) : actual.includes(plain(written))
  return found === (sign !== 'not like')
}

/** `count(*) as calls, max(eventTime) as last by eventSource, eventName`. */
function parseStats(text: string): Pipeline['shape'] {
  const [, aggregates = '', by = ''] = /^([\s\S]+?)(?:\s+by\s+([\s\S]+))?$/i.exec(text) ?? []
  const wanted = listOfFields(aggregates).map(parseAggregate)
  const fields = listOfFields(by)
  return (tallies) =>
    [...Map.groupBy(tallies, (tally) => JSON.stringify(fields.map((field) => fieldOf(tally, field)))).values()].map((group) => [
      ...fields.map((field) => ({ field, value: fieldOf(group[0], field) ?? '' })),
      ...wanted.map(({ field, value }) => ({ field, value: value(group) })),
    ])
}

type Aggregate = { readonly field: string; value(group: readonly Tally[]): string }

const AGGREGATE = /^(count|max)\s*\(\s*([\w.@]*|\*)\s*\)(?:\s+as\s+(\w+))?$/i

function parseAggregate(text: string): Aggregate {
  const [, name = '', of = '', alias] = AGGREGATE.exec(text) ?? []
  const field = alias ?? text
  if (name.toLowerCase() === 'count') return { field, value: (group) => String(group.reduce((sum, { count }) => sum + count, 0)) }
  if (name.toLowerCase() !== 'max' || !/^(eventTime|@timestamp)$/.test(of))
    throw new SyntaxError(`unexpected symbol found ${text.slice(0, 20)}`)
  return { field, value: (group) => fieldOf(group.toSorted((a, b) => b.last - a.last)[0], 'eventTime') ?? '' }
}

const listOfFields = (text: string): readonly string[] =>
  text
    .split(',')
    .map((field) => field.trim())
    .filter((field) => field !== '')

function listing(fields: readonly string[]): Pipeline['shape'] {
  return (tallies) => tallies.map((tally) => fields.flatMap((field) => [{ field, value: fieldOf(tally, field) ?? '' }]))
}

function parseSort(text: string): Step {
  const [key = '', direction = 'asc'] = text.split(/\s+/)
  const sign = direction.toLowerCase() === 'desc' ? -1 : 1
  const cellOf = (row: InsightsRow): string => row.find(({ field }) => field === key)?.value ?? ''
  return (rows) => rows.toSorted((a, b) => sign * cellOf(a).localeCompare(cellOf(b), 'en', { numeric: true }))
}

function fieldOf(tally: Tally | undefined, field: string): string | null {
  if (tally === undefined) return null
  if (field === '@timestamp' || field === 'eventTime') return new Date(tally.last).toISOString().replace('T', ' ').replace('Z', '')
  return tally.columns[field.toLowerCase()] ?? null
}

function listOf(written: string): readonly string[] {
  return written
    .replace(/^\[|\]$/g, '')
    .split(',')
    .map((value) => plain(value.trim()))
}

function plain(written: string): string {
  return written.replace(/^["']|["']$/g, '')
}
