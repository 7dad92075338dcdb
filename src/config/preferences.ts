/**
 * Preferences in one JSON file of the data directory. Reading is a matter of the first screen, so it is a plain read; `conf`
 * comes in for writing, which must be whole or not at all. What is in the file is checked value by value: one that is wrong is
 * told and stands at its default, and the others hold.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { describeIssue } from '../account/parse-issue.ts'
import type { PreferenceKey, Preferences, ReadGuardLists, ReadPreferences, SetPreference } from '../ports/preferences.ts'

const NAME = 'preferences'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 22:30 was expected')
const weekDays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const word = z.string().min(1, 'a name or pattern was expected')
const names = z.array(word)

const timeZone = z.string().refine(isTimeZone, 'a time zone such as Europe/Berlin was expected')

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const stars = (pattern: string): number => pattern.split('*').length

const rehearsalRule = z.union(
  [
    z.strictObject({ tag: word, production: word, test: word, same: word }),
    z
      .strictObject({ production: word, test: word })
      .refine(({ production, test }) => stars(production) === stars(test), 'as many * in test as in production were expected'),
  ],
  'rules with production and test were expected, names with as many * each, or with tag and same besides',
)

type Spec<T> = { readonly value: z.ZodType<T>; readonly fallback: T; readonly about: string }

const spec = <T>(value: z.ZodType<T>, fallback: T, about: string): Spec<T> => ({ value, fallback, about })

const specs: { readonly [K in PreferenceKey]: Spec<Preferences[K]> } = {
  theme: spec(z.enum(['auto', 'dark', 'light']), 'auto', 'Colours for a dark or a light background: auto, dark, light.'),
  language: spec(z.enum(['auto', 'en', 'ja']), 'auto', 'Language of screens and reports: auto (the locale), en, ja.'),
  keys: spec(
    z.record(z.string(), z.array(z.string().min(1))),
    {},
    'Keys of your own by command, as JSON: {"apply": ["A"], "rollback": ["Z"]}.',
  ),
  columns: spec(names, [], 'Columns of the list of roles: risk, grade, unused, last, granted, used, unknown, flags, stage.'),
  protectedRoles: spec(names, [], 'Roles that ask for their name before every change: names, * stands for any characters.'),
  crownJewels: spec(names, [], 'Roles that reach what matters most: flagged crown-jewel, and they ask for their name.'),
  changeWindows: spec(
    z.array(z.strictObject({ days: z.array(z.enum(weekDays)).min(1), from: time, to: time, timeZone: timeZone.exactOptional() })),
    [],
    'When changes may begin, as JSON: [{"days": ["sat", "sun"], "from": "22:00", "to": "04:00", "timeZone": "Europe/Berlin"}]; empty: at any time.',
  ),
  rehearsal: spec(
    z.array(rehearsalRule),
    [],
    'Which role rehearses the stages of which, as JSON: [{"production": "*-prod", "test": "*-test"}] or [{"tag": "env", "production": "prod", "test": "test", "same": "app"}]; empty: none need it.',
  ),
  thresholds: spec(
    z.object({ unused: z.number().min(0).max(100) }),
    { unused: 70 },
    'As JSON: {"unused": 70}: percent of unused actions from which the list sets a role off.',
  ),
}

export const preferenceKeys = Object.keys(specs) as readonly PreferenceKey[]

export const aboutPreference = (key: PreferenceKey): string => specs[key].about

const isKey = (key: string): key is PreferenceKey => Object.hasOwn(specs, key)

const fileOf = (directory: string): string => join(directory, `${NAME}.json`)

function readFile(file: string): { readonly given: Record<string, unknown>; readonly problem: string | null } {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error ? Reflect.get(error, 'code') : null
    return { given: {}, problem: code === 'ENOENT' ? null : `${file} cannot be read (${String(code)})` }
  }
  try {
    const parsed = z.record(z.string(), z.unknown()).safeParse(JSON.parse(text))
    return parsed.success ? { given: parsed.data, problem: null } : { given: {}, problem: `${file} holds no JSON object` }
  } catch {
    return { given: {}, problem: `${file} is no JSON` }
  }
}

const guardKeys: ReadonlySet<PreferenceKey> = new Set(['protectedRoles', 'crownJewels', 'changeWindows', 'rehearsal'])

/** `changeWindows[0].from: a time such as 22:30 was expected`. */
function issueText(key: string, error: z.ZodError): string {
  const { place, message } = describeIssue(error)
  return `${key}${place === '' || place.startsWith('[') ? place : `.${place}`}: ${message}`
}

const joined = (problems: readonly string[]): string | null => (problems.length === 0 ? null : problems.join('; '))

/** The lists that guard roles, read anew: what stood in the file when the program started may be hours old. */
export function readGuardLists(directory: string): ReturnType<ReadGuardLists> {
  const { values, guardProblem } = readPreferences(directory)
  const { protectedRoles, crownJewels, changeWindows, rehearsal } = values
  return { lists: { protectedRoles, crownJewels, changeWindows, rehearsal }, problem: guardProblem }
}

/** Never throws: a broken file must not keep anybody from rolling back. */
export function readPreferences(directory: string): ReadPreferences {
  const file = fileOf(directory)
  const { given, problem } = readFile(file)
  const problems = problem === null ? [] : [problem]
  const guardProblems = problem === null ? [] : [problem]
  const tell = (key: string, text: string): void => {
    problems.push(text)
    // A misspelt name may have been meant as the name of a list.
    if (!isKey(key) || guardKeys.has(key)) guardProblems.push(text)
  }
  const values = Object.fromEntries(
    preferenceKeys.map((key) => {
      const { value, fallback } = specs[key]
      if (given[key] === undefined) return [key, fallback]
      const read = value.safeParse(given[key])
      if (!read.success) tell(key, `${file}: ${issueText(key, read.error)}`)
      return [key, read.success ? read.data : fallback]
    }),
  ) as unknown as Preferences
  for (const key of Object.keys(given)) if (!isKey(key)) tell(key, `${file}: there is no preference "${key}"`)
  return { file, values, problem: joined(problems), guardProblem: joined(guardProblems) }
}

/** A value as it is shown and typed: text as it is, lists of names with commas, the rest as JSON. */
export function preferenceText(values: Preferences, key: PreferenceKey): string {
  const value: unknown = values[key]
  if (typeof value === 'string') return value
  const isNames = Array.isArray(value) && value.every((one) => typeof one === 'string')
  if (isNames && key !== 'columns') return value.join(', ')
  if (Array.isArray(value) && value.length === 0) return ''
  return JSON.stringify(value)
}

/** Typed text as a value: JSON where it is JSON, a list where names stand between commas. */
function typedValue(key: PreferenceKey, text: string): unknown {
  const typed = text.trim()
  if (/^[[{"]/.test(typed)) {
    try {
      return JSON.parse(typed)
    } catch {
      return typed
    }
  }
  const isList = Array.isArray(specs[key].fallback)
  if (typed === '') return specs[key].fallback
  return isList ? typed.split(/[\s,]+/).filter(Boolean) : typed
}

/** Checks and writes one preference; empty text puts its default back. */
export async function setPreference(directory: string, key: string, text: string): Promise<SetPreference> {
  if (!isKey(key)) return { ok: false, problem: `there is no preference "${key}": ${preferenceKeys.join(', ')} are` }
  const read = specs[key].value.safeParse(typedValue(key, text))
  if (!read.success) return { ok: false, problem: `${issueText(key, read.error)}. ${specs[key].about}` }
  const { default: Conf } = await import('conf')
  try {
    const store = new Conf<Record<string, unknown>>({
      cwd: directory,
      configName: NAME,
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
    })
    store.set(key, read.data)
  } catch (error) {
    return { ok: false, problem: `${fileOf(directory)} cannot be written (${error instanceof Error ? error.message : String(error)})` }
  }
  return { ok: true, values: readPreferences(directory).values }
}
