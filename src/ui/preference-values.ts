import type { PreferenceRow } from '../ports/preferences.ts'
import { type Facts, type RoleColumnId, roleColumnIds, themeNames } from './state.ts'

const textOf = (rows: readonly PreferenceRow[], key: string): string => rows.find((row) => row.key === key)?.value ?? ''

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The facts that preferences decide and that may change while the program runs. The edge has checked them. */
export function bindingsOf(rows: readonly PreferenceRow[], facts: Facts): Pick<Facts, 'theme' | 'keys' | 'lang' | 'unusedFrom'> {
  const theme = themeNames.find((name) => name === textOf(rows, 'theme')) ?? facts.theme
  const language = textOf(rows, 'language')
  const lang = language === 'en' || language === 'ja' ? language : facts.lang
  const keys = parsed(textOf(rows, 'keys'))
  const thresholds = parsed(textOf(rows, 'thresholds'))
  const unused: unknown = typeof thresholds === 'object' && thresholds !== null ? Reflect.get(thresholds, 'unused') : null
  return {
    theme,
    lang,
    unusedFrom: typeof unused === 'number' ? unused : facts.unusedFrom,
    keys: typeof keys === 'object' && keys !== null ? (keys as Facts['keys']) : facts.keys,
  }
}

/** The columns that are written down; null where none are. */
export function columnsOf(rows: readonly PreferenceRow[]): readonly RoleColumnId[] | null {
  const columns = parsed(textOf(rows, 'columns'))
  if (!Array.isArray(columns) || columns.length === 0) return null
  return roleColumnIds.filter((id) => columns.includes(id))
}
