import type { Key } from 'ink'
import { graphemesOf } from '../words/width.ts'

/**
 * One key press. `id` is what command records are bound to (`j`, `Enter`, `Ctrl-u`); `text` is what it types into a field.
 * A terminal hands fast typing over in one chunk: `"jj\r"` is `j`, `j`, `Enter`, never something unknown.
 */
export type KeyPress = { readonly id: string; readonly text: string | null }

type FlagName = { [K in keyof Key]-?: Key[K] extends boolean ? K : never }[keyof Key]

const flagged: readonly (readonly [FlagName, string])[] = [
  ['upArrow', 'Up'],
  ['downArrow', 'Down'],
  ['leftArrow', 'Left'],
  ['rightArrow', 'Right'],
  ['pageUp', 'PgUp'],
  ['pageDown', 'PgDn'],
  ['home', 'Home'],
  ['end', 'End'],
  ['return', 'Enter'],
  ['escape', 'Esc'],
  ['backspace', 'Backspace'],
  ['delete', 'Delete'],
]

const controls: Readonly<Record<string, string>> = {
  '\r': 'Enter',
  '\n': 'Enter',
  '\t': 'Tab',
  '\b': 'Backspace',
  '\x7f': 'Backspace',
  '\x1b': 'Esc',
}

const named = (id: string): KeyPress => ({ id, text: null })

/** A control sequence that nobody knows (mouse, focus, function keys): Ink hands it over without its escape character. */
const unknownSequence = /^\[[0-9;:<=>?]*[ -/]*[@-~]$/

function pressOf(grapheme: string): KeyPress | null {
  const control = controls[grapheme]
  if (control !== undefined) return named(control)
  const code = grapheme.codePointAt(0) ?? 0
  if (code > 0 && code <= 26) return named(`Ctrl-${String.fromCharCode(code + 96)}`)
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return null
  return { id: grapheme === ' ' ? 'Space' : grapheme, text: grapheme }
}

/** Splits typed text into presses; control bytes inside it are keys of their own. */
export function splitTyped(text: string): readonly KeyPress[] {
  return graphemesOf(text)
    .flatMap((grapheme) => (grapheme === '\r\n' ? ['\r'] : [grapheme]))
    .flatMap((grapheme) => pressOf(grapheme) ?? [])
}

/** The presses of one input event as Ink reports it. Alt with a character is what a terminal sends for Esc and the character. */
export function keyPresses(input: string, key: Key): readonly KeyPress[] {
  if (key.eventType === 'release') return []
  const flag = flagged.find(([name]) => key[name])
  if (flag) return [named(flag[1])]
  if (key.tab) return [named(key.shift ? 'Shift-Tab' : 'Tab')]
  if (key.ctrl) return /^[a-z]$/i.test(input) ? [named(`Ctrl-${input.toLowerCase()}`)] : []
  if (key.meta) return input === '' ? [] : [named('Esc'), ...splitTyped(input)]
  return unknownSequence.test(input) ? [] : splitTyped(input)
}
