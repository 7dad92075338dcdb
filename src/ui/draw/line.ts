import { clean } from '../../words/clean.ts'
import { takeWidth, widthOf } from '../../words/width.ts'

/** What a piece of text means; the theme knows how it looks. A tone never carries a meaning that no word or glyph carries. */
export type Tone =
  | 'plain'
  | 'dim'
  | 'strong'
  | 'accent'
  | 'title'
  | 'critical'
  | 'high'
  | 'medium'
  | 'low'
  | 'warn'
  | 'error'
  | 'ok'
  | 'added'
  | 'removed'
  | 'button'
  | 'tab'
  | 'demo'
  | 'live'
  | 'offline'
  | 'readOnly'
  | 'plan'

/** `width` in cells, measured once. */
export type Span = { readonly text: string; readonly tone: Tone; readonly width: number }

/** One row of cells. Its spans are clean: `span` is the only way to make one. */
export type Line = readonly Span[]

export function span(text: string, tone: Tone = 'plain'): Span {
  const cleaned = clean(text)
  return { text: cleaned, tone, width: widthOf(cleaned) }
}

const blanks = (width: number): Span => ({ text: ' '.repeat(width), tone: 'plain', width })

export const blank: Line = []

export const line = (text: string, tone: Tone = 'plain'): Line => [span(text, tone)]

export function lineWidth(spans: Line): number {
  let sum = 0
  for (const { width } of spans) sum += width
  return sum
}

export const lineText = (spans: Line): string => spans.map(({ text }) => text).join('')

/** Exactly `width` cells: cut at the end with an ellipsis, or filled with blanks. */
export function fitLine(spans: Line, width: number, ellipsis: string): Line {
  const used = lineWidth(spans)
  if (used === width) return spans
  if (used < width) return [...spans, blanks(width - used)]
  return cutLine(spans, width, ellipsis)
}

function cutLine(spans: Line, width: number, ellipsis: string): Line {
  const kept: Span[] = []
  let room = width
  for (const part of spans) {
    if (part.width < room) {
      kept.push(part)
      room -= part.width
      continue
    }
    const sign = takeWidth(ellipsis, room)
    const start = takeWidth(part.text, room - widthOf(sign))
    return fillLine([...kept, span(start + sign, part.tone)], width)
  }
  return fillLine(kept, width)
}

/** A wide character that was cut away leaves one cell too few. */
function fillLine(spans: Line, width: number): Line {
  const missing = width - lineWidth(spans)
  return missing > 0 ? [...spans, blanks(missing)] : spans
}

/** `left` at the left edge, `right` at the right one; `left` gives way when both do not fit. */
export function spread(left: Line, right: Line, options: { readonly width: number; readonly ellipsis: string }): Line {
  const room = options.width - lineWidth(right)
  if (room <= 0) return fitLine(right, options.width, options.ellipsis)
  return [...fitLine(left, room, options.ellipsis), ...right]
}

/** Spans one after another with `between` in the gaps. */
export function joinLines(lines: readonly Line[], between: Line): Line {
  return lines.flatMap((spans, index) => (index === 0 ? spans : [...between, ...spans]))
}
