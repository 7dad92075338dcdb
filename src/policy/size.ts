/**
 * Characters that count against IAM's size quotas: all but white space outside strings. Whether AWS also forgives spaces
 * inside strings is not documented, so they count here.
 *
 * @param text a policy document as JSON text
 */
export function policySize(text: string): number {
  let size = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (inString) {
      size++
      if (code === BACKSLASH) {
        size++
        at++
      } else if (code === QUOTE) inString = false
    } else if (code !== SPACE && code !== TAB && code !== NEWLINE && code !== RETURN) {
      size++
      inString = code === QUOTE
    }
  }
  return size
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const SPACE = 0x20
const TAB = 0x09
const NEWLINE = 0x0a
const RETURN = 0x0d

/** IAM's documented sizes, in characters. */
export const MANAGED_POLICY_LIMIT = 6144
export const INLINE_SUM_LIMIT = 10240
