import { clean } from '../../words/clean.ts'
import { wrap } from '../../words/width.ts'
import { type Line, lineWidth, type Span, span, type Tone } from '../draw/line.ts'
import { cell, type Scene } from './scene.ts'

/** Text broken into lines of the pane's width, with `lead` before the first and as much blank before the others. */
export function prose(
  scene: Scene,
  text: string,
  options: { readonly tone?: Tone; readonly lead?: readonly Span[] } = {},
): readonly Line[] {
  const lead = options.lead ?? []
  const indent = lineWidth(lead)
  const lines = wrap(clean(text), Math.max(8, scene.width - indent))
  return lines.map((part, index) => [...(index === 0 ? lead : [span(' '.repeat(indent))]), span(part, options.tone ?? 'plain')])
}

/** `label   value`, labels in a column of their own. */
export const labelled = (scene: Scene, label: string, value: Line): Line => [cell(scene, label, 12, 'dim'), ...value]

/** A heading with a blank line above it. */
export const heading = (text: string): readonly Line[] => [[], [span(text, 'title')]]

/** Enough of a hash to tell it from others; the ledger's detail has all of it. */
export const shortHash = (hash: string): string => hash.slice(0, 12)
