import type { Iso } from '../../policy/names.ts'
import { ageOf } from '../../words/age.ts'
import { clean } from '../../words/clean.ts'
import { type Words, wordsOf } from '../../words/index.ts'
import { fit } from '../../words/width.ts'
import { type Glyphs, glyphsOf } from '../draw/glyphs.ts'
import { type Span, span, type Tone } from '../draw/line.ts'
import type { Pane } from '../draw/pane.ts'
import type { State } from '../state.ts'

/** What every view model is made from, with the width that its pane has inside. */
export type Scene = { readonly state: State; readonly w: Words; readonly g: Glyphs; readonly width: number }

export const sceneOf = (state: State, width: number): Scene => ({
  state,
  w: wordsOf(state.facts.lang),
  g: glyphsOf(state.facts.ascii),
  width,
})

/** One screen in two panes: what one walks through, and what is known about the thing under the cursor. */
export type ScreenView<S> = {
  /** The main pane's part of the screen where both are shown. */
  readonly share: number
  readonly main: (scene: Scene, screen: S) => Pane
  readonly detail: (scene: Scene, screen: S) => Pane
}

/** `2 d`, `now`, or `never`. */
export const shortAge = (scene: Scene, at: Iso | null): string =>
  at === null ? scene.w.age.never : ageOf(scene.w, scene.state.now - Date.parse(at))

/** `2 d ago`, `just now`, or `never`. */
export function longAge(scene: Scene, at: Iso | null): string {
  if (at === null) return scene.w.age.never
  const past = scene.state.now - Date.parse(at)
  return past < 60_000 ? scene.w.age.justNow : scene.w.age.ago(ageOf(scene.w, past))
}

/** A text in a column of `width` cells, cut or filled. */
export const cell = (scene: Scene, text: string, width: number, tone: Tone = 'plain'): Span =>
  span(fit(clean(text), width, { ellipsis: scene.g.ellipsis }), tone)
