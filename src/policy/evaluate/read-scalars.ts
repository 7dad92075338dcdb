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

function momentOf(groups: Partial<Record<string, string>>): number | null {
  const { year, month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = '0', zone = 'Z' } = groups
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`
  const milliseconds = Date.parse(written)
  const exists = !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString() === written
  return exists ? milliseconds + Number(fraction) * 1000 - zoneOffset(zone) : null
}

function zoneOffset(zone: string): number {
  const digits = zone.replace(/\D/g, '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}
