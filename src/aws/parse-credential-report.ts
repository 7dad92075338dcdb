/**
 * The credential report: a CSV with one row a user, root first. Dates that say nothing are words: `N/A`, `no_information`,
 * `not_supported`.
 */
import { parseDate } from '../account/parse-date.ts'
import type { AccessKey, UserCredentials } from '../evidence/account-observations.ts'
import type { Iso } from '../policy/names.ts'

/** Null where the text is no credential report. */
export function parseCredentialReport(csv: string): readonly UserCredentials[] | null {
  const [head, ...rows] = csvRows(csv.replace(/^\ufeff/, ''))
  if (head === undefined || !head.includes('user') || !head.includes('mfa_active')) return null
  const places = new Map(head.map((name, at) => [name, at]))
  return rows.map((cells) => readUser((column) => cells[places.get(column) ?? -1] ?? ''))
}

type Cell = (column: string) => string

function readUser(cell: Cell): UserCredentials {
  const userName = cell('user')
  const hasPassword = cell('password_enabled')
  return {
    userName,
    arn: cell('arn'),
    isRoot: userName === '<root_account>',
    hasPassword: hasPassword === 'not_supported' || hasPassword === '' ? null : isTrue(hasPassword),
    passwordLastUsed: dateOf(cell('password_last_used')),
    passwordChanged: dateOf(cell('password_last_changed')) ?? (isTrue(hasPassword) ? dateOf(cell('user_creation_time')) : null),
    hasMfa: isTrue(cell('mfa_active')),
    keys: ([1, 2] as const).flatMap((slot) => readKey(cell, slot) ?? []),
  }
}

function readKey(cell: Cell, slot: 1 | 2): AccessKey | null {
  const of = (name: string): string => cell(`access_key_${slot}_${name}`)
  const lastRotated = dateOf(of('last_rotated'))
  const isActive = isTrue(of('active'))
  if (!isActive && lastRotated === null) return null
  const service = of('last_used_service')
  return {
    slot,
    isActive,
    lastUsed: dateOf(of('last_used_date')),
    lastUsedService: service === '' || service === 'N/A' ? null : service,
    lastRotated,
  }
}

const isTrue = (text: string): boolean => text.toLowerCase() === 'true'

const dateOf = (text: string): Iso | null => (/^\d{4}-/.test(text) ? parseDate(text).date : null)

/** Rows of cells; a cell in quotes may hold commas, line ends and doubled quotes. */
function csvRows(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]]
  const cell = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|\r|$)/y
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text)
    if (match === null) break
    const [, quoted, plain = '', end] = match
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === '') break
    if (end !== ',') rows.push([])
  }
  return rows.filter((row) => row.length > 1)
}
