import { cleanLines } from '../../words/clean.ts'
import { type Line, span } from '../draw/line.ts'

const key = /^(\s*)("(?:[^"\\]|\\.)*")(:.*)$/

/** A document as indented JSON, its keys set off. */
export function jsonLines(document: unknown): readonly Line[] {
  return cleanLines(JSON.stringify(document, null, 2) ?? '').map((text) => {
    const parts = key.exec(text)
    if (parts === null) return [span(text)]
    return [span(parts[1] ?? ''), span(parts[2] ?? '', 'accent'), span(parts[3] ?? '')]
  })
}
