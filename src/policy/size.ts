/**
 * Characters that count against IAM's size quotas: all but white space outside strings. Whether AWS also forgives spaces
 * inside strings is not documented, so they count here.
 *
 * @param text a policy document as JSON text
 */
export function policySize(text: string): number {
  if (!SPACE.test(text)) return text.length
  let size = 0
  for (const [from, to] of countedRuns(text)) size += to - from
  return size
}

/** The text without white space outside strings. */
export function compactText(text: string): string {
  if (!SPACE.test(text)) return text
  let compact = ''
  for (const [from, to] of countedRuns(text)) compact += text.slice(from, to)
  return compact
}

/** The stretches between white space that stands outside strings. */
function* countedRuns(text: string): Iterable<readonly [from: number, to: number]> {
  let from = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) inString = !inString
    else if (inString) at += code === BACKSLASH ? 1 : 0
    else if (isSpace(code)) {
      if (at > from) yield [from, at]
      from = at + 1
    }
  }
  if (text.length > from) yield [from, text.length]
}

/** Most texts have none at all. */
const SPACE = /[ \t\n\r]/
const QUOTE = 0x22
const BACKSLASH = 0x5c

/** The four kinds of JSON white space: space, tab, line feed, carriage return. */
const isSpace = (code: number): boolean => code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d

/** IAM's documented sizes, in characters. */
export const MANAGED_POLICY_LIMIT = 6144
export const INLINE_SUM_LIMIT = 10240
