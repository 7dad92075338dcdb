import type { RiskGrade } from '../../app/views.ts'
import type { Glyphs } from './glyphs.ts'
import { type Line, type Span, span, type Tone } from './line.ts'

/** A bar of exactly `width` cells, filled for `share` (0 to 1) to an eighth of a cell; anything above 0 shows. */
export function barText(share: number, width: number, glyphs: Glyphs): string {
  const clamped = Math.min(1, Math.max(0, share))
  const eighths = clamped === 0 ? 0 : Math.max(1, Math.round(clamped * width * 8))
  const full = Math.floor(eighths / 8)
  const rest = eighths % 8
  const part = rest === 0 ? '' : (glyphs.eighths[rest] ?? '')
  const text = (glyphs.eighths[8] ?? '#').repeat(full) + part
  return text + ' '.repeat(Math.max(0, width - full - (part === '' ? 0 : 1)))
}

/** A size or progress meter: filled cells, then a track that shows the whole. */
export function meter(share: number, width: number, look: { readonly glyphs: Glyphs; readonly tone: Tone }): Line {
  const filled = Math.min(width, Math.max(share > 0 ? 1 : 0, Math.round(Math.min(1, share) * width)))
  return [span((look.glyphs.eighths[8] ?? '#').repeat(filled), look.tone), span(look.glyphs.track.repeat(width - filled), 'dim')]
}

export const gradeTone = (grade: RiskGrade): Tone => grade

/** The grades of contract.md, for scores that come without one. */
export function gradeOf(score: number): RiskGrade {
  if (score >= 90) return 'critical'
  if (score >= 70) return 'high'
  return score >= 40 ? 'medium' : 'low'
}

export function riskSpans(score: number, width: number, glyphs: Glyphs): readonly Span[] {
  const tone = gradeTone(gradeOf(score))
  return [span(`${String(score).padStart(3)} `, tone), span(barText(score / 100, width, glyphs), tone)]
}

/** Stage dots: one per stage, or `applied/total` where `width` cells do not hold them; filled to `width`. */
export function stageSpans(
  stage: { readonly applied: number; readonly total: number | null },
  width: number,
  glyphs: Glyphs,
): readonly Span[] {
  const total = Math.max(stage.total ?? stage.applied, stage.applied)
  if (stage.total === null && stage.applied === 0) return [span(glyphs.bullet.padEnd(width), 'dim')]
  if (total > width) return [span(`${stage.applied}/${total}`.padEnd(width), stage.applied > 0 ? 'ok' : 'plain')]
  return [
    span(glyphs.stageOn.repeat(stage.applied), 'ok'),
    span(glyphs.stageOff.repeat(total - stage.applied), 'dim'),
    span(' '.repeat(width - total)),
  ]
}
