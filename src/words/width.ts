import stringWidth from 'string-width'
import { isPlainAscii } from './clean.ts'

/**
 * Letters and signs of one cell each, alone and together: Latin, punctuation, arrows, and the frames, blocks and marks of the
 * screens. They are measured with every key, and counting them is a hundred times cheaper than to look each one up.
 */
export const oneCellSigns =
  /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2039\u203a\u2190-\u2193\u2212\u2500-\u25a0\u25b8\u25be\u25c6\u25cb\u25cf\u2713\u2717]*$/

/** Cells that a cleaned text takes. Characters of ambiguous width count as narrow. */
export function widthOf(text: string): number {
  return oneCellSigns.test(text) ? text.length : stringWidth(text)
}

/** What a person sees as single characters; a cut never goes through one. */
export function graphemesOf(text: string): readonly string[] {
  if (isPlainAscii(text)) return text.split('')
  return Array.from(new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text), ({ segment }) => segment)
}

/** The longest start of `text` that fits into `width` cells. A wide character that would stick out is left off. */
export function takeWidth(text: string, width: number): string {
  if (width <= 0) return ''
  if (isPlainAscii(text)) return text.slice(0, width)
  let taken = ''
  let used = 0
  for (const grapheme of graphemesOf(text)) {
    used += widthOf(grapheme)
    if (used > width) break
    taken += grapheme
  }
  return taken
}

/** Cuts `text` to at most `width` cells; what was cut ends in `ellipsis`. */
export function truncate(text: string, width: number, ellipsis = '…'): string {
  if (widthOf(text) <= width) return text
  if (width <= widthOf(ellipsis)) return takeWidth(ellipsis, width)
  return takeWidth(text, width - widthOf(ellipsis)) + ellipsis
}

/** Cuts or fills `text` to exactly `width` cells. */
export function fit(text: string, width: number, options: { readonly align?: 'left' | 'right'; readonly ellipsis?: string } = {}): string {
  const cut = truncate(text, width, options.ellipsis)
  const fill = ' '.repeat(Math.max(0, width - widthOf(cut)))
  return options.align === 'right' ? fill + cut : cut + fill
}

/** Breaks prose into lines of at most `width` cells at its spaces; a word longer than a line is cut into pieces. */
export function wrap(text: string, width: number): readonly string[] {
  if (width <= 0) return []
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((part) => pieces(part, width))) {
    const joined = line === '' ? word : `${line} ${word}`
    if (widthOf(joined) <= width) {
      line = joined
      continue
    }
    lines.push(line)
    line = word
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line]
}

function pieces(word: string, width: number): readonly string[] {
  if (widthOf(word) <= width) return [word]
  const parts: string[] = []
  let rest = word
  while (rest !== '') {
    const part = takeWidth(rest, width) || graphemesOf(rest)[0] || rest
    parts.push(part)
    rest = rest.slice(part.length)
  }
  return parts
}
