/**
 * The filter of the list of roles: words that the name must match, and fields. `admin unused>20 risk>=high last>90d tag:env=prod`
 * shows what all of them hold for. Parsed once, then asked of every row.
 */
import type { RoleRow } from './views.ts'

type Test = (row: RoleRow, now: number) => boolean

export type RoleFilter = {
  readonly matches: Test
  /** What could not be understood, for people; null when all was. */
  readonly problem: string | null
}

const day = 86_400_000
const hour = 3_600_000

const gradeFrom: Readonly<Record<string, number>> = { critical: 90, high: 70, medium: 40, low: 0 }

type Comparison = '>' | '>=' | '<' | '<=' | '=' | '!='

const compare: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
}

const number = (text: string): number | null => (/^\d+(?:\.\d+)?%?$/.test(text) ? Number.parseFloat(text) : null)

/** `90d`, `36h`, `90`: a time in milliseconds. */
function duration(text: string): number | null {
  const [, value, unit] = /^(\d+(?:\.\d+)?)(d|h)?$/.exec(text) ?? []
  return value === undefined ? null : Number(value) * (unit === 'h' ? hour : day)
}

/** `high` stands for its lowest score. Equality means the grade, whatever the score inside it. */
function riskTest(sign: Comparison, text: string): Test | null {
  const from = gradeFrom[text]
  if (from === undefined) return numeric((row) => row.riskScore)(sign, text)
  if (sign === '=' || sign === '!=') return (row) => (row.riskGrade === text) === (sign === '=')
  const next = Math.min(...Object.values(gradeFrom).filter((score) => score > from), 101)
  return (row) => (sign === '>' || sign === '<=' ? compare[sign](row.riskScore, next - 1) : compare[sign](row.riskScore, from))
}

type FieldTest = (sign: Comparison, text: string) => Test | null

const numeric =
  (value: (row: RoleRow) => number): FieldTest =>
  (sign, text) => {
    const asked = number(text)
    return asked === null ? null : (row) => compare[sign](value(row), asked)
  }

/** How long ago the last use was. Never used is longer ago than anything. */
const lastTest: FieldTest = (sign, text) => {
  if (text === 'never') return sign === '=' || sign === '!=' ? (row) => (row.lastUsed === null) === (sign === '=') : null
  const asked = duration(text)
  if (asked === null) return null
  return (row, now) => compare[sign](row.lastUsed === null ? Number.POSITIVE_INFINITY : now - Date.parse(row.lastUsed), asked)
}

const fields: Readonly<Record<string, FieldTest>> = {
  unused: numeric((row) => row.unusedPercent),
  risk: riskTest,
  last: lastTest,
  granted: numeric((row) => row.grantedActions),
  used: numeric((row) => row.usedActions),
  unknown: numeric((row) => row.unknownActions),
  applied: numeric((row) => row.stage.applied),
}

export const filterFields: readonly string[] = [...Object.keys(fields), 'tag', 'flag', 'is', 'path']

const states: Readonly<Record<string, Test>> = {
  protected: (row) => row.protected,
  open: (row) => row.stage.applied === 0,
  tightened: (row) => row.stage.total !== null && row.stage.total > 0 && row.stage.applied >= row.stage.total,
  unused: (row) => row.lastUsed === null,
}

const holds = (value: string, asked: string): boolean => value.toLowerCase().includes(asked)

/** `tag:env=prod`, `tag:env`, `flag:administrator`, `is:protected`, `path:/service/`. */
const named: Readonly<Record<string, (text: string) => Test | null>> = {
  tag: (text) => {
    const [key = '', value] = text.split('=')
    return (row) => (row.tags ?? []).some((tag) => tag.key.toLowerCase() === key && (value === undefined || holds(tag.value, value)))
  },
  flag: (text) => (row) => row.flags.some((flag) => holds(flag, text)),
  is: (text) => states[text] ?? null,
  path: (text) => (row) => holds(row.path, text),
}

/**
 * A name matches where it holds the word, or where the word's letters are found in order, each beside the one before or at the
 * start of a part of the name: `lar` finds `legacy-admin-role`, not every name with these letters somewhere.
 */
export function matchesName(name: string, word: string): boolean {
  const lower = name.toLowerCase()
  return lower.includes(word) || (word.length > 1 && matchesParts(lower, word, { from: 0, at: 0 }))
}

/** After anything but a letter or a digit. Asked for every letter of every name, so codes are compared. */
function isStart(name: string, index: number): boolean {
  const before = index === 0 ? 0 : name.charCodeAt(index - 1)
  return !((before >= 97 && before <= 122) || (before >= 48 && before <= 57))
}

function matchesParts(name: string, word: string, place: { readonly from: number; readonly at: number }): boolean {
  const letter = word[place.at]
  if (letter === undefined) return true
  for (let index = place.from; index < name.length; index++) {
    const touches = index === place.from && place.at > 0
    if (name[index] !== letter || !(touches || isStart(name, index))) continue
    if (matchesParts(name, word, { from: index + 1, at: place.at + 1 })) return true
  }
  return false
}

const term = /^([a-z]+)(>=|<=|!=|>|<|=)(.*)$/
const namedTerm = /^([a-z]+):(.+)$/

type Parsed = { readonly test: Test; readonly problem: null } | { readonly test: null; readonly problem: string }

function parseWord(word: string): Parsed {
  const [, field, sign, value] = term.exec(word) ?? []
  if (field !== undefined && sign !== undefined && value !== undefined) {
    const made = fields[field]?.(sign as Comparison, value) ?? null
    if (made !== null) return { test: made, problem: null }
    return { test: null, problem: value === '' ? word : `${word}?` }
  }
  const [, name, text] = namedTerm.exec(word) ?? []
  const make = name === undefined ? undefined : named[name]
  if (make !== undefined && text !== undefined) {
    const made = make(text)
    return made === null ? { test: null, problem: `${word}?` } : { test: made, problem: null }
  }
  return { test: (row) => matchesName(row.roleName, word), problem: null }
}

/** What cannot be understood filters nothing, so that a half-typed field does not empty the list. */
export function parseFilter(filter: string): RoleFilter {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean).map(parseWord)
  const tests = words.flatMap(({ test }) => test ?? [])
  const problems = words.flatMap(({ problem }) => problem ?? [])
  return {
    matches: (row, now) => tests.every((test) => test(row, now)),
    problem: problems.length === 0 ? null : problems.join(' '),
  }
}
