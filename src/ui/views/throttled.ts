import { type Line, span } from '../draw/line.ts'
import type { Scene } from './scene.ts'

/** `throttled by AWS, goes on in 4 s`: a state with a clock, while it lasts. */
export function throttledSpans({ state, w, g }: Scene, until: number | null): Line {
  if (until === null || until <= state.now) return []
  return [span(`  ${g.pending} `, 'warn'), span(w.status.throttled(Math.ceil((until - state.now) / 1000)), 'warn')]
}
