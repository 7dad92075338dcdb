/**
 * Names, tags and documents come from the account and are hostile until cleaned: a Sid may hold a terminal escape, a tag a
 * bidi override that turns a name around. What could move the cursor, change colours, reorder or hide text is written out
 * (`\x1b`, `\u202e`), so that the eye sees that it is there.
 *
 * Covered: C0 and C1 controls with DEL, bidi marks, embeddings, overrides and isolates, invisible separators, the byte order
 * mark, interlinear marks, tag characters, lone surrogates. Zero-width (non-)joiners stay: emoji and several scripts need them.
 */
const hostile = /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Cs}/gu

/** True where every character is printable ASCII: the usual case, and the cheap one. */
export function isPlainAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code < 0x20 || code > 0x7e) return false
  }
  return true
}

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function writeOut(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const short = named[character]
  if (short !== undefined) return short
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`
}

/** One line of text that is safe to draw or to write into a report. Cleaning twice changes nothing more. */
export function clean(text: string): string {
  return isPlainAscii(text) ? text : text.replace(hostile, writeOut)
}

/** The lines of a text, each cleaned; tabs become two spaces so that documents keep their shape. */
export function cleanLines(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/).map((line) => clean(line.replaceAll('\t', '  ')))
}
