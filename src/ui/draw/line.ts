import { clean } from '../../words/clean.ts'
import { takeWidth, truncate, widthOf } from '../../words/width.ts'

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

export type Span = { readonly text: string; readonly tone: Tone }

/** One row of cells. Its spans are clean: `span` is the only way to make one. */
export type Line = readonly Span[]

export const span = (text: string, tone: Tone = 'plain'): Span => ({ text: clean(text), tone })

export const blank: Line = []

export const line = (text: string, tone: Tone = 'plain'): Line => [span(text, tone)]

export const lineWidth = (spans: Line): number => spans.reduce((sum, { text }) => sum + widthOf(text), 0)

export const lineText = (spans: Line): string => spans.map(({ text }) => text).join('')

/** Exactly `width` cells: cut at the end with an ellipsis, or filled with blanks. */
export function fitLine(spans: Line, width: number, ellipsis: string): Line {
  const used = lineWidth(spans)
  if (used === width) return spans
  if (used < width) return [...spans, { text: ' '.repeat(width - used), tone: 'plain' }]
  return cutLine(spans, width, ellipsis)
}

function cutLine(spans: Line, width: number, ellipsis: string): Line {
  const kept: Span[] = []
  let room = width
  for (const [index, { text, tone }] of spans.entries()) {
    const wide = widthOf(text)
    const isLast = index === spans.length - 1
    if (wide < room || (wide === room && isLast)) {
      kept.push({ text, tone })
      room -= wide
      continue
    }
    const cut = wide === room ? takeWidth(text, room - 1) + takeWidth(ellipsis, room) : truncate(text, room, ellipsis)
    kept.push({ text: cut + ' '.repeat(Math.max(0, room - widthOf(cut))), tone })
    return kept
  }
  return kept
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
