/** The typed values of conditions, read from text. Null where a text is not of the type: it then compares as nothing. */

const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i

export const readNumber = (text: string): number | null => (DECIMAL.test(text) ? Number(text) : null)

export function readBoolean(text: string): boolean | null {
  const folded = text.toLowerCase()
  return folded === 'true' ? true : folded === 'false' ? false : null
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

/** The Base64 text without its padding: equal texts, equal bytes. */
export const readBinary = (text: string): string | null => (BASE64.test(text) ? text.replace(/=+$/, '') : null)

/** The W3C profile of ISO 8601: a year, a month, a day, a minute, a second or parts of it. https://www.w3.org/TR/NOTE-datetime */
const DATE =
  /^(?<year>\d{4})(?:-(?<month>\d\d)(?:-(?<day>\d\d)(?:T(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?<fraction>\.\d+)?)?(?<zone>Z|[+-]\d\d:?\d\d)?)?)?)?$/i
const EPOCH_SECONDS = /^-?\d+(?:\.\d+)?$/

/**
 * Milliseconds since 1970 of a date or of epoch seconds. Four digits are a year. A time without a zone is UTC, whatever zone
 * this machine is in.
 */
export function readMoment(text: string): number | null {
  const groups = DATE.exec(text)?.groups
  if (groups !== undefined) return momentOf(groups)
  return EPOCH_SECONDS.test(text) ? Number(text) * 1000 : null
}

function momentOf({ year, month, day, hour, minute, second, fraction, zone }: Partial<Record<string, string>>): number | null {
  const [y, mo, d, h, mi, s] = [year, month ?? '1', day ?? '1', hour ?? '0', minute ?? '0', second ?? '0'].map(Number)
  const milliseconds = Date.UTC(y ?? 0, (mo ?? 1) - 1, d, h, mi, s)
  if (h === undefined || h > 23 || mi === undefined || mi > 59 || s === undefined || s > 59) return null
  const asRead = new Date(milliseconds)
  if (asRead.getUTCMonth() + 1 !== mo || asRead.getUTCDate() !== d) return null
  return milliseconds + Number(fraction ?? '0') * 1000 - zoneOffset(zone ?? 'Z')
}

function zoneOffset(zone: string): number {
  const digits = zone.replace(/\D/g, '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}
