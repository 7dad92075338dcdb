/**
 * The filter of the list of roles: words that the name must match, and fields. `admin unused>20 risk>=high last>90d tag:env=prod`
 * shows what all of them hold for. Parsed once, then asked of every row.
 */
import { nameMatcher } from './name-matcher.ts'
import type { RoleRow } from './views.ts'

type Test = (row: RoleRow, now: number) => boolean

export type RoleFilter = {
  readonly text: string
  readonly isEmpty: boolean
  /** `name`: the role's, in lower case: who asks with every key has it ready. */
  readonly matches: (row: RoleRow, name: string, now: number) => boolean
  /** Shows nothing that the other does not show: it asks for all that the other asks for. */
  readonly narrows: (other: RoleFilter) => boolean
  readonly words: readonly Word[]
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

const term = /^([a-z]+)(>=|<=|!=|>|<|=)(.*)$/
const namedTerm = /^([a-z]+):(.+)$/

/** One word of a filter: a name to find, a field to test, or something that is not understood (yet) and tests nothing. */
export type Word =
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'field'; readonly text: string; readonly test: Test }
  | { readonly kind: 'problem'; readonly text: string; readonly problem: string }

const fieldWord = (text: string, test: Test | null, problem = `${text}?`): Word =>
  test === null ? { kind: 'problem', text, problem } : { kind: 'field', text, test }

function parseWord(text: string): Word {
  const [, field, sign, value] = term.exec(text) ?? []
  if (field !== undefined && sign !== undefined && value !== undefined) {
    return fieldWord(text, fields[field]?.(sign as Comparison, value) ?? null, value === '' ? text : `${text}?`)
  }
  const [, name, asked] = namedTerm.exec(text) ?? []
  const make = name === undefined ? undefined : named[name]
  return make !== undefined && asked !== undefined ? fieldWord(text, make(asked)) : { kind: 'name', text }
}

/** Every name that holds a word holds its beginnings. */
const impliesWord = (word: Word, other: Word): boolean =>
  word.text === other.text ||
  other.kind === 'problem' ||
  (word.kind === 'name' && other.kind === 'name' && word.text.startsWith(other.text))

type Matcher = RoleFilter['matches']

/** Names are asked first: they leave out most for least. */
function matcherOf(words: readonly Word[]): Matcher {
  const names = words.flatMap((word) => (word.kind === 'name' ? [nameMatcher(word.text)] : []))
  const tests = words.flatMap((word) => (word.kind === 'field' ? [word.test] : []))
  const [only] = names
  if (only !== undefined && names.length === 1 && tests.length === 0) return (_row, name) => only(name)
  return (row, name, now) => names.every((matches) => matches(name)) && tests.every((test) => test(row, now))
}

/** What cannot be understood filters nothing, so that a half-typed field does not empty the list. */
export function parseFilter(text: string): RoleFilter {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean).map(parseWord)
  const problems = words.flatMap((word) => (word.kind === 'problem' ? [word.problem] : []))
  return {
    text,
    words,
    isEmpty: words.every(({ kind }) => kind === 'problem'),
    matches: matcherOf(words),
    narrows: (other) =>
      other.words.every((asked, place) => {
        const word = words[place]
        return word === undefined ? asked.kind === 'problem' : impliesWord(word, asked)
      }),
    problem: problems.length === 0 ? null : problems.join(' '),
  }
}

/** The roles that the filter shows, in the order in which they stand. */
export function filterRoles(roles: readonly RoleRow[], text: string, now: number): readonly RoleRow[] {
  const filter = parseFilter(text)
  return roles.filter((row) => filter.matches(row, row.roleName.toLowerCase(), now))
}
