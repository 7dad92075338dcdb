import { graphemesOf, widthOf } from '../../words/width.ts'

/** A line with its colours in it, and the cells that it takes: what is measured once is never measured again. */
export type PaintedLine = { readonly painted: string; readonly width: number }

export const joinPainted = (parts: readonly PaintedLine[]): PaintedLine => ({
  painted: parts.map(({ painted }) => painted).join(''),
  width: parts.reduce((sum, { width }) => sum + width, 0),
})

// biome-ignore lint/suspicious/noControlCharactersInRegex: SGR sequences start with the escape character.
const pieces = /(\x1b\[[0-9;]*m)|([^\x1b]+)/g

/** The first `width` cells of a painted text with all its colour switches: for the moment in which a window has shrunk. */
export function takePainted(painted: string, width: number): string {
  let room = width
  let taken = ''
  for (const [, sgr, text] of painted.matchAll(pieces)) {
    if (sgr !== undefined) taken += sgr
    for (const grapheme of graphemesOf(text ?? '')) {
      room -= widthOf(grapheme)
      if (room < 0) break
      taken += grapheme
    }
  }
  return taken
}
